package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Calls with several distinct arguments: an aggregate for each argument over the same rows, joined
 * by their keys. So each can have its argument as a key of a first aggregate, in many tasks.
 *
 * <pre>
 * count(DISTINCT x), count(DISTINCT y), sum(z) by k
 *     → (count(DISTINCT x), sum(z) by k) join on k (count(DISTINCT y) by k)
 * </pre>
 */
final class DistinctSets {
    private final Planning planning;
    private final PlanAggregate aggregates;

    DistinctSets(Planning planning, PlanAggregate aggregates) {
        this.planning = planning;
        this.aggregates = aggregates;
    }

    /**
     * Groups {@code input} by {@code keys}: the keys, then one column per call.
     *
     * @param calls whose distinct ones have no filters
     * @param groups how many groups there will be, about
     */
    Part plan(Part input, List<Integer> keys, List<AggregateCall> calls, double groups) {
        Part rows = planning.once(input);
        List<Integer> places = new ArrayList<>(calls.stream().map(call -> -1).toList());
        Part joined = null;
        for (List<Integer> set : sets(calls)) {
            List<AggregateCall> mine = set.stream().map(calls::get).toList();
            Part next = aggregates.aggregate(rows, keys, mine, groups);
            int before = joined == null ? 0 : joined.node().schema().size();
            for (int i = 0; i < set.size(); i++) {
                places.set(set.get(i), before + keys.size() + i);
            }
            joined = joined == null ? next : joined(joined, next, keys.size());
        }
        return inOrder(joined, keys.size(), calls, places);
    }

    /** Numbers of calls: for each distinct argument its calls, all others with the first. */
    private static Iterable<List<Integer>> sets(List<AggregateCall> calls) {
        Map<List<Integer>, List<Integer>> sets = new LinkedHashMap<>();
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            List<Integer> set =
                    call.distinct()
                            ? sets.computeIfAbsent(call.arguments(), key -> new ArrayList<>())
                            : others;
            set.add(i);
        }
        sets.values().iterator().next().addAll(others);
        return sets.values();
    }

    /** Both have the same groups, so that each finds one partner. */
    private Part joined(Part left, Part right, int keys) {
        Schema leftSchema = left.node().schema();
        Schema rightSchema = right.node().schema();
        List<Expr> equal = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            Type type = leftSchema.type(key);
            equal.add(
                    new Expr.Compare(
                            Expr.Comparison.NOT_DISTINCT,
                            new Expr.Input(key, type),
                            new Expr.Input(leftSchema.size() + key, type)));
        }
        return new PlanJoin(planning)
                .plan(
                        JoinType.INNER,
                        left,
                        right,
                        keys == 0 ? new Expr.Literal(true, Type.BOOLEAN) : Expr.conjunction(equal),
                        leftSchema.concat(rightSchema));
    }

    private static Part inOrder(
            Part joined, int keys, List<AggregateCall> calls, List<Integer> places) {
        Schema schema = joined.node().schema();
        List<Expr> outputs = new ArrayList<>(Planning.inputs(schema, 0, keys));
        List<Field> fields = new ArrayList<>(schema.fields().subList(0, keys));
        for (int i = 0; i < calls.size(); i++) {
            Field field = schema.field(places.get(i));
            outputs.add(new Expr.Input(places.get(i), field.type()));
            fields.add(
                    new Field(calls.get(i).function() + "$" + i, field.type(), field.nullable()));
        }
        return Planning.project(joined, outputs, new Schema(fields));
    }
}
