package org.skep.planner.logical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.planner.logical.Independent.Key;

/**
 * An aggregate of a dependent tree for all outer rows at once: the keys become group keys. What has
 * a total has one row for outer rows without any rows too; there the outer rows, or their distinct
 * values, are joined.
 *
 * <pre>
 * Aggregate(by g, x)            → Aggregate(by g and keys, x)
 * Aggregate(by (g) and (), x)   → LeftJoin(outer, Aggregate(by (g, keys) and (keys), x)) on keys, count → 0
 * </pre>
 */
final class DecorrelatedAggregate {
    private final Domain domain;
    private final Aggregate aggregate;
    private final RexBuilder rex;
    private final Independent groups;

    /**
     * @param in the aggregate's input, made independent
     */
    DecorrelatedAggregate(Domain domain, Aggregate aggregate, Independent in) {
        this.domain = domain;
        this.aggregate = aggregate;
        this.rex = aggregate.getCluster().getRexBuilder();
        this.groups = in.keys().isEmpty() ? Independent.asIs(aggregate) : groups(apart(in));
    }

    static boolean hasTotal(Aggregate aggregate) {
        return aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty);
    }

    /** The aggregate with all of its rows for the values in the domain. */
    Independent whole() {
        if (groups.keys().isEmpty() || !hasTotal(aggregate)) {
            return groups;
        }
        SortedSet<Integer> wanted = new TreeSet<>(groups.keys().keySet());
        RelNode values = domain.values(wanted);
        List<Integer> order = List.copyOf(wanted);
        TreeMap<Integer, Key> keys = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            boolean never = !values.getRowType().getFieldList().get(i).getType().isNullable();
            keys.put(order.get(i), new Key(i, never));
        }
        RelNode joined = beside(values, key -> rex.makeInputRef(values, order.indexOf(key)));
        int[] columns = Independent.asIs(aggregate).columns();
        for (int i = 0; i < columns.length; i++) {
            columns[i] += order.size();
        }
        return new Independent(joined, columns, keys);
    }

    /**
     * The aggregate's columns, those of a total at least, behind each outer row.
     *
     * @param key gives a key as an expression over {@code outer}
     */
    RelNode beside(RelNode outer, IntFunction<RexNode> key) {
        int width = outer.getRowType().getFieldCount();
        List<RexNode> on = new ArrayList<>();
        groups.keys()
                .forEach(
                        (number, own) ->
                                on.add(
                                        domain.equal(
                                                key.apply(number),
                                                new RexInputRef(
                                                        width + own.column(),
                                                        groups.key(number).getType()),
                                                own.strict())));
        JoinRelType type = on.isEmpty() ? JoinRelType.INNER : JoinRelType.LEFT;
        RelNode joined = Domain.join(outer, groups.node(), on, type);
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(rex.makeInputRef(joined, i));
        }
        if (on.isEmpty()) {
            for (int column : groups.columns()) {
                columns.add(rex.makeInputRef(joined, width + column));
            }
            return Decorrelation.project(joined, columns);
        }
        return completed(joined, width, columns);
    }

    /** With the results over no rows where the join found no group. */
    private RelNode completed(RelNode joined, int width, List<RexNode> columns) {
        RelNode with = joined;
        if (!knowsEmpty()) {
            RelNode none =
                    LogicalValues.createEmpty(
                            aggregate.getCluster(), aggregate.getInput().getRowType());
            RelNode empty =
                    LogicalAggregate.create(
                            none,
                            List.of(),
                            ImmutableBitSet.of(),
                            null,
                            aggregate.getAggCallList());
            with = Domain.join(joined, empty, List.of(), JoinRelType.INNER);
        }
        int sets = aggregate.getGroupCount();
        for (int i = 0; i < groups.columns().length; i++) {
            RexNode result = rex.makeInputRef(with, width + groups.columns()[i]);
            if (i < sets) {
                columns.add(result);
                continue;
            }
            AggregateCall call = aggregate.getAggCallList().get(i - sets);
            RexNode empty = empty(call);
            if (empty == null) {
                RexNode rows = rex.makeInputRef(with, joined.getRowType().getFieldCount() - 1);
                empty = rex.makeInputRef(with, joined.getRowType().getFieldCount() + i - sets);
                columns.add(ifNull(rows, empty, result, call.getType()));
            } else {
                boolean isNull = RexUtil.isNullLiteral(empty, true);
                columns.add(isNull ? result : ifNull(result, empty, result, call.getType()));
            }
        }
        return Decorrelation.project(with, columns);
    }

    private RexNode ifNull(RexNode tested, RexNode then, RexNode otherwise, RelDataType type) {
        return rex.makeCall(
                type,
                SqlStdOperatorTable.CASE,
                List.of(
                        rex.makeCall(SqlStdOperatorTable.IS_NULL, tested),
                        then,
                        rex.ensureType(type, otherwise, false)));
    }

    private boolean knowsEmpty() {
        return aggregate.getAggCallList().stream().allMatch(call -> empty(call) != null);
    }

    /** The result over no rows: null when only the function itself knows it. */
    private RexNode empty(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return switch (kind) {
            case COUNT, SUM0, REGR_COUNT, GROUP_ID -> rex.makeZeroLiteral(call.getType());
            case GROUPING, GROUPING_ID ->
                    rex.makeExactLiteral(
                            BigDecimal.valueOf((1L << call.getArgList().size()) - 1),
                            call.getType());
            case OTHER_FUNCTION, OTHER, LITERAL_AGG -> null;
            default -> rex.makeNullLiteral(call.getType());
        };
    }

    /** Keys that are other columns than the groups', where these are null in totals. */
    private Independent apart(Independent in) {
        if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            return in;
        }
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(in.node().getRowType()));
        TreeMap<Integer, Key> keys = new TreeMap<>();
        in.keys()
                .forEach(
                        (number, key) -> {
                            columns.add(in.key(number));
                            keys.put(number, key.at(columns.size() - 1));
                        });
        return new Independent(Decorrelation.project(in.node(), columns), in.columns(), keys);
    }

    private Independent groups(Independent in) {
        ImmutableBitSet keys =
                ImmutableBitSet.of(in.keys().values().stream().map(Key::column).toList());
        ImmutableBitSet group = moved(aggregate.getGroupSet(), in).union(keys);
        List<ImmutableBitSet> sets =
                aggregate.getGroupSets().stream().map(set -> moved(set, in).union(keys)).toList();
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(moved(call, in));
        }
        if (hasTotal(aggregate) && !knowsEmpty()) {
            calls.add(Totals.rows(aggregate)); // null behind outer rows without a group
        }
        RelNode node =
                LogicalAggregate.create(
                        in.node(),
                        aggregate.getHints(),
                        group,
                        ImmutableBitSet.ORDERING.immutableSortedCopy(sets),
                        calls);
        int[] columns = new int[aggregate.getRowType().getFieldCount()];
        for (int i = 0; i < columns.length; i++) {
            int call = i - aggregate.getGroupCount();
            columns[i] =
                    call >= 0
                            ? group.cardinality() + call
                            : group.indexOf(in.columns()[aggregate.getGroupSet().nth(i)]);
        }
        TreeMap<Integer, Key> found = new TreeMap<>();
        in.keys().forEach((number, key) -> found.put(number, key.at(group.indexOf(key.column()))));
        return new Independent(node, columns, found);
    }

    private static ImmutableBitSet moved(ImmutableBitSet columns, Independent in) {
        return ImmutableBitSet.of(
                columns.asList().stream().map(column -> in.columns()[column]).toList());
    }

    private static AggregateCall moved(AggregateCall call, Independent in) {
        List<RelFieldCollation> order = new ArrayList<>();
        for (RelFieldCollation field : call.collation.getFieldCollations()) {
            order.add(field.withFieldIndex(in.columns()[field.getFieldIndex()]));
        }
        return call.copy(
                call.getArgList().stream().map(argument -> in.columns()[argument]).toList(),
                call.filterArg < 0 ? -1 : in.columns()[call.filterArg],
                call.distinctKeys == null ? null : moved(call.distinctKeys, in),
                RelCollations.of(order));
    }
}
