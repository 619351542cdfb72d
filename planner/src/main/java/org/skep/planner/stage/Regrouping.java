package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.type.Type;
import org.skep.planner.physical.AggregateSteps;

/**
 * Puts a join in place of another that shared its rows out in another way. Operators above that do
 * not care take them as they come. Where one needs equal keys in one task, the join becomes a stage
 * of its own with an exchange, behind a combiner when that operator is an aggregate.
 */
final class Regrouping {
    private final AggregateSteps steps;

    Regrouping(AggregateSteps steps) {
        this.steps = steps;
    }

    /**
     * The stages to run in place of one in which a join was changed.
     *
     * @param above the operators above the join, the stage's root first; each the first input of
     *     the one before
     * @param join as it was
     * @param changed in its place
     * @param ids gives numbers for new stages
     * @return nothing when what stands above the join cannot get its rows as it needs them
     */
    Optional<List<Stage>> place(
            Stage stage, List<PlanNode> above, PlanNode join, PlanNode changed, IntSupplier ids) {
        int cut = above.size() - 1;
        while (cut >= 0 && Adaptive.ignoresPartitions(above.get(cut))) {
            cut--;
        }
        List<PlanNode> within = above.subList(cut + 1, above.size());
        PlanNode rows = rebuilt(within, changed);
        if (cut < 0) {
            return Optional.of(List.of(new Stage(stage.id(), rows, stage.output())));
        }
        PlanNode.HashJoin keyed = HotRows.asHashJoin(join);
        PlanNode.StageInput leaf = HotRows.leaf(keyed.left());
        List<Integer> keys = leaf == null ? null : moved(keyed, leaf, within);
        if (keys == null) {
            return Optional.empty();
        }
        int partitions = leaf.partitioning().count();
        PlanNode reader = above.get(cut);
        PlanNode.Aggregate single =
                reader instanceof PlanNode.Aggregate aggregate && AggregateSteps.canBeTwo(aggregate)
                        ? aggregate
                        : null;
        if (single != null) {
            rows = steps.first(single, rows);
            keys = keys.stream().map(single.keys()::indexOf).toList();
            if (keys.contains(-1)) {
                return Optional.empty();
            }
        }
        Partitioning output = new Partitioning.Hash(keys, partitions);
        Stage salted = new Stage(ids.getAsInt(), rows, output);
        PlanNode read = new PlanNode.StageInput(salted.id(), output, rows.schema());
        PlanNode top =
                single != null
                        ? rebuilt(above.subList(0, cut), steps.second(single, read))
                        : rebuilt(above.subList(0, cut + 1), read);
        return Optional.of(List.of(salted, new Stage(stage.id(), top, stage.output())));
    }

    /** The operators, topmost first, over another input of the lowest. */
    private static PlanNode rebuilt(List<PlanNode> operators, PlanNode input) {
        PlanNode node = input;
        for (int i = operators.size() - 1; i >= 0; i--) {
            List<PlanNode> inputs = new ArrayList<>(operators.get(i).inputs());
            inputs.set(0, node);
            node = operators.get(i).withInputs(inputs);
        }
        return node;
    }

    /**
     * Where the columns by which the join's rows were partitioned are above some operators; null
     * when they are not there, or not of every row.
     */
    private static List<Integer> moved(
            PlanNode.HashJoin join, PlanNode.StageInput leaf, List<PlanNode> operators) {
        if (join.type().keepsRight()) {
            return null;
        }
        List<PlanNode> below = new ArrayList<>();
        for (PlanNode node = join.left(); node != leaf; node = node.inputs().get(0)) {
            below.add(node);
        }
        List<Integer> joined = above(below, HotRows.keys(leaf));
        List<Integer> found = joined == null ? null : above(operators, joined);
        if (found == null && joined != null && join.type() == JoinType.INNER) {
            found = above(operators, partners(join, joined)); // equal in every row
        }
        return found;
    }

    /** The columns of the right side that an inner join's left keys are equal to. */
    private static List<Integer> partners(PlanNode.HashJoin join, List<Integer> columns) {
        int width = join.left().schema().size();
        List<Integer> partners = new ArrayList<>();
        for (int column : columns) {
            int key = join.leftKeys().indexOf(column);
            partners.add(key < 0 ? -1 : width + join.rightKeys().get(key));
        }
        return partners;
    }

    /** Where columns of the lowest operator's input are above the topmost; null for nowhere. */
    private static List<Integer> above(List<PlanNode> operators, List<Integer> columns) {
        List<Integer> now = columns.contains(-1) ? null : columns;
        for (int i = operators.size() - 1; i >= 0 && now != null; i--) {
            now = above(operators.get(i), now);
        }
        return now;
    }

    private static List<Integer> above(PlanNode node, List<Integer> columns) {
        return switch (node.kind()) {
            case FILTER,
                    PARTNER_FILTER,
                    SORT,
                    TOP_N,
                    GROUP_TOP_N,
                    LIMIT,
                    UNNEST,
                    HASH_JOIN,
                    MERGE_JOIN ->
                    columns;
            case PROJECT -> {
                List<Expr> expressions = ((PlanNode.Project) node).expressions();
                List<Integer> found = new ArrayList<>();
                for (int column : columns) {
                    Type type = node.inputs().get(0).schema().type(column);
                    found.add(expressions.indexOf(new Expr.Input(column, type)));
                }
                yield found.contains(-1) ? null : found;
            }
            case AGGREGATE -> {
                List<Integer> keys = ((PlanNode.Aggregate) node).keys();
                List<Integer> found = columns.stream().map(keys::indexOf).toList();
                yield found.contains(-1) ? null : found;
            }
            default -> null;
        };
    }
}
