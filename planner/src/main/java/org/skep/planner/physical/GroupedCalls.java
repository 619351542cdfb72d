package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.AggregateCall.Step;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.expr.Casts;

/**
 * Calcite's aggregate as keys and calls of ours: arguments cast to what the functions take,
 * grouping sets spread out, calls that are no functions worked out from what is left.
 */
final class GroupedCalls {
    private final Aggregate aggregate;
    private final Planning planning;
    private final List<Expr> extra = new ArrayList<>();
    private final List<AggregateCall> calls = new ArrayList<>();

    /** For each call of Calcite the place of ours, or -1 when it needs none. */
    private final List<Integer> places = new ArrayList<>();

    private Part input;
    private List<Integer> keys;
    private boolean hasSets;

    private GroupedCalls(Aggregate aggregate, Planning planning) {
        this.aggregate = aggregate;
        this.planning = planning;
    }

    static GroupedCalls of(Aggregate aggregate, Part input, Planning planning) {
        GroupedCalls grouped = new GroupedCalls(aggregate, planning);
        grouped.input = input;
        grouped.keys = aggregate.getGroupSet().asList();
        grouped.addCalls(input.node().schema());
        grouped.input = Planning.extended(input, grouped.extra);
        grouped.hasSets = aggregate.getGroupSets().size() > 1;
        if (grouped.hasSets) {
            grouped.spread();
        }
        return grouped;
    }

    Part input() {
        return input;
    }

    List<Integer> keys() {
        return keys;
    }

    List<AggregateCall> calls() {
        return calls;
    }

    private void addCalls(Schema schema) {
        for (var call : aggregate.getAggCallList()) {
            SqlKind kind = call.getAggregation().getKind();
            if (kind == SqlKind.GROUPING
                    || kind == SqlKind.GROUPING_ID
                    || kind == SqlKind.GROUP_ID
                    || kind == SqlKind.LITERAL_AGG) {
                places.add(-1);
                continue;
            }
            places.add(calls.size());
            calls.add(call(call, schema));
        }
    }

