package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.estimate.Estimate;
import org.skep.planner.why.Choice;
import org.skep.planner.why.Choice.Option;

/**
 * Combines rows before they are shuffled for a join, where an aggregate above it needs nothing else
 * of them: a row that finds several partners then is a state that is taken in as many times (eager
 * aggregation; Yan and Larson, "Eager Aggregation and Lazy Aggregation", VLDB 1995).
 *
 * <pre>
 * Aggregate(Join(Exchange(L), Exchange(R)))
 *   → Aggregate of states(Join(Exchange(Aggregate partial(L)), Exchange(R)))
 * </pre>
 *
 * Arguments must be columns, so that nothing is computed of rows that the join would have dropped:
 * it could fail. Where nothing is shuffled for the join, a look-up costs no more than a group.
 */
final class EagerAggregate {
    /** So many rows at least are to become one. */
    private static final double LEAST_FOR_GROUP = 4;

    private final Planning planning;
    private final AggregateSteps steps;

    EagerAggregate(Planning planning, AggregateSteps steps) {
        this.planning = planning;
        this.steps = steps;
    }

    /**
     * The input of an aggregate over a join with the rows combined below that.
     *
     * @param algebra of {@code input}
     * @return the keys, then the states of each call; null when that is not possible or not worth
     *     it
     */
    Part of(RelNode algebra, Part input, List<Integer> keys, List<AggregateCall> calls) {
        PlanNode node = input.node();
        List<Expr> columns = Planning.inputs(node.schema(), 0, node.schema().size());
        while (node instanceof PlanNode.Project project) {
            columns = columns.stream().map(column -> through(column, project)).toList();
            node = project.input();
        }
        RelNode rel = algebra;
        while (rel instanceof Project project) {
            rel = project.getInput();
        }
        if (!(node instanceof PlanNode.HashJoin join) || !(rel instanceof Join known)) {
            return null;
        }
        List<Expr> keyColumns = keys.stream().map(columns::get).toList();
        for (Side side : Side.values()) {
            Below below = below(side, join, keyColumns, columns, calls);
            if (below != null && paysOff(below, known)) {
                return above(below, input, keys, keyColumns, calls);
            }
        }
        return null;
    }

    private static Expr through(Expr expr, PlanNode.Project project) {
        return expr instanceof Expr.Input input
                ? project.expressions().get(input.column())
                : expr.withInputs(
                        expr.inputs().stream().map(each -> through(each, project)).toList());
    }

    private enum Side {
        LEFT,
        RIGHT
    }

    /**
     * What is to be done on one side of a join.
     *
     * @param exchange of that side
     * @param from the first of its columns among those of the join
     * @param group columns of the side, by which its rows are combined
     * @param arguments of the calls, over columns of the side
     */
    private record Below(
            Side side,
            PlanNode.HashJoin join,
            PlanNode.Exchange exchange,
            int from,
            List<Integer> group,
            List<List<Expr>> arguments) {}

    private Below below(
            Side side,
            PlanNode.HashJoin join,
            List<Expr> keys,
            List<Expr> columns,
            List<AggregateCall> calls) {
        boolean isLeft = side == Side.LEFT;
        boolean allowed = join.type() == JoinType.INNER || isLeft && !join.type().keepsRight();
        if (!allowed
                || !((isLeft ? join.left() : join.right()) instanceof PlanNode.Exchange exchange)
                || !(exchange.partitioning() instanceof Partitioning.Hash hash)) {
            return null;
        }
        int from = isLeft ? 0 : join.left().schema().size();
        int to = from + exchange.schema().size();
        List<List<Expr>> arguments = new ArrayList<>();
        for (AggregateCall call : calls) {
            List<Expr> own = call.arguments().stream().map(columns::get).toList();
            boolean here = own.stream().allMatch(expr -> isPlain(expr) && isWithin(expr, from, to));
            boolean bare = !call.distinct() && call.order().isEmpty() && call.filter() < 0;
            if (!here || !bare || !steps.hasSmallStates(call)) {
                return null;
            }
            int[] at = IntStream.range(0, to).map(column -> column - from).toArray();
            arguments.add(own.stream().map(expr -> expr.remap(at)).toList());
        }
        TreeSet<Integer> group = new TreeSet<>(isLeft ? join.leftKeys() : join.rightKeys());
        group.addAll(hash.keys());
        List<Expr> needed = new ArrayList<>(keys);
        if (join.residual() != null) {
            needed.add(join.residual());
        }
        for (Expr expr : needed) {
            for (int column : expr.columns()) {
                if (column >= from && column < to) {
                    group.add(column - from);
                }
            }
        }
        return new Below(side, join, exchange, from, List.copyOf(group), arguments);
    }

    /** A column, or an integer made wider: nothing that can fail. */
    private static boolean isPlain(Expr expr) {
        return expr instanceof Expr.Input
                || expr instanceof Expr.Cast cast
                        && cast.input() instanceof Expr.Input input
                        && input.type().layout() == Type.Layout.INT
                        && cast.type().equals(Type.BIGINT)
                        && input.type().isNumeric();
    }

    private static boolean isWithin(Expr expr, int from, int to) {
        return Arrays.stream(expr.columns()).allMatch(column -> column >= from && column < to);
    }

