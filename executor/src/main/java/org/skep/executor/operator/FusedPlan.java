package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.skep.executor.eval.FusedSums;
import org.skep.executor.eval.FusedTerm;
import org.skep.executor.eval.FusedTerm.Fold;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * An aggregate whose simple calls take their arguments unevaluated: what a projection below would
 * compute for them alone is left to them, and the projection hands on the columns that they need.
 *
 * @param node the aggregate over the changed projection; arguments of calls that lie beyond its
 *     input's columns are {@code expressions}
 * @param expressions over the input's columns
 * @param simple by call, whether it is one of count, sum, avg, min and max that {@link FusedCalls}
 *     can do
 */
record FusedPlan(PlanNode.Aggregate node, List<Expr> expressions, boolean[] simple) {
    static FusedPlan of(PlanNode.Aggregate node) {
        boolean[] simple = new boolean[node.calls().size()];
        for (int i = 0; i < simple.length; i++) {
            simple[i] = isSimple(node.calls().get(i), node.input());
        }
        if (node.input() instanceof PlanNode.Project project) {
            for (int i = 0; i < simple.length; i++) {
                if (simple[i] && computes(project, node.calls().get(i))) {
                    return new Rewriting(node, project).plan(simple);
                }
            }
        }
        return new FusedPlan(node, List.of(), simple);
    }

    private static boolean computes(PlanNode.Project project, AggregateCall call) {
        return reads(call).stream()
                .anyMatch(column -> !(project.expressions().get(column) instanceof Expr.Input));
    }

    /** The columns of a call's input that it reads. */
    private static List<Integer> reads(AggregateCall call) {
        List<Integer> columns = new ArrayList<>(call.arguments());
        if (call.filter() >= 0) {
            columns.add(call.filter());
        }
        return columns;
    }

    private static boolean isSimple(AggregateCall call, PlanNode input) {
        boolean plain = !call.distinct() && call.order().isEmpty();
        if (!plain || call.step().readsStates()) {
            return false;
        }
        if (call.filter() >= 0 && !FusedSums.folds(argument(input, call.filter()))) {
            return false;
        }
        if (call.function().equals("count") && call.arguments().isEmpty()) {
            return true;
        }
        if (call.arguments().size() != 1) {
            return false;
        }
        Expr argument = argument(input, call.arguments().get(0));
        Type type = call.types().get(0);
        boolean folds = argument.type().layout() == type.layout() && FusedSums.folds(argument);
        return switch (call.function()) {
            case "count" -> FusedSums.counts(argument);
            case "sum", "avg" -> type.isNumeric() && folds;
            case "min", "max" -> type.layout() != Type.Layout.BOOLEAN && folds;
            default -> false;
        };
    }

    private static Expr argument(PlanNode input, int column) {
        return input instanceof PlanNode.Project project
                ? project.expressions().get(column)
                : new Expr.Input(column, input.schema().types().get(column));
    }

    /** What a simple call folds, over the node's input; {@code count(*)} has no value. */
    FusedTerm term(AggregateCall call) {
        Fold fold =
                switch (call.function()) {
                    case "count" -> Fold.COUNT;
                    case "sum", "avg" -> Fold.SUM;
                    case "min" -> Fold.MIN;
                    case "max" -> Fold.MAX;
                    default -> throw new IllegalArgumentException(call.function());
                };
        Expr value = call.arguments().isEmpty() ? null : column(call.arguments().get(0));
        Expr filter = call.filter() < 0 ? null : condition(column(call.filter()));
        return new FusedTerm(value, filter, fold);
    }

    private Expr column(int column) {
        List<Type> types = node.input().schema().types();
        return column < types.size()
                ? new Expr.Input(column, types.get(column))
                : expressions.get(column - types.size());
    }

    /** {@code IS TRUE} says nothing more where a condition chooses rows. */
    private static Expr condition(Expr expr) {
        return expr instanceof Expr.Compare compare
                        && compare.operator() == Expr.Comparison.NOT_DISTINCT
                        && compare.right() instanceof Expr.Literal literal
                        && Boolean.TRUE.equals(literal.value())
                ? compare.left()
                : expr;
    }

    /** Builds the other projection. */
    private static final class Rewriting {
        private final PlanNode.Aggregate node;
        private final PlanNode.Project project;
        private final List<Expr> below = new ArrayList<>();
        private final Map<Expr, Integer> inputs = new HashMap<>(); // where they are handed on
        private final Map<Integer, Integer> columns = new HashMap<>(); // of the old projection
        private final List<Expr> expressions = new ArrayList<>();

        Rewriting(PlanNode.Aggregate node, PlanNode.Project project) {
            this.node = node;
            this.project = project;
        }

        FusedPlan plan(boolean[] simple) {
            List<Integer> keys = node.keys().stream().map(this::place).toList();
            for (int i = 0; i < simple.length; i++) {
                AggregateCall call = node.calls().get(i);
                if (simple[i]) {
                    reads(call).forEach(this::placeInputs);
                } else {
                    moved(call);
                }
            }
            List<AggregateCall> calls = new ArrayList<>();
            for (int i = 0; i < simple.length; i++) {
                AggregateCall call = node.calls().get(i);
                calls.add(simple[i] ? deferred(call) : moved(call));
            }
            List<Field> fields = new ArrayList<>();
            for (Expr expr : below) {
                fields.add(new Field("c" + fields.size(), expr.type(), true));
            }
            PlanNode input = new PlanNode.Project(project.input(), below, new Schema(fields));
            return new FusedPlan(
                    new PlanNode.Aggregate(input, keys, calls, node.schema()), expressions, simple);
        }

        /** Where a column of the old projection is in the new one. */
        private int place(int column) {
            Expr expr = project.expressions().get(column);
            return expr instanceof Expr.Input
                    ? place(inputs, expr, expr)
                    : place(columns, column, expr);
        }

        private <K> int place(Map<K, Integer> places, K key, Expr expr) {
            Integer known = places.putIfAbsent(key, below.size());
            if (known != null) {
                return known;
            }
            below.add(expr);
            return below.size() - 1;
        }

        private void placeInputs(int column) {
            placeInputs(project.expressions().get(column));
        }

        private void placeInputs(Expr expr) {
            if (expr instanceof Expr.Input) {
                place(inputs, expr, expr);
            }
            expr.inputs().forEach(this::placeInputs);
        }

        private AggregateCall moved(AggregateCall call) {
            List<SortKey> order =
                    call.order().stream().map(key -> key.withColumn(place(key.column()))).toList();
            return with(call, this::place, order);
        }

        private AggregateCall deferred(AggregateCall call) {
            return with(call, this::deferred, call.order());
        }

        private static AggregateCall with(
                AggregateCall call, UnaryOperator<Integer> places, List<SortKey> order) {
            return new AggregateCall(
                    call.function(),
                    call.types(),
                    call.arguments().stream().map(places).toList(),
                    call.distinct(),
                    call.filter() < 0 ? -1 : places.apply(call.filter()),
                    order,
                    call.step(),
                    call.type());
        }

        private int deferred(int column) {
            Expr expr = project.expressions().get(column);
            if (expr instanceof Expr.Input) {
                return place(column);
            }
            int[] places = new int[project.input().schema().types().size()];
            inputs.forEach((input, place) -> places[((Expr.Input) input).column()] = place);
            Expr moved = expr.remap(places);
            int known = expressions.indexOf(moved);
            if (known < 0) {
                known = expressions.size();
                expressions.add(moved);
            }
            return below.size() + known;
        }
    }
}
