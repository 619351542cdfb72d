package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend.StageReport;

/**
 * Reads neighbouring small partitions in one task, as Spark's adaptive execution does: how many
 * partitions there should be was an estimate.
 */
final class Coalescing {
    private static final int TASKS_PER_THREAD = 2;

    private Coalescing() {}

    /**
     * The stage with fewer tasks, where its partitions turned out small.
     *
     * @param least bytes of rows that take less time than a task costs
     */
    static Stage apply(
            Stage stage,
            Map<Integer, StageReport> reports,
            Settings settings,
            long least,
            List<String> decisions) {
        if (settings.shufflePartitions() > 0) {
            return stage; // that many were asked for
        }
        Set<PlanNode.StageInput> inputs = new HashSet<>();
        if (!areAllByHash(stage.root(), inputs) || inputs.isEmpty()) {
            return stage;
        }
        int partitions = inputs.iterator().next().partitioning().count();
        long[] bytes = new long[partitions];
        for (PlanNode.StageInput input : inputs) {
            for (int p = 0; p < partitions; p++) {
                bytes[p] += reports.get(input.stage()).bytes()[p];
            }
        }
        List<Integer> ends = ends(bytes, settings, least);
        if (ends.size() == partitions) {
            return stage;
        }
        decisions.add(
                "stage %d: %d partitions hold little, they are read by %d tasks"
                        .formatted(stage.id(), partitions, ends.size()));
        PlanNode root =
                HotRows.with(
                        stage.root(),
                        input ->
                                input.by(new Partitioning.Groups(HotRows.keys(input), ends), null));
        return new Stage(stage.id(), root, stage.output());
    }

    private static List<Integer> ends(long[] bytes, Settings settings, long least) {
        long total = 0;
        for (long each : bytes) {
            total += each;
        }
        long share = total / (TASKS_PER_THREAD * settings.threads());
        long wanted = Math.min(settings.partitionBytes(), Math.max(least, share));
        List<Integer> ends = new ArrayList<>();
        long held = 0;
        for (int p = 0; p < bytes.length; p++) {
            if (held > 0 && held + bytes[p] > wanted) {
                ends.add(p);
                held = 0;
            }
            held += bytes[p];
        }
        ends.add(bytes.length);
        return ends;
    }

    /** Whether nothing but the partitions of hashed inputs, and broadcasts, tells the tasks. */
    private static boolean areAllByHash(PlanNode node, Set<PlanNode.StageInput> inputs) {
        return switch (node.kind()) {
            case STAGE_INPUT -> {
                PlanNode.StageInput input = (PlanNode.StageInput) node;
                if (input.partitioning() instanceof Partitioning.Hash) {
                    inputs.add(input);
                    yield true;
                }
                yield input.partitioning() instanceof Partitioning.Broadcast;
            }
            case SCAN, VALUES, UNION -> false;
            default -> node.inputs().stream().allMatch(input -> areAllByHash(input, inputs));
        };
    }
}
