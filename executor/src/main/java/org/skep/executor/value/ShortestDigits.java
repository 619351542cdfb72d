package org.skep.executor.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The fewest decimal digits that read back as the same double. The JDK gives them since release 19
 * and sometimes one too many before, so the result is tried with fewer: it is the same everywhere.
 */
final class ShortestDigits {
    private ShortestDigits() {}

    static BigDecimal of(double value, boolean asFloat) {
        BigDecimal digits =
                new BigDecimal(asFloat ? Float.toString((float) value) : Double.toString(value));
        digits = digits.stripTrailingZeros();
        int least = asFloat ? 6 : 15; // fewer are never cut short by the JDK's rule
        while (digits.precision() > least) {
            BigDecimal fewer =
                    digits.round(new MathContext(digits.precision() - 1, RoundingMode.HALF_EVEN));
            boolean same =
                    asFloat ? fewer.floatValue() == (float) value : fewer.doubleValue() == value;
            if (!same) {
                return digits;
            }
            digits = fewer.stripTrailingZeros();
        }
        return digits;
    }
}
