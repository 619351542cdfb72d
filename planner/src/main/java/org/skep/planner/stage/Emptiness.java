package org.skep.planner.stage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;

/**
 * Leaves out what can give no rows because a finished stage gave none: the other side of an inner
 * join with it need not run.
 */
final class Emptiness {
    private final Set<Integer> empty = new HashSet<>();

    /** Learns that a stage gave no rows, and changes those that are left. */
    boolean ended(int stage, List<Stage> left) {
        empty.add(stage);
        boolean changed = false;
        for (int i = 0; i < left.size(); i++) {
            Stage before = left.get(i);
            PlanNode root = without(before.root());
            if (isEmpty(root)) {
                empty.add(before.id());
            }
            if (!root.equals(before.root())) {
                left.set(i, new Stage(before.id(), root, before.output()));
                changed = true;
            }
        }
        return changed;
    }

    /**
     * The plan with nothing in place of its empty parts. An input of a join stays, for it tells how
     * many tasks there are.
     */
    private PlanNode without(PlanNode node) {
        if (isEmpty(node)) {
            boolean small = node.inputs().isEmpty();
            return small ? node : new PlanNode.Values(node.schema(), List.of());
        }
        boolean join =
                switch (node.kind()) {
                    case HASH_JOIN, MERGE_JOIN, LOOP_JOIN -> true;
                    default -> false;
                };
        if (join || node.inputs().isEmpty()) {
            return node;
        }
        List<PlanNode> inputs = node.inputs().stream().map(this::without).toList();
        return inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    }

    private boolean isEmpty(PlanNode node) {
        return switch (node.kind()) {
            case STAGE_INPUT -> empty.contains(((PlanNode.StageInput) node).stage());
            case VALUES -> ((PlanNode.Values) node).rows().isEmpty();
            case SCAN -> ((PlanNode.Scan) node).splits().isEmpty();
            case FILTER, PROJECT, EXPAND, UNNEST, SORT, TOP_N, GROUP_TOP_N, LIMIT, WINDOW ->
                    isEmpty(node.inputs().get(0));
            case AGGREGATE -> // without keys there is a row all the same
                    !((PlanNode.Aggregate) node).keys().isEmpty() && isEmpty(node.inputs().get(0));
            case HASH_JOIN -> isEmptyJoin(((PlanNode.HashJoin) node).type(), node);
            case MERGE_JOIN -> isEmptyJoin(((PlanNode.MergeJoin) node).type(), node);
            case LOOP_JOIN -> isEmptyJoin(((PlanNode.LoopJoin) node).type(), node);
            case PARTNER_FILTER -> node.inputs().stream().anyMatch(this::isEmpty);
            case UNION -> node.inputs().stream().allMatch(this::isEmpty);
            case EXCHANGE, WRITE -> false;
        };
    }

    private boolean isEmptyJoin(JoinType type, PlanNode join) {
        boolean left = isEmpty(join.inputs().get(0));
        boolean right = isEmpty(join.inputs().get(1));
        return switch (type) {
            case INNER, SEMI -> left || right;
            case LEFT, ANTI -> left;
            case RIGHT -> right;
            case FULL -> left && right;
        };
    }
}
