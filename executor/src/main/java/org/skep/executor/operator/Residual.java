package org.skep.executor.operator;

import org.skep.executor.eval.Predicate;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;

/** A further condition on pairs of rows, evaluated on just the columns that it reads. */
final class Residual {
    private final int[] columns;
    private final int leftWidth;
    private final Predicate predicate;
    private int[] selected = new int[0];

    private Residual(int[] columns, int leftWidth, Predicate predicate) {
        this.columns = columns;
        this.leftWidth = leftWidth;
        this.predicate = predicate;
    }

    /**
     * @param condition over the left columns followed by the right ones; null for none
     */
    static Residual of(OperatorServices services, Expr condition, int leftWidth, int width) {
        if (condition == null) {
            return new Residual(new int[0], leftWidth, null);
        }
        int[] columns = condition.columns();
        int[] places = new int[width];
        for (int i = 0; i < columns.length; i++) {
            places[columns[i]] = i;
        }
        return new Residual(columns, leftWidth, services.predicate(condition.remap(places)));
    }

    boolean isNone() {
        return predicate == null;
    }

    /** Keeps the pairs for which the condition is true, in their order; says how many. */
    int filter(Batch left, int[] leftRows, Batch right, int[] rightRows, int count) {
        if (predicate == null || count == 0) {
            return count;
        }
        Column[] out = new Column[columns.length];
        for (int i = 0; i < out.length; i++) {
            int column = columns[i];
            out[i] =
                    column < leftWidth
                            ? left.column(column).gather(leftRows, count)
                            : right.column(column - leftWidth).gather(rightRows, count);
        }
        if (selected.length < count) {
            selected = new int[count];
        }
        int kept = predicate.select(new Batch(count, out), selected);
        for (int i = 0; i < kept; i++) {
            leftRows[i] = leftRows[selected[i]];
            rightRows[i] = rightRows[selected[i]];
        }
        return kept;
    }
}
