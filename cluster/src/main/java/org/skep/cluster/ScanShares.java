package org.skep.cluster;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.operator.TaskCount;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.ScanTasks;

/**
 * Gives the tasks of a stage larger shares of its scans than threads have where there is little to
 * read. A thread takes its next task in no time; an executor tells the driver first that the one
 * before has ended, and waits some 8 ms for the next.
 */
final class ScanShares {
    /** What a task reads at least, values of columns: some 5 ns each, so five times its wait. */
    private static final long LEAST_VALUES = 8 << 20;

    private ScanShares() {}

    /**
     * The plan of a stage whose scans say which splits each task reads.
     *
     * @param threads tasks that run at the same time; a scan has at least so many if it has as many
     *     splits
     */
    static PlanNode in(PlanNode node, int threads) {
        if (!(node instanceof PlanNode.Scan scan)) {
            return node.withInputs(
                    node.inputs().stream().map(input -> in(input, threads)).toList());
        }
        List<Split> splits = scan.splits();
        int most = TaskCount.most(splits, threads);
        if (scan.tasks() != null || most <= threads) {
            return scan;
        }
        long each = Math.max(1, values(scan) / LEAST_VALUES / threads);
        int count =
                (int) Math.min(most, each * threads); // a thread that has none waits for the rest
        List<Integer> ends = new ArrayList<>();
        int end = 0;
        for (List<Split> share : TaskCount.shares(splits, count)) {
            end += share.size();
            ends.add(end);
        }
        return scan.by(splits, new ScanTasks(ends, List.of()));
    }

    /** Of text, whose rows are not known, a byte is about as much work as a value of a column. */
    private static long values(PlanNode.Scan scan) {
        long values = 0;
        for (Split split : scan.splits()) {
            values +=
                    split.rows() < 0
                            ? split.length()
                            : split.rows() * Math.max(1, scan.columns().size());
        }
        return values;
    }
}
