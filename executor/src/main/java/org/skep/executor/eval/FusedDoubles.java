package org.skep.executor.eval;

import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * How generated loops compute with floating numbers: as the interpreted kernels do, bit for bit.
 */
final class FusedDoubles {
    /** Longs of up to so many bits are doubles exactly, so that one division rounds once. */
    private static final String EXACT = "9007199254740992L";

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

    static String ofLong(String value, Type from, Type to) {
        String power = from.scale() == 0 ? "" : " / 1e" + from.scale();
        return rounded("(double) " + value + power, to);
    }

    /** Negative when {@link #ofLong} may have rounded twice. */
    static String inexact(String value) {
        return EXACT + " - " + value + " | " + EXACT + " + " + value;
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
