package org.skep.executor.operator;

import org.skep.model.data.Batch;

/** Computes new columns. */
final class ProjectOperator implements Operator {
    private final Operator input;
    private final Projection projection;

    ProjectOperator(Operator input, Projection projection) {
        this.input = input;
        this.projection = projection;
    }

    @Override
    public Batch next() {
        Batch batch = input.next();
        return batch == null ? null : projection.apply(batch);
    }
}
