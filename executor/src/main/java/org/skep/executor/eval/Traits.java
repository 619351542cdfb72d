package org.skep.executor.eval;

import org.skep.executor.function.scalar.ScalarFunctions;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/** What can be known of an expression before it runs. */
final class Traits {
    private Traits() {}

    /** Whether equal inputs always give equal values. */
    static boolean deterministic(Expr expr) {
        if (expr instanceof Expr.Call call && !ScalarFunctions.of(call).deterministic()) {
            return false;
        }
        return expr.inputs().stream().allMatch(Traits::deterministic);
    }

    /**
     * Whether the expression may be evaluated for rows that do not need it: it cannot fail, and
     * costs little.
     */
    static boolean harmless(Expr expr) {
        boolean self =
                switch (expr.kind()) {
                    case INPUT, LITERAL, COMPARE, AND, OR, NOT, IS_NULL, IN, MEMBER, CASE -> true;
                    case ARITHMETIC ->
                            expr.type().isFloating()
                                    && ((Expr.Arithmetic) expr).operator().ordinal()
                                            <= Expr.Operator.MULTIPLY.ordinal();
                    case CAST -> widens(((Expr.Cast) expr).input().type(), expr.type());
                    case LIKE, CALL -> false;
                };
        return self && expr.inputs().stream().allMatch(Traits::harmless);
    }

    private static boolean widens(Type from, Type to) {
        if (from.equals(to)) {
            return true;
        }
        boolean integers = from.isInteger() && to.isInteger();
        return integers && from.maxInteger() <= to.maxInteger()
                || from.isInteger() && to.kind() == Type.Kind.DOUBLE
                || from.kind() == Type.Kind.FLOAT && to.kind() == Type.Kind.DOUBLE
                || from.kind() == Type.Kind.NULL;
    }
}
