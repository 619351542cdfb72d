package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Parts of a plan over partitioned inputs, with or without the rows of some hot keys. All inputs
 * are partitioned by the same values, so a hot key means the same columns in each.
 */
final class HotRows {
    private HotRows() {}

    /**
     * The partitioned input from which the rows of {@code node} come one by one, through operators
     * that do not care which rows share a task; null when there is none.
     */
    static PlanNode.StageInput leaf(PlanNode node) {
        return switch (node.kind()) {
            case STAGE_INPUT -> {
                PlanNode.StageInput input = (PlanNode.StageInput) node;
                yield input.partitioning() instanceof Partitioning.Hash ? input : null;
            }
            case FILTER, PARTNER_FILTER, PROJECT, HASH_JOIN -> leaf(node.inputs().get(0));
            default -> null;
        };
    }

    /** A join by keys; a merge join as that of its unsorted inputs. Null for all else. */
    static PlanNode.HashJoin asHashJoin(PlanNode node) {
        if (node instanceof PlanNode.HashJoin join) {
            return join;
        }
        if (!(node instanceof PlanNode.MergeJoin join)) {
            return null;
        }
        return new PlanNode.HashJoin(
                unsorted(join.left()),
                unsorted(join.right()),
                join.type(),
                join.leftKeys(),
                join.rightKeys(),
                join.nullsEqual(),
                join.residual(),
                join.schema());
    }

    private static PlanNode unsorted(PlanNode node) {
        return node instanceof PlanNode.Sort sort ? sort.input() : node;
    }

    /** The types of the values that an input is partitioned by. */
    static List<Type> keyTypes(PlanNode.StageInput input) {
        Schema schema = input.schema();
        return keys(input).stream().map(schema::type).toList();
    }

    static List<Integer> keys(PlanNode.StageInput input) {
        return ((Partitioning.Hash) input.partitioning()).keys();
    }

    /** All partitioned inputs of a plan. */
    static List<PlanNode.StageInput> inputs(PlanNode node) {
        List<PlanNode.StageInput> all = new ArrayList<>();
        if (node instanceof PlanNode.StageInput input) {
            if (input.partitioning() instanceof Partitioning.Hash) {
                all.add(input);
            }
        }
        node.inputs().forEach(child -> all.addAll(inputs(child)));
        return all;
    }

    /** The plan with other partitioned inputs. */
    static PlanNode with(PlanNode node, Function<PlanNode.StageInput, PlanNode> change) {
        if (node instanceof PlanNode.StageInput input) {
            return input.partitioning() instanceof Partitioning.Hash ? change.apply(input) : input;
        }
        List<PlanNode> inputs = node.inputs().stream().map(child -> with(child, change)).toList();
        return inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    }

    /**
     * The input without the rows of the keys. Most of them are not even read; the filter is for
     * those that lie among others.
     */
    static PlanNode without(PlanNode.StageInput input, List<List<Object>> keys) {
        return keys.isEmpty()
                ? input
                : new PlanNode.Filter(input.without(keys), new Expr.Not(isOneOf(input, keys)));
    }

    /** The rows of the keys, all of them in every task. */
    static PlanNode everywhere(
            PlanNode.StageInput input, List<List<Object>> keys, List<Integer> partitions) {
        return only(input.by(new Partitioning.Broadcast(), partitions), input, keys);
    }

    /** The rows of the keys, shared out evenly. */
    static PlanNode spread(PlanNode.StageInput input, Skew skew) {
        Partitioning slices = new Partitioning.Slices(skew.tasks());
        return only(input.by(slices, skew.partitions()), input, skew.keys());
    }

    private static PlanNode only(
            PlanNode.StageInput read, PlanNode.StageInput input, List<List<Object>> keys) {
        return new PlanNode.Filter(read, isOneOf(input, keys));
    }

    /** True or false, never null. */
    private static Expr isOneOf(PlanNode.StageInput input, List<List<Object>> keys) {
        if (keys.isEmpty()) {
            return new Expr.Literal(false, Type.BOOLEAN);
        }
        List<Expr> alternatives = new ArrayList<>();
        for (List<Object> key : keys) {
            List<Expr> equal = new ArrayList<>();
            for (int i = 0; i < key.size(); i++) {
                int column = keys(input).get(i);
                Type type = input.schema().type(column);
                equal.add(
                        new Expr.Compare(
                                Expr.Comparison.NOT_DISTINCT,
                                new Expr.Input(column, type),
                                new Expr.Literal(key.get(i), type)));
            }
            alternatives.add(Expr.conjunction(equal));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Expr.Or(alternatives);
    }
}
