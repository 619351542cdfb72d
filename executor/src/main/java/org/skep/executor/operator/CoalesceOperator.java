package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.kernel.BatchAppender;
import org.skep.model.data.Batch;
import org.skep.model.type.Type;

/**
 * Puts small batches together, so that what a selective operator leaves does not cost later ones a
 * call per few rows. The first rows are handed on at once, then ever more are waited for: a LIMIT
 * further up need not read on for a full batch.
 */
final class CoalesceOperator implements Operator {
    private final Operator input;
    private final int large;
    private final BatchAppender pending;
    private int enough = 1;
    private Batch next;
    private boolean ended;

    CoalesceOperator(Operator input, List<Type> types, int batchRows) {
        this.input = input;
        this.large = Math.max(1, batchRows / 4);
        this.pending = new BatchAppender(types, large);
    }

    @Override
    public Batch next() {
        if (next != null) {
            Batch waiting = next;
            next = null;
            return waiting;
        }
        while (!ended) {
            Batch batch = input.next();
            if (batch == null) {
                ended = true;
            } else if (batch.rows() >= Math.min(large, enough) && pending.rows() == 0) {
                enough = Math.min(large, 2 * enough);
                return batch;
            } else if (batch.rows() >= large || pending.clashes(batch)) {
                next = batch; // order is kept: what waits goes first
                return take();
            } else {
                pending.appendRange(batch, 0, batch.rows());
                if (pending.rows() >= enough) {
                    return take();
                }
            }
        }
        return pending.rows() > 0 ? take() : null;
    }

    private Batch take() {
        enough = Math.min(large, 2 * enough);
        return pending.take();
    }
}
