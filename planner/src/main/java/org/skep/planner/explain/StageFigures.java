package org.skep.planner.explain;

import java.util.List;
import java.util.function.ToLongFunction;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend.OperatorReport;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.spi.Backend.TaskReport;
import org.skep.planner.why.Amounts;

/**
 * What a stage did, in figures.
 *
 * @param medianRows rows that came in, of the median task; that of an even number of tasks is the
 *     mean of the two in the middle
 * @param hottest the task with the most rows, or of equal ones the one that took longest
 * @param rowsOut to all partitions
 * @param bytesOut decoded; 0 for the result, which is not kept
 * @param combiner null when there is none or it was not measured
 */
public record StageFigures(
        int tasks,
        double medianRows,
        long maxRows,
        double medianNanos,
        long maxNanos,
        int hottest,
        long rowsOut,
        long bytesOut,
        long spilledBytes,
        Combiner combiner) {
    /**
     * An aggregate before a shuffle, or, when nothing is shuffled, the one that all rows go to.
     *
     * @param rowsIn to it
     * @param rowsOut of it
     */
    public record Combiner(long rowsIn, long rowsOut) {
        String text() {
            String share =
                    rowsIn == 0
                            ? ""
                            : " (%d %% fewer)"
                                    .formatted(Math.round(100 - 100.0 * rowsOut / rowsIn));
            return "%d -> %s%s".formatted(rowsIn, Amounts.rows(rowsOut), share);
        }
    }

    public static StageFigures of(StageReport report, Stage stage) {
        List<TaskReport> tasks = report.tasks();
        TaskReport hottest = null;
        for (TaskReport task : tasks) {
            boolean hotter =
                    hottest == null
                            || task.rowsIn() > hottest.rowsIn()
                            || task.rowsIn() == hottest.rowsIn() && task.nanos() > hottest.nanos();
            hottest = hotter ? task : hottest;
        }
        return new StageFigures(
                tasks.size(),
                median(tasks, TaskReport::rowsIn),
                tasks.stream().mapToLong(TaskReport::rowsIn).max().orElse(0),
                median(tasks, TaskReport::nanos),
                tasks.stream().mapToLong(TaskReport::nanos).max().orElse(0),
                hottest == null ? -1 : hottest.task(),
                report.totalRows(),
                report.totalBytes(),
                tasks.stream().mapToLong(TaskReport::spilledBytes).sum(),
                combiner(stage, report.operators()));
    }

    private static double median(List<TaskReport> tasks, ToLongFunction<TaskReport> figure) {
        long[] sorted = tasks.stream().mapToLong(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length == 0
                ? 0
                : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0;
    }

    private static Combiner combiner(Stage stage, List<OperatorReport> operators) {
        if (operators.isEmpty()) {
            return null;
        }
        boolean whole = stage.output() == null && stage.reads().isEmpty();
        PlanNode node = stage.root();
        int place = 0;
        while (node.inputs().size() == 1) {
            if (node instanceof PlanNode.Aggregate aggregate
                    && (whole || combines(aggregate, stage))) {
                return new Combiner(operators.get(place + 1).rows(), operators.get(place).rows());
            }
            node = node.inputs().get(0);
            place++;
        }
        return null;
    }

    /**
     * Whether an aggregate has not the last word on its groups. One without calls, of a DISTINCT,
     * has it where equal keys have come together.
     */
    private static boolean combines(PlanNode.Aggregate aggregate, Stage stage) {
        boolean together = Stage.inputs(stage.root()).stream().anyMatch(MapReduce::isKeyed);
        return aggregate.calls().isEmpty()
                ? stage.output() instanceof Partitioning.Hash && !together
                : aggregate.calls().stream().allMatch(call -> call.step().writesStates());
    }
}
