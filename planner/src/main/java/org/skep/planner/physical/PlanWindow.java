package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.WindowCall;
import org.skep.model.plan.WindowCall.Edge;
import org.skep.model.plan.WindowCall.Frame;
import org.skep.model.plan.WindowCall.Unit;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.expr.Casts;

/** Window functions: rows of a partition brought together and sorted, one node per window. */
final class PlanWindow {
    private final Planning planning;

    PlanWindow(Planning planning) {
        this.planning = planning;
    }

    Part plan(Window window, Part input) {
        int width = input.node().schema().size();
        List<Expr> constants = planning.toExpr().convert(window.constants);
        Part now = Planning.extended(input, constants);
        List<Expr> results = new ArrayList<>();
        for (Window.Group group : window.groups) {
            now = group(group, constants, width, now, results);
        }
        List<Expr> output = new ArrayList<>(Planning.inputs(now.node().schema(), 0, width));
        Schema wanted = Planning.schema(window);
        for (int i = 0; i < results.size(); i++) {
            output.add(Casts.to(results.get(i), wanted.type(width + i)));
        }
        Part projected = Planning.project(now, output, wanted);
        return new Part(projected.node(), projected.distribution(), planning.estimate(window));
    }

    private Part group(
            Window.Group group, List<Expr> constants, int width, Part input, List<Expr> results) {
        List<Integer> keys = group.keys.asList();
        List<SortKey> order = PlanSort.keys(group.orderKeys);
        Part part = input;
        List<Expr> casts = new ArrayList<>();
        List<WindowCall> calls = new ArrayList<>();
        Schema schema = part.node().schema();
        for (Window.RexWinAggCall call : group.aggCalls) {
            Long distance = distance(call, constants, width);
            calls.add(call(call, frame(group, constants, width), distance, schema, casts));
        }
        part = Planning.extended(part, casts);
        Part together = part;
        if (!part.distribution().gathers(keys) && !isSingle(part)) {
            together =
                    keys.isEmpty()
                            ? Planning.single(part)
                            : Planning.hashed(
                                    part, keys, planning.partitions(part.estimate().bytes()));
        }
        List<SortKey> sort = new ArrayList<>();
        keys.forEach(key -> sort.add(new SortKey(key, true, true)));
        order.stream().filter(key -> !keys.contains(key.column())).forEach(sort::add);
        PlanNode sorted =
                sort.isEmpty() ? together.node() : new PlanNode.Sort(together.node(), sort);
        List<Field> fields = new ArrayList<>(sorted.schema().fields());
        for (int i = 0; i < calls.size(); i++) {
            Expr value = new Expr.Input(fields.size(), calls.get(i).type());
            boolean zero = group.aggCalls.get(i).getOperator().getKind() == SqlKind.SUM0;
            results.add(zero ? GroupedCalls.zeroForNull(value) : value);
            fields.add(new Field("$window" + fields.size(), calls.get(i).type()));
        }
        return together.with(new PlanNode.Window(sorted, keys, order, calls, new Schema(fields)));
    }

    private static boolean isSingle(Part part) {
        return part.distribution() instanceof Distribution.Single;
    }

    /** How far {@code lag} and {@code lead} reach, if that is a constant. */
    private static Long distance(Window.RexWinAggCall call, List<Expr> constants, int width) {
        SqlKind kind = call.getOperator().getKind();
        if (kind != SqlKind.LAG && kind != SqlKind.LEAD) {
            return null;
        }
        if (call.getOperands().size() == 1) {
            return 1L;
        }
        int column = ((RexInputRef) call.getOperands().get(1)).getIndex();
        return column >= width
                        && constants.get(column - width) instanceof Expr.Literal literal
                        && literal.value() instanceof Number number
                ? (Long) number.longValue()
                : null;
    }

    private WindowCall call(
            Window.RexWinAggCall call,
            Frame frame,
            Long distance,
            Schema schema,
            List<Expr> casts) {
        String name = GroupedCalls.name(call.getOperator().getKind(), call.getOperator().getName());
        if (call.distinct) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "%s(DISTINCT …) is not supported as a window function".formatted(name),
                    "group by the argument in a subquery first");
        }
        List<Integer> columns = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            int column = ((RexInputRef) operand).getIndex();
            columns.add(column);
            types.add(schema.type(column));
        }
        String known = name.toLowerCase(Locale.ROOT);
        Signature signature =
                planning.functions()
                        .window(known, types)
                        .or(() -> planning.functions().aggregate(known, types))
                        .orElseThrow(
                                () ->
                                        new QueryException(
                                                ErrorCode.TYPE_MISMATCH,
                                                "no %s over %s".formatted(name, types),
                                                (String) null));
        List<Integer> arguments = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Type wanted = signature.parameters().get(i);
            if (types.get(i).equals(wanted)) {
                arguments.add(columns.get(i));
            } else {
                casts.add(Casts.to(new Expr.Input(columns.get(i), types.get(i)), wanted));
                arguments.add(schema.size() + casts.size() - 1);
            }
        }
        return new WindowCall(
                signature.name(),
                signature.parameters(),
                arguments,
                call.ignoreNulls,
                frame,
                signature.result(),
                distance);
    }

    private static Frame frame(Window.Group group, List<Expr> constants, int width) {
        Unit unit = group.isRows ? Unit.ROWS : Unit.RANGE;
        RexWindowBound lower = group.lowerBound;
        RexWindowBound upper = group.upperBound;
        Expr.Literal from = offset(lower, constants, width);
        Expr.Literal to = offset(upper, constants, width);
        Type type = from != null ? from.type() : to != null ? to.type() : null;
        return new Frame(
                unit,
                edge(lower),
                value(from, unit),
                edge(upper),
                value(to, unit),
                unit == Unit.RANGE ? type : null);
    }

    private static Object value(Expr.Literal offset, Unit unit) {
        if (offset == null) {
            return null;
        }
        if (offset.value() == null || unit == Unit.ROWS && !(offset.value() instanceof Number)) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a window frame cannot start or end at %s".formatted(offset.value()),
                    "for example ROWS BETWEEN 6 PRECEDING AND CURRENT ROW");
        }
        boolean whole = offset.value() instanceof Integer || offset.value() instanceof Long;
        boolean months = offset.type().kind() == Type.Kind.INTERVAL_MONTH;
        return unit == Unit.ROWS || whole && !months
                ? (Object) ((Number) offset.value()).longValue()
                : offset.value();
    }

    private static Expr.Literal offset(RexWindowBound bound, List<Expr> constants, int width) {
        RexNode offset = bound.getOffset();
        if (offset == null) {
            return null;
        }
        if (offset instanceof RexInputRef ref
                && ref.getIndex() >= width
                && constants.get(ref.getIndex() - width) instanceof Expr.Literal literal) {
            return literal;
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "a window frame starts and ends at constants, not at %s".formatted(offset),
                (String) null);
    }

    private static Edge edge(RexWindowBound bound) {
        if (bound.isCurrentRow()) {
            return Edge.CURRENT_ROW;
        }
        if (bound.isUnbounded()) {
            return bound.isPreceding() ? Edge.UNBOUNDED_PRECEDING : Edge.UNBOUNDED_FOLLOWING;
        }
        return bound.isPreceding() ? Edge.PRECEDING : Edge.FOLLOWING;
    }
}
