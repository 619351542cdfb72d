package org.skep.planner.stage;

import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend.StageReport;

/**
 * A broadcast that came out much larger than what it was to be joined with becomes the probe side:
 * the other side, which has not run yet, is broadcast instead, unless a hint says which side is.
 *
 * <pre>
 * Join(L, broadcast B) → Join(B shared out, broadcast L)
 * </pre>
 */
final class Reversal {
    /** Fewer rows are joined fast either way. */
    static final long LEAST_ROWS = 200_000;

    static final double LARGER = 2.5;
    static final int TASKS_PER_THREAD = 4;

    private final Settings settings;
    private final MostRows most;
    private final List<String> decisions;

    Reversal(Settings settings, MostRows most, List<String> decisions) {
        this.settings = settings;
        this.most = most;
        this.decisions = decisions;
    }

    /**
     * The stages to run in place of one that was to read a broadcast.
     *
     * @return nothing when it does not, or the broadcast is the smaller side
     */
    Optional<List<Stage>> apply(Stage stage, StageReport report, IntSupplier ids) {
        if (report.totalRows() < LEAST_ROWS) {
            return Optional.empty();
        }
        return EarlierStage.of(stage.root(), join -> reversed(join, report, ids))
                .map(earlier -> earlier.andThen(stage));
    }

    /**
     * Whether a plan gives far fewer rows than a stage has given, so that a table of it is better.
     */
    boolean isMuchSmaller(PlanNode plan, StageReport report) {
        return report.totalRows() >= LEAST_ROWS && most.of(plan) * LARGER < report.totalRows();
    }

    /** The build side is now the stage that runs first. */
    private Optional<EarlierStage> reversed(
            PlanNode.HashJoin join, StageReport report, IntSupplier ids) {
        if (!isOn(join, report)) {
            return Optional.empty();
        }
        double rows = most.of(join.left());
        if (rows * LARGER >= report.totalRows() || rows * width(join.left()) > limit()) {
            return Optional.empty();
        }
        decisions.add(
                "stage %d gave %d rows, the other side of the join has %.0f at most: that one is broadcast instead"
                        .formatted(report.stage(), report.totalRows(), rows));
        Partitioning everywhere = new Partitioning.Broadcast();
        Stage probe = new Stage(ids.getAsInt(), join.left(), everywhere);
        PlanNode.StageInput build = (PlanNode.StageInput) join.right();
        int tasks = TASKS_PER_THREAD * settings.threads();
        PlanNode turned =
                Sides.exchanged(
                        join,
                        build.by(new Partitioning.Slices(tasks), null),
                        new PlanNode.StageInput(probe.id(), everywhere, join.left().schema()),
                        JoinType.INNER);
        return Optional.of(new EarlierStage(probe, turned));
    }

    private static boolean isOn(PlanNode.HashJoin join, StageReport report) {
        return join.hint() == null
                && join.type() == JoinType.INNER
                && join.right() instanceof PlanNode.StageInput right
                && right.stage() == report.stage()
                && right.partitioning() instanceof Partitioning.Broadcast
                && right.partitions() == null;
    }

    private long limit() {
        return Math.min(settings.broadcastBytes(), settings.memory() / 8);
    }

    private static double width(PlanNode node) {
        return 16.0 * Math.max(1, node.schema().size());
    }
}
