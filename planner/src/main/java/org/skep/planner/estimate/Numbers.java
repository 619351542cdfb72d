package org.skep.planner.estimate;

import java.math.BigDecimal;
import java.util.Calendar;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.NlsString;

/** Values on a number line, as far as they have a place on one. */
final class Numbers {
    private static final double MICROS_PER_MILLI = 1000;
    private static final double MILLIS_PER_DAY = 86_400_000d;

    private Numbers() {}

    /** A boxed value of a column; NaN when it is no number. */
    static double of(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return Double.NaN;
    }

    /** What tells a boxed value of a column from others: its place on the line, or itself. */
    static Object key(Object value) {
        double number = of(value);
        return Double.isNaN(number) ? value : (Object) number;
    }

    /** The same of a constant; null for NULL. */
    static Object key(RexLiteral literal) {
        if (literal.isNull()) {
            return null;
        }
        if (literal.getValue() instanceof NlsString text) {
            return text.getValue();
        }
        double number = of(literal);
        return Double.isNaN(number) ? null : (Object) number;
    }

    /** A constant, on the same line as a column's values. */
    static double of(RexLiteral literal) {
        if (literal.isNull() || literal.getValue() instanceof NlsString) {
            return Double.NaN;
        }
        return switch (literal.getType().getSqlTypeName()) {
            case DATE ->
                    Math.floor(
                            literal.getValueAs(Calendar.class).getTimeInMillis() / MILLIS_PER_DAY);
            case TIMESTAMP ->
                    literal.getValueAs(Calendar.class).getTimeInMillis() * MICROS_PER_MILLI;
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE ->
                    literal.getValueAs(BigDecimal.class).doubleValue();
            default -> Double.NaN;
        };
    }
}
