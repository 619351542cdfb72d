package org.skep.executor.eval;

import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;

/**
 * {@code x IS NULL OR} a condition on {@code x}, as orders with nulls first make it: most batches
 * have no nulls, and are asked for the rest only.
 */
final class NullOrFilter implements Filter {
    private final int column;
    private final Filter condition;
    private int[] found = new int[0];

    private NullOrFilter(int column, Filter condition) {
        this.column = column;
        this.condition = condition;
    }

    /** Null when the condition is of another form, or could fail. */
    static Filter of(Expr.Or or, ExpressionCompiler compiler) {
        boolean fits =
                or.inputs().size() == 2
                        && or.inputs().get(0) instanceof Expr.IsNull isNull
                        && isNull.input() instanceof Expr.Input
                        && or.columns().length == 1
                        && Traits.harmless(or);
        return fits ? new NullOrFilter(or.columns()[0], compiler.filter(or.inputs().get(1))) : null;
    }

    @Override
    public int select(Batch batch, int[] rows, int count, int[] selected) {
        Column values = batch.column(column);
        if (!values.hasNulls()) {
            return condition.select(batch, rows, count, selected);
        }
        if (found.length < count) {
            found = new int[count];
        }
        int others = condition.select(batch, rows, count, found);
        int next = 0;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            boolean holds = next < others && found[next] == row;
            next += holds ? 1 : 0;
            selected[kept] = row;
            kept += holds || values.isNull(row) ? 1 : 0;
        }
        return kept;
    }
}
