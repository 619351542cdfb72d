package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Schema;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choice.Option;

/** What each way of splitting an aggregate would move between tasks, for EXPLAIN WHY. */
final class AggregateCosts {
    private static final String MOVED = "bytes moved";
    private static final double BYTES_PER_STATE = 8;

    private final Part input;
    private final List<Integer> keys;
    private final List<AggregateCall> calls;
    private final Planning planning;

    AggregateCosts(Part input, List<Integer> keys, List<AggregateCall> calls, Planning planning) {
        this.input = input;
        this.keys = keys;
        this.calls = calls;
        this.planning = planning;
    }

    void oneStep(String reason) {
        add(List.of(new Option("one aggregate, no shuffle", 0, MOVED, reason)));
    }

    void afterShuffle(String reason) {
        add(
                List.of(
                        shuffled(reason),
                        new Option(
                                "partial aggregates before the shuffle",
                                Double.NaN,
                                MOVED,
                                "not possible: " + reason)));
    }

    /**
     * @param groups how many there will be, about
     * @param partial what is shuffled
     * @param together the same after the shuffle
     */
    void twoSteps(double groups, Part partial, Part together) {
        int tasks = planning.tasks(input.node());
        double rows = Math.min(groups * tasks, input.estimate().rows());
        Option taken =
                new Option(
                        "a partial aggregate in each task (the combiner), then "
                                + readers(together),
                        rows * width(partial, keys.size()),
                        MOVED,
                        "no more than a row for each group from each task; it stops combining"
                                + " where that does not make rows fewer");
        add(List.of(taken, shuffled("")));
    }

    /**
     * @param pairs combinations of keys and distinct values, about
     * @param partial what is shuffled
     * @param together the same after the shuffle
     */
    void distinctFirst(double pairs, Part partial, Part together) {
        Option taken =
                new Option(
                        "distinct values first, as keys of an aggregate of their own, in "
                                + readers(together),
                        pairs * width(partial, keys.size() + 1),
                        MOVED,
                        "no task holds all values of a group");
        add(List.of(taken, shuffled("")));
    }

    private Option shuffled(String reason) {
        return new Option(
                "one aggregate after a shuffle of all rows",
                input.estimate().bytes(),
                MOVED,
                reason);
    }

    /** Bytes of a group with its states. */
    private double width(Part partial, int keyColumns) {
        double width = BYTES_PER_STATE * (partial.node().schema().size() - keyColumns);
        for (int key : keys) {
            width += input.estimate().column(key).bytes();
        }
        return Math.max(1, width);
    }

    private static String readers(Part together) {
        int tasks =
                together.node() instanceof PlanNode.Exchange exchange
                                && exchange.partitioning() instanceof Partitioning.Hash hash
                        ? hash.partitions()
                        : 1;
        return tasks + (tasks == 1 ? " reduce task" : " reduce tasks");
    }

    private void add(List<Option> options) {
        planning.choices().add(new Choice(subject(), new ArrayList<>(options)));
    }

    private String subject() {
        Schema schema = input.node().schema();
        String names =
                calls.stream()
                        .map(call -> call.function().toLowerCase(Locale.ROOT))
                        .distinct()
                        .collect(Collectors.joining(", "));
        String by =
                keys.stream()
                        .map(key -> schema.field(key).name())
                        .collect(Collectors.joining(", "));
        String what = names.isEmpty() ? "distinct rows" : "aggregate " + names;
        return by.isEmpty() ? what + " of all rows" : what + " by " + by;
    }
}
