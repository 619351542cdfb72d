package org.skep.executor.operator;

import java.util.List;
import org.skep.model.file.Split;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;

/**
 * How many rows will come into a task, as far as that is known before it begins: of Parquet files
 * and of earlier stages it is, of texts it is not. A scan may pass over some, by its conditions or
 * because no more are needed.
 */
public final class RowsToRead {
    /** When they are not known. */
    public static final long UNKNOWN = -1;

    private final int threads;
    private final StageRows stages;

    /** What earlier stages have put out. */
    public interface StageRows {
        long ofPartition(int stage, int partition);

        int partitions(int stage);
    }

    public RowsToRead(int threads, StageRows stages) {
        this.threads = threads;
        this.stages = stages;
    }

    /** As {@code TaskContext.rowsIn} will count them; {@link #UNKNOWN} when any are. */
    public long of(PlanNode node, int task) {
        return switch (node.kind()) {
            case SCAN -> ofSplits(TaskCount.splits((PlanNode.Scan) node, task, threads));
            case VALUES -> ((PlanNode.Values) node).rows().size();
            case STAGE_INPUT -> ofStage((PlanNode.StageInput) node, task);
            case UNION -> ofUnion(node.inputs(), task);
            case FILTER,
                    PROJECT,
                    EXPAND,
                    UNNEST,
                    AGGREGATE,
                    HASH_JOIN,
                    MERGE_JOIN,
                    LOOP_JOIN,
                    PARTNER_FILTER,
                    SORT,
                    TOP_N,
                    GROUP_TOP_N,
                    LIMIT,
                    WINDOW,
                    EXCHANGE,
                    WRITE -> {
                long rows = 0;
                for (PlanNode input : node.inputs()) {
                    rows = plus(rows, of(input, task));
                }
                yield rows;
            }
        };
    }

    private static long plus(long rows, long more) {
        return rows == UNKNOWN || more == UNKNOWN ? UNKNOWN : rows + more;
    }

    private static long ofSplits(List<Split> splits) {
        long rows = 0;
        for (Split split : splits) {
            rows = plus(rows, split.rows());
        }
        return rows;
    }

    /** A union's tasks are those of its inputs, one input's after another's. */
    private long ofUnion(List<PlanNode> inputs, int task) {
        int left = task;
        for (PlanNode input : inputs) {
            int tasks = Math.max(1, TaskCount.of(input, threads));
            if (left < tasks) {
                return of(input, left);
            }
            left -= tasks;
        }
        return UNKNOWN;
    }

    private long ofStage(PlanNode.StageInput input, int task) {
        Partitioning partitioning = input.partitioning();
        if (partitioning instanceof Partitioning.Broadcast) {
            return 0; // not counted: each task has them all
        }
        if (partitioning instanceof Partitioning.Slices slices) {
            return ofPartitions(input, 0, stages.partitions(input.stage())) / slices.tasks();
        }
        if (partitioning instanceof Partitioning.Groups groups) {
            return ofPartitions(input, groups.from(task), groups.ends().get(task));
        }
        return partitioning.count() == 1
                ? ofPartitions(input, 0, stages.partitions(input.stage()))
                : ofPartitions(input, task, task + 1);
    }

    private long ofPartitions(PlanNode.StageInput input, int from, int to) {
        long rows = 0;
        for (int partition = from; partition < to; partition++) {
            if (input.partitions() == null || input.partitions().contains(partition)) {
                rows += stages.ofPartition(input.stage(), partition);
            }
        }
        return rows;
    }
}
