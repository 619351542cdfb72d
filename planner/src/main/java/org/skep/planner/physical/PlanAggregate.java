package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.AggregateCall.Step;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;

/**
 * How an aggregate is split: in one step where equal keys are together already; else partial in the
 * map tasks (the combiner), an exchange by the keys, and final. Distinct arguments become keys of a
 * first aggregate, so that no task holds a set of them.
 */
final class PlanAggregate {
    /** Bytes of a key or state, about. */
    private static final double WIDTH = 16;

    private final Planning planning;
    private final AggregateSteps steps;

    PlanAggregate(Planning planning) {
        this.planning = planning;
        this.steps = new AggregateSteps(planning.functions());
    }

    Part plan(Aggregate aggregate, Part input) {
        GroupedCalls calls = GroupedCalls.of(aggregate, input, planning);
        double groups = planning.estimate(aggregate).doubted().rows();
        Part states =
                new EagerAggregate(planning, steps)
                        .of(aggregate.getInput(), calls.input(), calls.keys(), calls.calls());
        Part aggregated =
                states == null
                        ? aggregate(calls.input(), calls.keys(), calls.calls(), groups)
                        : ofStates(states, calls.keys().size(), calls.calls(), groups);
        List<Expr> results = calls.results(aggregated.node().schema());
        Part projected = Planning.project(aggregated, results, Planning.schema(aggregate));
        return new Part(projected.node(), projected.distribution(), planning.estimate(aggregate));
    }

    /**
     * Groups {@code input} by {@code keys}: the keys, then one column per call.
     *
     * @param groups how many groups there will be, about; better too many, since small partitions
     *     are read together
     */
    Part aggregate(Part input, List<Integer> keys, List<AggregateCall> calls, double groups) {
        AggregateCosts costs = new AggregateCosts(input, keys, calls, planning);
        if (input.distribution().gathers(keys) || isSingle(input)) {
            costs.oneStep(
                    isSingle(input) ? "all rows are in one task" : "equal keys are in one task");
            return step(input, keys, calls);
        }
        if (calls.stream().anyMatch(call -> !call.order().isEmpty())) {
            costs.afterShuffle("its functions take rows in an order");
            return step(byKeys(input, keys, groups), keys, calls);
        }
        List<AggregateCall> distinct = calls.stream().filter(AggregateCall::distinct).toList();
        if (distinct.isEmpty()) {
            return twoSteps(input, keys, calls, groups);
        }
        Set<List<Integer>> arguments = new HashSet<>();
        distinct.forEach(call -> arguments.add(call.arguments()));
        if (distinct.stream().anyMatch(call -> call.filter() >= 0)) {
            costs.afterShuffle("a distinct call has a filter");
            return step(byKeys(input, keys, groups), keys, calls);
        }
        return arguments.size() == 1
                ? distinctFirst(input, keys, calls, groups)
                : new DistinctSets(planning, this).plan(input, keys, calls, groups);
    }

    private static boolean isSingle(Part part) {
        return part.distribution() instanceof Distribution.Single;
    }

    private Part byKeys(Part input, List<Integer> keys, double groups) {
        return keys.isEmpty()
                ? Planning.single(input)
                : Planning.hashed(
                        input,
                        keys,
                        planning.partitions(Math.max(input.estimate().bytes(), groups)));
    }

    private Part step(Part input, List<Integer> keys, List<AggregateCall> calls) {
        Schema in = input.node().schema();
        Schema out = steps.schema(in, keys, calls);
        int[] at = new int[in.size()];
        java.util.Arrays.fill(at, -1);
        for (int i = 0; i < keys.size(); i++) {
            at[keys.get(i)] = i;
        }
        return new Part(
                new PlanNode.Aggregate(input.node(), keys, calls, out),
                input.distribution().moved(at),
                input.estimate());
    }

    private Part twoSteps(
            Part input, List<Integer> keys, List<AggregateCall> calls, double groups) {
        Part partial = step(input, keys, AggregateSteps.partial(calls));
        Part together = gathered(partial, keys.size(), groups);
        new AggregateCosts(input, keys, calls, planning).twoSteps(groups, partial, together);
        return step(together, range(keys.size()), steps.reading(calls, keys.size(), Step.FINAL));
    }

    /** Groups rows whose states have been made below: the keys, then the states of each call. */
    private Part ofStates(Part input, int keys, List<AggregateCall> calls, double groups) {
        List<AggregateCall> last = steps.reading(calls, keys, Step.FINAL);
        if (input.distribution().gathers(range(keys)) || isSingle(input)) {
            return step(input, range(keys), last);
        }
        Part partial = step(input, range(keys), steps.reading(calls, keys, Step.PARTIAL_OF_STATES));
        return step(gathered(partial, keys, groups), range(keys), last);
    }

    /** Partial groups brought together by their keys, which are the first columns. */
    private Part gathered(Part partial, int keys, double groups) {
        if (keys == 0) {
            return Planning.single(partial);
        }
        double width = WIDTH * partial.node().schema().size();
        int partitions = planning.partitions(groups * width);
        return Planning.hashed(partial, range(keys), partitions);
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    /**
     *
     *
     * <pre>
     * count(DISTINCT x), sum(y) by k → by k: count(x), sum of states
     *                                    by k, x: partial sum(y)
     * </pre>
     */
    private Part distinctFirst(
            Part input, List<Integer> keys, List<AggregateCall> calls, double groups) {
        List<AggregateCall> others = calls.stream().filter(call -> !call.distinct()).toList();
        List<Integer> arguments =
                calls.stream()
                        .filter(AggregateCall::distinct)
                        .findFirst()
                        .orElseThrow()
                        .arguments();
        List<Integer> innerKeys = new ArrayList<>(keys);
        for (int argument : arguments) {
            if (!innerKeys.contains(argument)) {
                innerKeys.add(argument);
            }
        }
        List<Integer> places = arguments.stream().map(innerKeys::indexOf).toList();
        Part partial = step(input, innerKeys, AggregateSteps.partial(others));
        double pairs = Math.max(groups, input.estimate().rows() / 2);
        Part together = gathered(partial, innerKeys.size(), pairs);
        new AggregateCosts(input, keys, calls, planning).distinctFirst(pairs, partial, together);
        Part unique =
                step(
                        together,
                        range(innerKeys.size()),
                        steps.reading(others, innerKeys.size(), Step.INTERMEDIATE));
        List<AggregateCall> states = steps.reading(others, innerKeys.size(), Step.INTERMEDIATE);
        List<AggregateCall> outer = new ArrayList<>();
        int next = 0;
        for (AggregateCall call : calls) {
            outer.add(
                    call.distinct()
                            ? new AggregateCall(
                                    call.function(),
                                    call.types(),
                                    places,
                                    false,
                                    -1,
                                    List.of(),
                                    Step.PARTIAL,
                                    call.type())
                            : states.get(next++));
        }
        Part outerPartial = step(unique, range(keys.size()), outer);
        Part outerTogether = gathered(outerPartial, keys.size(), groups);
        return step(
                outerTogether, range(keys.size()), steps.reading(calls, keys.size(), Step.FINAL));
    }
}
