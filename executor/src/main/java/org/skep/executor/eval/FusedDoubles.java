package org.skep.executor.eval;

import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * How generated loops compute with floating numbers: as the interpreted kernels do, bit for bit.
 */
final class FusedDoubles {
    /** The longs up to here, and to its negative, can be added to the bits of {@link #HALF}. */
    private static final String MOST = (1L << 51) + "L";

    /** Doubles from here on to twice as much are as far apart as their bits. */
    private static final double HALF = 0x1.8p52;

    private FusedDoubles() {}

    /** Whether values of the type are doubles; loops hold all others in longs. */
    static boolean holds(Type type) {
        return type.layout() == Type.Layout.DOUBLE;
    }

    static boolean writesArithmetic(Expr.Arithmetic expr) {
        return holds(expr.left().type())
                && holds(expr.right().type())
                && expr.operator().ordinal() <= Expr.Operator.DIVIDE.ordinal();
    }

    /** Whether a cast to floating numbers is one that loops do. */
    static boolean writesCast(Type from, Type to) {
        return from.isInteger()
                || from.kind() == Type.Kind.DECIMAL && from.scale() <= 18
                || holds(from) && (from.equals(to) || to.kind() == Type.Kind.DOUBLE);
    }

    static String arithmetic(Expr.Operator operator, String a, String b, Type type) {
        return rounded(a + " " + operator.symbol() + " " + b, type);
    }

    /** A value of a FLOAT column is a float, though it is kept as a double. */
    private static String rounded(String expression, Type type) {
        return type.kind() == Type.Kind.FLOAT
                ? "(double) (float) (" + expression + ")"
                : expression;
    }

    /**
     * A long that {@link #mayNotConvert} does not refuse, as a number of its scale. It is exact
     * before the division, so that there is one rounding. The cast that Java has for it waits for
     * whatever was in the register before, which makes a chain of all rows (JDK-8318562).
     */
    static String ofLong(String value, Type from, Type to) {
        long bits = Double.doubleToRawLongBits(HALF);
        String exact = "Double.longBitsToDouble(%s + %dL) - %s".formatted(value, bits, HALF);
        return rounded(from.scale() == 0 ? exact : "(" + exact + ") / 1e" + from.scale(), to);
    }

    /** Negative when {@link #ofLong} is of no use; null when that is never so. */
    static String mayNotConvert(String value, Type from) {
        return from.layout() == Type.Layout.INT
                ? null
                : MOST + " - " + value + " | " + MOST + " + " + value;
    }

    static String isZero(String value) {
        return value + " == 0.0 ? -1L : 0L";
    }

    /** A condition in Java: NaN equals NaN and is the greatest. */
    static String compare(Expr.Comparison operator, String a, String b) {
        return switch (operator) {
            case EQUAL, NOT_DISTINCT -> equal(a, b);
            case NOT_EQUAL, DISTINCT -> "!(" + equal(a, b) + ")";
            case LESS -> less(a, b);
            case LESS_OR_EQUAL -> "(%1$s <= %2$s | %2$s != %2$s)".formatted(a, b);
            case GREATER -> less(b, a);
            case GREATER_OR_EQUAL -> "(%2$s <= %1$s | %1$s != %1$s)".formatted(a, b);
        };
    }

    private static String equal(String a, String b) {
        return "(%1$s == %2$s | %1$s != %1$s & %2$s != %2$s)".formatted(a, b);
    }

    static String less(String a, String b) {
        return "(%1$s < %2$s | %1$s == %1$s & %2$s != %2$s)".formatted(a, b);
    }

    /** The value where a mask is set, else 0. */
    static String masked(String value, String mask) {
        return mask == null
                ? value
                : "Double.longBitsToDouble(Double.doubleToRawLongBits("
                        + value
                        + ") & "
                        + mask
                        + ")";
    }

    /** One of two values, by a mask. */
    static String choose(String mask, String value, String otherwise) {
        return "Double.longBitsToDouble(Double.doubleToRawLongBits(%2$s) & %1$s | Double.doubleToRawLongBits(%3$s) & ~%1$s)"
                .formatted(mask, value, otherwise);
    }
}
