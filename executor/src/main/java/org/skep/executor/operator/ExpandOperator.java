package org.skep.executor.operator;

import java.util.List;
import org.skep.model.data.Batch;

/** Gives each batch once per projection. */
final class ExpandOperator implements Operator {
    private final Operator input;
    private final List<Projection> projections;
    private Batch batch;
    private int done;

    ExpandOperator(Operator input, List<Projection> projections) {
        this.input = input;
        this.projections = projections;
    }

    @Override
    public Batch next() {
        if (batch == null || done == projections.size()) {
            batch = input.next();
            done = 0;
        }
        return batch == null ? null : projections.get(done++).apply(batch);
    }
}
