package org.skep.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;

/**
 * Whether maps that ran again have written other rows than those that were read before. Spark runs
 * readers again that wrote shuffles. Of rows that went another way it does not know: to the driver
 * with a task's result, or to a checkpoint.
 */
final class OutputChanges {
    private final SparkContext context;
    private final Map<Integer, DoneStage> done;
    private final List<Map<Integer, Long>> kept = new ArrayList<>();

    /**
     * @param done the query's stages that have run, by number
     */
    OutputChanges(SparkContext context, Map<Integer, DoneStage> done) {
        this.context = context;
        this.done = done;
    }

    /** Checksums of the shuffles that a stage rests on, those that it does not read itself too. */
    Map<Integer, Long> under(Stage stage) {
        Map<Integer, Long> checksums = new HashMap<>();
        add(stage, checksums);
        return checksums;
    }

    private void add(Stage stage, Map<Integer, Long> checksums) {
        for (PlanNode.StageInput input : Stage.inputs(stage.root())) {
            DoneStage from = done.get(input.stage());
            if (from == null || !from.canBeLost()) { // what these rest on was kept with them
                continue;
            }
            int shuffle = from.shuffle().shuffleId();
            if (!checksums.containsKey(shuffle)) {
                checksums.put(shuffle, SparkCalls.checksum(context, shuffle));
                add(from.stage(), checksums);
            }
        }
    }

    /** Whether any of these shuffles has other rows now. */
    boolean since(Map<Integer, Long> checksums) {
        return checksums.entrySet().stream()
                .anyMatch(each -> SparkCalls.checksum(context, each.getKey()) != each.getValue());
    }

    /**
     * What a stage put out, resting on shuffles of these checksums, is kept out of Spark's sight.
     */
    void keep(Map<Integer, Long> checksums) {
        kept.add(checksums);
    }

    /**
     * Fails if shuffles have other rows now than what is kept was made of: stages to come would put
     * both together.
     */
    void requireAgreement(int stage) {
        for (Map<Integer, Long> checksums : kept) {
            if (since(checksums)) {
                throw tooLate(stage, null);
            }
        }
    }

    /** Rows that were made of the former ones cannot be taken back. */
    static QueryException tooLate(int stage, Throwable cause) {
        QueryException late =
                new QueryException(
                        ErrorCode.CLUSTER_FAILURE,
                        "an executor was lost, and tasks that ran again for it gave other rows than"
                                + " those of which stage %d has made part of the result"
                                        .formatted(stage),
                        "run the statement again: nothing of it was committed; a file that is"
                                + " written over while it is read gives other rows, and so may rows"
                                + " in another order");
        late.initCause(cause);
        return late;
    }
}
