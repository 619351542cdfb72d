package org.skep.executor.operator;

import org.skep.executor.task.TaskProfile;
import org.skep.model.data.Batch;

/** An operator whose rows and time are counted. */
final class MeasuredOperator implements Operator {
    private final Operator operator;
    private final int place;
    private final TaskProfile profile;

    /**
     * @param place of the operator's node in its stage, in pre-order
     */
    MeasuredOperator(Operator operator, int place, TaskProfile profile) {
        this.operator = operator;
        this.place = place;
        this.profile = profile;
    }

    @Override
    public Batch next() {
        int rows = 0;
        profile.enter(place);
        try {
            Batch batch = operator.next();
            rows = batch == null ? 0 : batch.rows();
            return batch;
        } finally {
            profile.leave(rows);
        }
    }
}