    private AggregateCall call(org.apache.calcite.rel.core.AggregateCall call, Schema schema) {
        String name = name(call.getAggregation().getKind(), call.getAggregation().getName());
        List<Type> types = call.getArgList().stream().map(schema::type).toList();
        Signature signature =
                planning.functions()
                        .aggregate(name, types)
                        .orElseThrow(
                                () ->
                                        new QueryException(
                                                ErrorCode.TYPE_MISMATCH,
                                                "no %s over %s".formatted(name, types),
                                                "there is "
                                                        + String.join(
                                                                "; ",
                                                                planning.functions()
                                                                        .usages(name))));
        List<Integer> arguments = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            arguments.add(
                    argument(call.getArgList().get(i), schema, signature.parameters().get(i)));
        }
        List<SortKey> order = PlanSort.keys(call.getCollation());
        boolean distinct = call.isDistinct() && !ignoresDuplicates(name);
        return new AggregateCall(
                signature.name(),
                signature.parameters(),
                arguments,
                distinct,
                call.filterArg,
                order,
                Step.SINGLE,
                signature.result());
    }

    private static boolean ignoresDuplicates(String name) {
        return name.equals("min") || name.equals("max");
    }

    /** The registry's name for one of Calcite's aggregates. */
    static String name(SqlKind kind, String name) {
        return kind == SqlKind.SUM0 ? "sum" : name.toLowerCase(Locale.ROOT);
    }

    private int argument(int column, Schema schema, Type wanted) {
        if (schema.type(column).equals(wanted)) {
            return column;
        }
        extra.add(Casts.to(new Expr.Input(column, schema.type(column)), wanted));
        return schema.size() + extra.size() - 1;
    }

    /**
     * Each row once per grouping set: all columns, the keys with those not in the set null, its
     * number.
     */
    private void spread() {
        Schema schema = input.node().schema();
        List<Field> fields = new ArrayList<>(schema.fields());
        for (int key : keys) {
            fields.add(new Field(schema.field(key).name(), schema.type(key), true));
        }
        fields.add(new Field("$set", Type.INTEGER, false));
        fields.add(new Field("$real", Type.BOOLEAN, true));
        List<List<Expr>> projections = new ArrayList<>();
        List<ImmutableBitSet> sets = aggregate.getGroupSets();
        for (int i = 0; i < sets.size(); i++) {
            List<Expr> row = new ArrayList<>(Planning.inputs(schema, 0, schema.size()));
            for (int key : keys) {
                Type type = schema.type(key);
                row.add(
                        sets.get(i).get(key)
                                ? new Expr.Input(key, type)
                                : new Expr.Literal(null, type));
            }
            row.add(new Expr.Literal(i, Type.INTEGER));
            row.add(new Expr.Literal(true, Type.BOOLEAN));
            projections.add(row);
        }
        int width = schema.size();
        List<Integer> newKeys = new ArrayList<>();
        for (int i = 0; i <= keys.size(); i++) {
            newKeys.add(width + i);
        }
        keys = newKeys;
        PlanNode expand = new PlanNode.Expand(input.node(), projections, new Schema(fields));
        Distribution distribution =
                input.distribution() instanceof Distribution.Single
                        ? Distribution.SINGLE
                        : Distribution.ARBITRARY;
        input = new Part(expand, distribution, input.estimate());
        int total = sets.indexOf(ImmutableBitSet.of());
        if (total >= 0) {
            addTotal(total);
        }
    }

    /**
     * The set without keys has a group even for no rows. So it gets a row that no call counts: all
     * its columns are null but the number of the set.
     */
    private void addTotal(int set) {
        Schema schema = input.node().schema();
        int real = schema.size() - 1;
        List<Field> fields = new ArrayList<>();
        List<Object> row = new ArrayList<>();
        for (Field field : schema.fields()) {
            fields.add(new Field(field.name(), field.type(), true));
            row.add(fields.size() == real ? (Object) set : null);
        }
        Schema nullable = new Schema(fields);
        PlanNode total = new PlanNode.Values(nullable, List.of(row));
        input =
                new Part(
                        new PlanNode.Union(List.of(input.node(), total), nullable),
                        Distribution.ARBITRARY,
                        input.estimate());
        calls.replaceAll(
                call ->
                        call.filter() >= 0 || passesOverNulls(call)
                                ? call
                                : new AggregateCall(
                                        call.function(),
                                        call.types(),
                                        call.arguments(),
                                        call.distinct(),
                                        real,
                                        call.order(),
                                        call.step(),
                                        call.type()));
    }

    private static boolean passesOverNulls(AggregateCall call) {
        return switch (call.function()) {
            case "count" -> !call.arguments().isEmpty();
            case "sum", "min", "max", "avg" -> true;
            default -> false;
        };
    }

    /**
     * The columns that Calcite's aggregate gives, from keys and calls as {@code schema} has them.
     */
    List<Expr> results(Schema schema) {
        List<Expr> results = new ArrayList<>();
        int groupCount = aggregate.getGroupCount();
        for (int i = 0; i < groupCount; i++) {
            results.add(new Expr.Input(i, schema.type(i)));
        }
        for (int i = 0; i < places.size(); i++) {
            var call = aggregate.getAggCallList().get(i);
            Type type = planningType(call);
            int place = places.get(i);
            Expr value =
                    place < 0
                            ? derived(call)
                            : new Expr.Input(keys.size() + place, schema.type(keys.size() + place));
            if (call.getAggregation().getKind() == SqlKind.SUM0) {
                value = zeroForNull(value);
            }
            results.add(Casts.to(value, type));
        }
        return results;
    }

    private static Type planningType(org.apache.calcite.rel.core.AggregateCall call) {
        return org.skep.parser.CalciteTypes.fromCalcite(call.getType());
    }

    static Expr zeroForNull(Expr value) {
        Expr zero = Casts.to(new Expr.Literal(0, Type.INTEGER), value.type());
        return new Expr.Case(
                List.of(new Expr.Not(new Expr.IsNull(value)), value, zero), value.type());
    }

    /** What follows from the grouping set alone, or is constant. */
    private Expr derived(org.apache.calcite.rel.core.AggregateCall call) {
        if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
            return planning.toExpr().convert(call.rexList.get(0));
        }
        if (call.getAggregation().getKind() == SqlKind.GROUP_ID || !hasSets) {
            return new Expr.Literal(0L, Type.BIGINT);
        }
        List<Expr> branches = new ArrayList<>();
        Expr set = new Expr.Input(keys.size() - 1, Type.INTEGER);
        List<ImmutableBitSet> sets = aggregate.getGroupSets();
        for (int i = 0; i < sets.size(); i++) {
            long bits = 0;
            for (int argument : call.getArgList()) {
                bits = bits << 1 | (sets.get(i).get(argument) ? 0 : 1);
            }
            branches.add(
                    new Expr.Compare(
                            Expr.Comparison.EQUAL, set, new Expr.Literal(i, Type.INTEGER)));
            branches.add(new Expr.Literal(bits, Type.BIGINT));
        }
        branches.add(new Expr.Literal(0L, Type.BIGINT));
        return new Expr.Case(branches, Type.BIGINT);
    }
}
