package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.skep.model.plan.JoinHint;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.settings.Settings.JoinStrategy;
import org.skep.model.spi.Backend.StageReport;

/**
 * A broadcast that came out larger than memory has room for, against the estimate, becomes a
 * shuffled join in flight: what has been computed is shared out by its keys, and so is the other
 * side, which has not run yet.
 *
 * <pre>
 * Join(L, broadcast B) → Join(L by keys, B by keys)
 * </pre>
 */
final class Overflow {
    /** Of the memory, what one broadcast may take, rows only: its table takes as much again. */
    private static final int MOST = 4;

    private static final int SMALLEST_MOST = 8;
    private static final int MOST_PARTITIONS = 4096;

    private final Settings settings;
    private final Regrouping regrouping;
    private final List<String> decisions;

    Overflow(Settings settings, Regrouping regrouping, List<String> decisions) {
        this.settings = settings;
        this.regrouping = regrouping;
        this.decisions = decisions;
    }

    /**
     * The stages to run in place of one that was to read a broadcast.
     *
     * @return nothing when it does not, when the broadcast fits, or nothing can be done about it
     */
    Optional<List<Stage>> apply(Stage stage, StageReport report, IntSupplier ids) {
        List<PlanNode> above = new ArrayList<>();
        PlanNode node = stage.root();
        while (!isOn(node, report)) {
            if (node.inputs().isEmpty() || node.kind() == PlanNode.Kind.UNION) {
                return Optional.empty();
            }
            above.add(node);
            node = node.inputs().get(0);
        }
        PlanNode.HashJoin join = (PlanNode.HashJoin) node;
        boolean hinted =
                join.hint() != null && join.hint().strategy() == JoinHint.Strategy.BROADCAST;
        if (report.totalBytes() <= limit(hinted)) {
            return Optional.empty();
        }
        int partitions = partitions(report.totalBytes());
        PlanNode.StageInput read = (PlanNode.StageInput) join.right();
        Partitioning byLeft = new Partitioning.Hash(join.leftKeys(), partitions);
        Partitioning byRight = new Partitioning.Hash(join.rightKeys(), partitions);
        PlanNode slices = read.by(new Partitioning.Slices(partitions), null);
        Stage build = new Stage(ids.getAsInt(), slices, byRight);
        Stage probe = new Stage(ids.getAsInt(), join.left(), byLeft);
        PlanNode shuffled =
                join.withInputs(
                        List.of(
                                new PlanNode.StageInput(probe.id(), byLeft, join.left().schema()),
                                new PlanNode.StageInput(build.id(), byRight, read.schema())));
        Optional<List<Stage>> rest = regrouping.place(stage, above, join, shuffled, ids);
        return rest.map(
                stages -> {
                    decisions.add(
                            "stage %d gave %d rows, %d bytes, too much for a broadcast: both sides of the join are shuffled into %d partitions instead%s"
                                    .formatted(
                                            report.stage(),
                                            report.totalRows(),
                                            report.totalBytes(),
                                            partitions,
                                            hinted
                                                    ? ", although the hint %s asks for a broadcast"
                                                            .formatted(join.hint())
                                                    : ""));
                    List<Stage> all = new ArrayList<>(List.of(build, probe));
                    all.addAll(stages);
                    return all;
                });
    }

    /** More bytes than this are not broadcast. */
    private long limit(boolean hinted) {
        long most = settings.memory() / MOST;
        return hinted || settings.joinStrategy() == JoinStrategy.BROADCAST
                ? most
                : Math.min(
                        most,
                        Math.max(2 * settings.broadcastBytes(), settings.memory() / SMALLEST_MOST));
    }

    /** So many that each task's part of the build side fits into its share of memory. */
    private int partitions(long bytes) {
        long share = Math.max(1, settings.memory() / (8L * settings.threads()));
        long wanted = Math.max(2L * settings.threads(), (bytes + share - 1) / share);
        return (int) Math.min(MOST_PARTITIONS, wanted);
    }

    private static boolean isOn(PlanNode node, StageReport report) {
        return node instanceof PlanNode.HashJoin join
                && join.right() instanceof PlanNode.StageInput right
                && right.stage() == report.stage()
                && right.partitioning() instanceof Partitioning.Broadcast
                && right.partitions() == null
                && !join.leftKeys().isEmpty();
    }
}
