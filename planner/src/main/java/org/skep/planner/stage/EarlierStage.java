package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;

/**
 * Part of a stage that became a stage of its own, to be run first.
 *
 * @param stage to be run first
 * @param root of the rest, which reads it
 */
record EarlierStage(Stage stage, PlanNode root) {
    /**
     * Changes a join that a plan's rows come through, below operators that do not care which rows
     * share a task.
     *
     * @param change of a join; empty when it is not the one
     */
    static Optional<EarlierStage> of(
            PlanNode node, Function<PlanNode.HashJoin, Optional<EarlierStage>> change) {
        if (node instanceof PlanNode.HashJoin join) {
            Optional<EarlierStage> changed = change.apply(join);
            if (changed.isPresent()) {
                return changed;
            }
        }
        if (node.inputs().isEmpty() || !Adaptive.ignoresPartitions(node)) {
            return Optional.empty();
        }
        return of(node.inputs().get(0), change).map(below -> below.under(node));
    }

    private EarlierStage under(PlanNode node) {
        List<PlanNode> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, root);
        return new EarlierStage(stage, node.withInputs(inputs));
    }

    /** Both stages, in the order in which they run. */
    List<Stage> andThen(Stage rest) {
        return List.of(stage, new Stage(rest.id(), root, rest.output()));
    }
}
