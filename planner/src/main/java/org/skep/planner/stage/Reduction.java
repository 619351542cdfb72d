package org.skep.planner.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend.StageReport;

/**
 * A semi- or anti-join whose right side came out large builds no table of it when its left side is
 * small. That is seen in two steps: the left side becomes a stage of its own; when that has ended
 * and is small indeed, only those right rows are kept that have a partner there.
 *
 * <pre>
 * SemiJoin(L, broadcast B) → SemiJoin(stage L, broadcast B)
 *                          → SemiJoin(stage L, broadcast SemiJoin(B shared out, broadcast L))
 * </pre>
 */
final class Reduction {
    /** A left side of so many times the right rows is not worth putting aside. */
    private static final double TOO_LARGE = 2;

    private final Settings settings;
    private final MostRows most;
    private final Map<Integer, StageReport> reports;
    private final List<String> decisions;

    Reduction(
            Settings settings,
            MostRows most,
            Map<Integer, StageReport> reports,
            List<String> decisions) {
        this.settings = settings;
        this.most = most;
        this.reports = reports;
        this.decisions = decisions;
    }

    /**
     * The stages to run in place of one that reads what has ended: the right side, or the left side
     * that was put aside.
     */
    Optional<List<Stage>> apply(Stage stage, StageReport report, IntSupplier ids) {
        return EarlierStage.of(stage.root(), join -> changed(join, report, ids))
                .map(earlier -> earlier.andThen(stage));
    }

    private Optional<EarlierStage> changed(
            PlanNode.HashJoin join, StageReport report, IntSupplier ids) {
        StageReport right = broadcast(join.right());
        if (join.type().givesRight()
                || join.hint() != null
                || right == null
                || right.totalRows() < Reversal.LEAST_ROWS) {
            return Optional.empty();
        }
        if (right == report && isWorthPuttingAside(join.left(), report)) {
            return Optional.of(withLeftAside(join, report, ids));
        }
        boolean isAside =
                join.left() instanceof PlanNode.StageInput left
                        && left.stage() == report.stage()
                        && left.partitioning() instanceof Partitioning.Slices;
        return isAside && report.totalRows() * Reversal.LARGER < right.totalRows()
                ? Optional.of(reduced(join, report, right, ids))
                : Optional.empty();
    }

    /** What a broadcast put out; null when the node is none, or has not run. */
    private StageReport broadcast(PlanNode node) {
        return node instanceof PlanNode.StageInput input
                        && input.partitioning() instanceof Partitioning.Broadcast
                        && input.partitions() == null
                ? reports.get(input.stage())
                : null;
    }

    private boolean isWorthPuttingAside(PlanNode left, StageReport right) {
        return left.kind() != PlanNode.Kind.STAGE_INPUT
                && most.of(left) <= TOO_LARGE * right.totalRows();
    }

    private EarlierStage withLeftAside(
            PlanNode.HashJoin join, StageReport report, IntSupplier ids) {
        int tasks = Reversal.TASKS_PER_THREAD * settings.threads();
        Stage aside = new Stage(ids.getAsInt(), join.left(), new Partitioning.Spread(tasks));
        decisions.add(
                "stage %d gave %d rows for a semi- or anti-join: its left side is computed first, as stage %d"
                        .formatted(report.stage(), report.totalRows(), aside.id()));
        PlanNode left =
                new PlanNode.StageInput(
                        aside.id(), new Partitioning.Slices(tasks), join.left().schema());
        return new EarlierStage(aside, join.withInputs(List.of(left, join.right())));
    }

    private EarlierStage reduced(
            PlanNode.HashJoin join, StageReport left, StageReport right, IntSupplier ids) {
        PlanNode.StageInput rows = (PlanNode.StageInput) join.right();
        PlanNode.StageInput partners = (PlanNode.StageInput) join.left();
        int tasks = Reversal.TASKS_PER_THREAD * settings.threads();
        PlanNode kept =
                new PlanNode.HashJoin(
                        rows.by(new Partitioning.Slices(tasks), null),
                        partners.by(new Partitioning.Broadcast(), null),
                        JoinType.SEMI,
                        join.rightKeys(),
                        join.leftKeys(),
                        join.nullsEqual(),
                        null,
                        rows.schema());
        Stage first = new Stage(ids.getAsInt(), kept, new Partitioning.Broadcast());
        decisions.add(
                "stage %d gave only %d rows: of the %d of stage %d those with a partner there are kept first, in stage %d"
                        .formatted(
                                left.stage(),
                                left.totalRows(),
                                right.totalRows(),
                                right.stage(),
                                first.id()));
        PlanNode few =
                new PlanNode.StageInput(first.id(), new Partitioning.Broadcast(), rows.schema());
        return new EarlierStage(first, join.withInputs(List.of(partners, few)));
    }
}
