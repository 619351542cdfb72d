package org.skep.planner.explain;

import java.util.HashMap;
import java.util.Map;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;

/**
 * How many rows each node of a query is expected to give: what the planner has said of it, or what
 * follows from that for nodes that change the number of rows in a known way.
 */
final class RowEstimates {
    private final Map<Integer, Double> stages = new HashMap<>();

    RowEstimates(StageGraph graph) {
        for (Stage stage : graph.stages()) {
            stages.put(stage.id(), of(stage.root()));
        }
    }

    /** Rows of all tasks; NaN when not known. */
    double of(PlanNode node) {
        return switch (node.kind()) {
            case SCAN, FILTER, UNNEST, HASH_JOIN, MERGE_JOIN, LOOP_JOIN -> node.expected().rows();
            case AGGREGATE -> {
                PlanNode.Aggregate aggregate = (PlanNode.Aggregate) node;
                boolean total =
                        aggregate.keys().isEmpty()
                                && aggregate.calls().stream()
                                        .noneMatch(call -> call.step().writesStates());
                yield total ? 1 : node.expected().rows();
            }
            case VALUES -> ((PlanNode.Values) node).rows().size();
            case PROJECT, SORT, WINDOW, EXCHANGE -> of(node.inputs().get(0));
            case EXPAND -> of(node.inputs().get(0)) * ((PlanNode.Expand) node).projections().size();
            case TOP_N -> limited((PlanNode.TopN) node, ((PlanNode.TopN) node).rows());
            case LIMIT -> limited(node, ((PlanNode.Limit) node).rows());
            case UNION -> node.inputs().stream().mapToDouble(this::of).sum();
            case STAGE_INPUT -> {
                PlanNode.StageInput input = (PlanNode.StageInput) node;
                boolean whole = input.partitions() == null && input.unwanted().isEmpty();
                yield whole ? stages.getOrDefault(input.stage(), Double.NaN) : Double.NaN;
            }
            case PARTNER_FILTER, GROUP_TOP_N, WRITE -> Double.NaN;
        };
    }

    /** Each task keeps so many; how many tasks there are is known where there is one. */
    private double limited(PlanNode node, long rows) {
        PlanNode input = node.inputs().get(0);
        return isOneTask(input) ? Math.min(of(input), rows) : Double.NaN;
    }

    private static boolean isOneTask(PlanNode node) {
        return switch (node.kind()) {
            case VALUES -> true;
            case SCAN -> ((PlanNode.Scan) node).splits().size() == 1;
            case STAGE_INPUT ->
                    ((PlanNode.StageInput) node).partitioning() instanceof Partitioning.Single;
            default -> node.kind() != PlanNode.Kind.UNION && isOneTask(node.inputs().get(0));
        };
    }
}
