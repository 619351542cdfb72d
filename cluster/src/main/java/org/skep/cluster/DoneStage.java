package org.skep.cluster;

import java.util.List;
import java.util.Map;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.broadcast.Broadcast;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend;

/**
 * A stage that has run; kept until the query ends, for its tasks may have to run again.
 *
 * @param held all that it put out; null when it put out too much
 * @param files of a checkpoint; null when it is none
 * @param shuffle null of a checkpoint, and of a stage that ran in this process
 * @param tasks that it had
 * @param report of what it did; null of a stage that ran in this process
 */
record DoneStage(
        Stage stage,
        HeldOutput held,
        List<CheckpointFile> files,
        ShuffleDependency<Integer, byte[], byte[]> shuffle,
        int tasks,
        Backend.StageReport report) {
    static DoneStage held(Stage stage, HeldOutput held) {
        return new DoneStage(stage, held, null, null, 1, null);
    }

    static DoneStage of(Map<Integer, DoneStage> done, PlanNode.StageInput input) {
        DoneStage stage = done.get(input.stage());
        if (stage == null) {
            throw new IllegalArgumentException("stage " + input.stage() + " has not run");
        }
        return stage;
    }

    /** Whether a reader needs the executors that have run it, or others in their place. */
    boolean canBeLost() {
        return held == null && files == null;
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
                files,
                canBeLost() ? shuffle.shuffleHandle() : null,
                tasks,
                stage.output().count(),
                stage.root().schema().types(),
                rows);
    }
}
