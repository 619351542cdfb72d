package org.skep.executor.operator;

import org.skep.executor.eval.Predicate;
import org.skep.model.data.Batch;

/** Keeps the rows for which the condition is true. */
final class FilterOperator implements Operator {
    private final Operator input;
    private final Predicate condition;
    private int[] selected = new int[0];

    FilterOperator(Operator input, Predicate condition) {
        this.input = input;
        this.condition = condition;
    }

    @Override
    public Batch next() {
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            if (selected.length < batch.rows()) {
                selected = new int[batch.rows()];
            }
            int kept = condition.select(batch, selected);
            if (kept == batch.rows()) {
                return batch; // nothing dropped: hand on what came
            }
            if (kept > 0) {
                return batch.gather(selected, kept);
            }
        }
        return null;
    }
}
