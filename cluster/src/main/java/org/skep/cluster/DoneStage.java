package org.skep.cluster;

import java.util.Map;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.broadcast.Broadcast;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;

/**
 * A stage that has run; kept until the query ends, for its tasks may have to run again.
 *
 * @param held all that it put out; null when that is to be had by the shuffle only
 * @param shuffle null of a stage that ran in this process
 * @param tasks that wrote the shuffle
 * @param rows by partition; none of a stage that ran in this process
 */
record DoneStage(
        Stage stage,
        HeldOutput held,
        ShuffleDependency<Integer, byte[], byte[]> shuffle,
        int tasks,
        long[] rows) {
    static DoneStage held(Stage stage, HeldOutput held) {
        return new DoneStage(stage, held, null, 1, new long[0]);
    }

    static DoneStage of(Map<Integer, DoneStage> done, PlanNode.StageInput input) {
        DoneStage stage = done.get(input.stage());
        if (stage == null) {
            throw new IllegalArgumentException("stage " + input.stage() + " has not run");
        }
        return stage;
    }

    /**
     * As the tasks that read it know it.
     *
     * @param sent what is held; null when nothing is
     * @param rows by partition, if they want to know them
     */
    StageProgram.Input input(Broadcast<HeldOutput> sent, long[] rows) {
        return new StageProgram.Input(
                sent,
                held == null ? shuffle.shuffleHandle() : null,
                tasks,
                stage.output().count(),
                stage.root().schema().types(),
                rows);
    }
}