    /** Whether combining leaves few of the rows, by what is known of their columns. */
    private boolean paysOff(Below below, Join known) {
        RelNode side = below.side == Side.LEFT ? known.getLeft() : known.getRight();
        Schema there = Planning.schema(side);
        Schema here = below.exchange.schema();
        Estimate estimate = planning.estimate(side);
        double groups = 1;
        for (int column : below.group) {
            if (column >= there.size()
                    || !there.type(column).equals(here.type(column))
                    || estimate.column(column).distinct() < 0) {
                return false; // nothing is known of it
            }
            groups *= estimate.distinct(column);
        }
        int tasks = planning.tasks(below.exchange.input());
        double kept = Math.min(groups * tasks, estimate.rows());
        boolean pays = kept * LEAST_FOR_GROUP <= estimate.rows();
        double width = estimate.bytes() / Math.max(1, estimate.rows());
        Option eager =
                new Option(
                        "partial aggregate below the join's shuffle",
                        kept * width,
                        "bytes moved",
                        pays ? "" : "too many groups");
        Option lazy = new Option("aggregate above the join", estimate.bytes(), "bytes moved", "");
        planning.choices()
                .add(
                        new Choice(
                                "where to combine rows of the %s side of the join"
                                        .formatted(below.side == Side.LEFT ? "left" : "right"),
                                pays ? List.of(eager, lazy) : List.of(lazy, eager)));
        return pays;
    }

    private Part above(
            Below below,
            Part input,
            List<Integer> keys,
            List<Expr> keyColumns,
            List<AggregateCall> calls) {
        PlanNode.Aggregate partial = partial(below, calls);
        int groups = below.group.size();
        PlanNode.HashJoin join = below.join;
        int oldWidth = below.exchange.schema().size();
        int newWidth = partial.schema().size();
        int[] at = new int[join.left().schema().size() + join.right().schema().size()];
        for (int i = 0; i < at.length; i++) {
            boolean own = i >= below.from && i < below.from + oldWidth;
            int place = below.group.indexOf(i - below.from);
            boolean behind = i >= below.from + oldWidth;
            at[i] =
                    own
                            ? place < 0 ? -1 : below.from + place
                            : behind ? i - oldWidth + newWidth : i;
        }
        PlanNode joined = joined(below, partial, at);
        Schema schema = joined.schema();
        List<Expr> chosen = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            chosen.add(keyColumns.get(i).remap(at));
            fields.add(input.node().schema().field(keys.get(i)));
        }
        for (int i = below.from + groups; i < below.from + newWidth; i++) {
            chosen.add(new Expr.Input(i, schema.type(i)));
            fields.add(schema.field(i));
        }
        PlanNode node = new PlanNode.Project(joined, chosen, new Schema(fields));
        int[] moved = new int[input.node().schema().size()];
        Arrays.fill(moved, -1);
        for (int i = 0; i < keys.size(); i++) {
            moved[keys.get(i)] = i;
        }
        Estimate before = input.estimate();
        Estimate estimate =
                new Estimate(
                        before.rows(),
                        before.most(),
                        keys.stream().map(before::column).toList(),
                        before.confidence());
        return new Part(node, input.distribution().moved(moved), estimate);
    }

    private PlanNode.Aggregate partial(Below below, List<AggregateCall> calls) {
        PlanNode rows = below.exchange.input();
        List<Expr> computed = new ArrayList<>();
        List<AggregateCall> own = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            List<Integer> places = new ArrayList<>();
            for (Expr argument : below.arguments.get(i)) {
                if (argument instanceof Expr.Input column) {
                    places.add(column.column());
                } else {
                    places.add(rows.schema().size() + computed.size());
                    computed.add(argument);
                }
            }
            own.add(calls.get(i).with(AggregateCall.Step.PARTIAL, places));
        }
        Part wide = Planning.extended(new Part(rows, Distribution.ARBITRARY, null), computed);
        Schema schema = steps.schema(wide.node().schema(), below.group, own);
        return new PlanNode.Aggregate(wide.node(), below.group, own, schema);
    }

    /**
     * The join over combined rows.
     *
     * @param at where the columns of the join's inputs are now
     */
    private static PlanNode joined(Below below, PlanNode.Aggregate partial, int[] at) {
        PlanNode.HashJoin join = below.join;
        Partitioning.Hash hash = (Partitioning.Hash) below.exchange.partitioning();
        PlanNode side =
                new PlanNode.Exchange(
                        partial,
                        new Partitioning.Hash(places(hash.keys(), below), hash.partitions()));
        boolean isLeft = below.side == Side.LEFT;
        List<Field> fields = new ArrayList<>(join.schema().fields());
        fields.subList(below.from, below.from + below.exchange.schema().size()).clear();
        fields.addAll(below.from, partial.schema().fields());
        PlanNode.HashJoin combined =
                new PlanNode.HashJoin(
                        isLeft ? side : join.left(),
                        isLeft ? join.right() : side,
                        join.type(),
                        isLeft ? places(join.leftKeys(), below) : join.leftKeys(),
                        isLeft ? join.rightKeys() : places(join.rightKeys(), below),
                        join.nullsEqual(),
                        join.residual() == null ? null : join.residual().remap(at),
                        new Schema(fields));
        return combined.asked(join.hint());
    }

    private static List<Integer> places(List<Integer> columns, Below below) {
        return columns.stream().map(below.group::indexOf).toList();
    }
}
