package org.skep.planner.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;
import org.skep.model.type.Schema;

/**
 * A stage graph as text: one line per stage, below it one line per operator. By itself the text
 * holds no ids, addresses or times, so that it can be compared with a golden file.
 */
public final class PlanText {
    private final StringBuilder out = new StringBuilder();
    private final Remarks remarks;
    private int place;

    private PlanText(Remarks remarks) {
        this.remarks = remarks;
    }

    /** What is said beside the plan. */
    interface Remarks {
        Remarks NONE =
                new Remarks() {
                    @Override
                    public List<String> of(Stage stage) {
                        return List.of();
                    }

                    @Override
                    public String of(Stage stage, PlanNode node, int place) {
                        return "";
                    }
                };

        /** Lines below a stage's heading. */
        List<String> of(Stage stage);

        /**
         * Behind a node's line; may be empty.
         *
         * @param place of the node in its stage, in pre-order
         */
        String of(Stage stage, PlanNode node, int place);
    }

    public static String of(StageGraph graph) {
        return of(graph, Remarks.NONE);
    }

    static String of(StageGraph graph, Remarks remarks) {
        PlanText text = new PlanText(remarks);
        for (Stage stage : graph.stages()) {
            text.stage(stage, graph);
        }
        return text.out.toString();
    }

    private void stage(Stage stage, StageGraph graph) {
        out.append("stage ").append(stage.id()).append(" -> ");
        if (stage.output() == null) {
            out.append("result");
        } else {
            String readers =
                    readers(stage, graph).stream()
                            .map(id -> "stage " + id)
                            .collect(Collectors.joining(", "));
            out.append(readers.isEmpty() ? "no stage" : readers)
                    .append(", ")
                    .append(partitioning(stage));
        }
        out.append('\n');
        remarks.of(stage).forEach(line -> out.append("  ").append(line).append('\n'));
        place = 0;
        node(stage, stage.root(), 0);
    }

    /** The stages that read a stage's output. */
    static List<Integer> readers(Stage stage, StageGraph graph) {
        return graph.stages().stream()
                .filter(other -> other.reads().contains(stage.id()))
                .map(Stage::id)
                .toList();
    }

    /** How a stage's rows are shared out, in words. */
    static String partitioning(Stage stage) {
        Partitioning partitioning = stage.output();
        if (partitioning == null) {
            return "result";
        }
        if (partitioning instanceof Partitioning.Hash hash) {
            String keys = String.join(", ", keys(stage, hash));
            return "hash(" + keys + ") into " + hash.partitions() + " partitions";
        }
        if (partitioning instanceof Partitioning.Spread spread) {
            String kept = spread.checkpoint() ? ", checkpoint" : "";
            return "whole tasks into " + spread.partitions() + " partitions" + kept;
        }
        return partitioning instanceof Partitioning.Single ? "one partition" : "broadcast";
    }

    static List<String> keys(Stage stage, Partitioning.Hash hash) {
        Schema schema = stage.root().schema();
        return hash.keys().stream().map(key -> schema.field(key).name()).toList();
    }

    private void node(Stage stage, PlanNode node, int depth) {
        String remark = remarks.of(stage, node, place++);
        out.append("* ").append("  ".repeat(depth)).append(NodeText.of(node));
        out.append(remark.isEmpty() ? "" : "  [" + remark + "]").append('\n');
        node.inputs().forEach(input -> node(stage, input, depth + 1));
    }
}
