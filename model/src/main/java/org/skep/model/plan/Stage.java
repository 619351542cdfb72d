package org.skep.model.plan;

import java.io.Serializable;
import java.util.List;

/**
 * A piece of a plan between exchanges, run as tasks side by side.
 *
 * @param id from 0, unique in the query; a stage reads only stages that come before it in the graph
 * @param root holds {@link PlanNode.StageInput}s where other stages are read
 * @param output how the rows are shared out for the stage that reads them; null for the result
 */
public record Stage(int id, PlanNode root, Partitioning output) implements Serializable {
    /** The stages that must have run before. */
    public List<Integer> reads() {
        return inputs(root).stream().map(PlanNode.StageInput::stage).distinct().sorted().toList();
    }

    /** All stage inputs below {@code node}, from left to right. */
    public static List<PlanNode.StageInput> inputs(PlanNode node) {
        return node instanceof PlanNode.StageInput input
                ? List.of(input)
                : node.inputs().stream().flatMap(child -> inputs(child).stream()).toList();
    }
}
