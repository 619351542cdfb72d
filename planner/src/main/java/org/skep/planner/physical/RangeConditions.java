package org.skep.planner.physical;

import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinBounds;
import org.skep.model.type.Type;

/** Finds the comparisons between two sides that a join condition demands. */
final class RangeConditions {
    private RangeConditions() {}

    /** The first comparison of each direction; null when there is none. */
    static JoinBounds of(Expr condition, int leftWidth) {
        Expr leftLow = null;
        Expr leftHigh = null;
        Expr rightLow = null;
        Expr rightHigh = null;
        for (Expr conjunct : Expr.conjuncts(condition)) {
            Expr.Compare compare = rightFirst(conjunct, leftWidth);
            if (compare == null) {
                continue;
            }
            Expr right = JoinKeys.moved(compare.left(), leftWidth);
            switch (compare.operator()) {
                case LESS, LESS_OR_EQUAL -> {
                    if (rightLow == null) {
                        rightLow = right;
                        leftHigh = compare.right();
                    }
                }
                case GREATER, GREATER_OR_EQUAL -> {
                    if (rightHigh == null) {
                        rightHigh = right;
                        leftLow = compare.right();
                    }
                }
                case EQUAL, NOT_EQUAL, DISTINCT, NOT_DISTINCT -> {
                    continue;
                }
            }
        }
        return rightLow == null && rightHigh == null
                ? null
                : new JoinBounds(leftLow, leftHigh, rightLow, rightHigh);
    }

    /** A comparison of a right expression with a left one, in this order; null for others. */
    private static Expr.Compare rightFirst(Expr conjunct, int leftWidth) {
        if (!(conjunct instanceof Expr.Compare compare) || !hasOrder(compare.left().type())) {
            return null;
        }
        if (JoinKeys.isRight(compare.left(), leftWidth)
                && JoinKeys.isLeft(compare.right(), leftWidth)) {
            return compare;
        }
        boolean mirrored =
                JoinKeys.isLeft(compare.left(), leftWidth)
                        && JoinKeys.isRight(compare.right(), leftWidth);
        return mirrored
                ? new Expr.Compare(compare.operator().mirrored(), compare.right(), compare.left())
                : null;
    }

    private static boolean hasOrder(Type type) {
        return switch (type.layout()) {
            case INT, LONG, DOUBLE, DECIMAL, BYTES -> true;
            case BOOLEAN, ARRAY, STRUCT -> false;
        };
    }
}
