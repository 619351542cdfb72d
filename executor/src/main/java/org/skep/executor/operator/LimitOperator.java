package org.skep.executor.operator;

import org.skep.model.data.Batch;

/** Passes over some rows, gives some, and pulls no more than it must. */
final class LimitOperator implements Operator {
    private final Operator input;
    private long skip;
    private long left;

    LimitOperator(Operator input, long offset, long rows) {
        this.input = input;
        this.skip = offset;
        this.left = rows;
    }

    @Override
    public Batch next() {
        while (left > 0) {
            Batch batch = input.next();
            if (batch == null) {
                return null;
            }
            if (batch.rows() <= skip) {
                skip -= batch.rows();
                continue;
            }
            int from = (int) skip;
            int count = (int) Math.min(left, batch.rows() - from);
            skip = 0;
            left -= count;
            return batch.slice(from, count);
        }
        return null;
    }
}
