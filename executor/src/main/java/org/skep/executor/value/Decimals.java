package org.skep.executor.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/** Bounds of DECIMAL types. */
public final class Decimals {
    private Decimals() {}

    /** The value rounded half up to the type's scale; null when it has too many digits. */
    public static BigDecimal fitOrNull(BigDecimal value, Type type) {
        // a number with a huge exponent must not be written out digit by digit
        if (value.precision() - (long) value.scale() > Type.MAX_PRECISION && value.signum() != 0) {
            return null;
        }
        BigDecimal scaled =
                value.scale() == type.scale()
                        ? value
                        : value.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > type.precision() && scaled.signum() != 0 ? null : scaled;
    }

    public static BigDecimal fit(BigDecimal value, Type type) {
        BigDecimal fitted = fitOrNull(value, type);
        if (fitted == null) {
            throw new QueryException(
                    ErrorCode.NUMERIC_OVERFLOW,
                    "%s does not fit %s".formatted(value, type),
                    "use a DECIMAL with more digits, or DOUBLE");
        }
        return fitted;
    }
}
