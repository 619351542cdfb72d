package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * The equalities between the two sides that a join condition holds. Where nulls are equal in one of
 * them they are in all, and the others' nulls are sorted out afterwards.
 *
 * @param left keys over the left columns
 * @param right keys over the right columns, numbered from 0
 * @param nullsEqual whether the equalities hold between nulls too
 * @param residual what else must hold, over left columns followed by right ones; or null
 */
record JoinKeys(List<Expr> left, List<Expr> right, boolean nullsEqual, Expr residual) {
    static JoinKeys of(Expr condition, int leftWidth) {
        List<Expr> conjuncts = Expr.conjuncts(condition);
        boolean nullsEqual =
                conjuncts.stream().anyMatch(c -> isKey(c, Expr.Comparison.NOT_DISTINCT, leftWidth));
        List<Expr> left = new ArrayList<>();
        List<Expr> right = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr conjunct : conjuncts) {
            boolean plain = isKey(conjunct, Expr.Comparison.EQUAL, leftWidth);
            if (plain || isKey(conjunct, Expr.Comparison.NOT_DISTINCT, leftWidth)) {
                Expr.Compare compare = (Expr.Compare) conjunct;
                boolean straight = isLeft(compare.left(), leftWidth);
                left.add(straight ? compare.left() : compare.right());
                right.add(moved(straight ? compare.right() : compare.left(), leftWidth));
                if (plain && nullsEqual) {
                    rest.add(new Expr.Not(new Expr.IsNull(left.get(left.size() - 1))));
                }
            } else if (!isTrue(conjunct)) {
                rest.add(conjunct);
            }
        }
        return new JoinKeys(left, right, nullsEqual, Expr.conjunction(rest));
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** Keys that are no columns yet. */
    List<Expr> computed(List<Expr> keys) {
        return keys.stream().filter(key -> !(key instanceof Expr.Input)).toList();
    }

    /** The columns of the keys once the computed ones stand behind {@code width} others. */
    List<Integer> columns(List<Expr> keys, int width) {
        List<Integer> columns = new ArrayList<>();
        int next = width;
        for (Expr key : keys) {
            columns.add(key instanceof Expr.Input input ? input.column() : next++);
        }
        return columns;
    }

    private static boolean isTrue(Expr expr) {
        return expr instanceof Expr.Literal literal && Boolean.TRUE.equals(literal.value());
    }

    private static boolean isKey(Expr conjunct, Expr.Comparison equality, int leftWidth) {
        return conjunct instanceof Expr.Compare compare
                && compare.operator() == equality
                && compare.left().type().kind() != Type.Kind.NULL
                && (isLeft(compare.left(), leftWidth) && isRight(compare.right(), leftWidth)
                        || isLeft(compare.right(), leftWidth)
                                && isRight(compare.left(), leftWidth));
    }

    static boolean isLeft(Expr expr, int leftWidth) {
        int[] columns = expr.columns();
        return columns.length > 0 && columns[columns.length - 1] < leftWidth;
    }

    static boolean isRight(Expr expr, int leftWidth) {
        int[] columns = expr.columns();
        return columns.length > 0 && columns[0] >= leftWidth;
    }

    static Expr moved(Expr expr, int leftWidth) {
        int[] columns = expr.columns();
        int[] at = new int[columns.length == 0 ? 0 : columns[columns.length - 1] + 1];
        for (int column : columns) {
            at[column] = column - leftWidth;
        }
        return expr.remap(at);
    }
}
