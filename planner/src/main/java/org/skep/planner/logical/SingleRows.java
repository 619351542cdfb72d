package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Says how a subquery that may give one row only is held to it: any of its values is taken and its
 * rows are counted; {@code single_row} fails for more than one.
 *
 * <pre>
 * Aggregate({}, SINGLE_VALUE(x)) → Project(single_row(v, n, 0), Aggregate({}, any_value(x) v, count n))
 * Join(a, Aggregate({k}, SINGLE_VALUE(x)))
 *     → Project(a.*, k, single_row(v, n, a.id), Join(a, Aggregate({k}, any_value(x) v, count n)))
 * </pre>
 *
 * A correlated subquery has become groups, also for keys that no outer row has: these may have any
 * number of rows. So the check stands above the join, and its last argument, a column of the other
 * side, keeps it there.
 */
final class SingleRows {
    private static final SqlFunction CHECK =
            new SqlFunction(
                    "single_row",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.ARG0_FORCE_NULLABLE,
                    null,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION);

    private SingleRows() {}

    /**
     * A tree with the counts of rows as its last column.
     *
     * @param values the columns to check
     */
    private record Counted(RelNode node, Set<Integer> values) {
        int count() {
            return node.getRowType().getFieldCount() - 1;
        }
    }

    static RelNode apply(RelNode node) {
        if (node instanceof Join join && !join.getRowType().getFieldList().isEmpty()) {
            Counted right = correlated(join);
            if (right != null) {
                return checked(join, apply(join.getLeft()), right);
            }
        }
        if (node instanceof Aggregate aggregate && isSingle(aggregate)) {
            return checked(counted(aggregate), aggregate);
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(apply(input));
        }
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    private static boolean isSingle(Aggregate aggregate) {
        return aggregate.getAggCallList().stream()
                .anyMatch(call -> call.getAggregation().getKind() == SqlKind.SINGLE_VALUE);
    }

    /** The right side of a join when it has values to check that can be checked above it. */
    private static Counted correlated(Join join) {
        int width = join.getLeft().getRowType().getFieldCount();
        boolean fits =
                join.getJoinType() == JoinRelType.LEFT || join.getJoinType() == JoinRelType.INNER;
        Counted right = fits && width > 0 ? counted(join.getRight()) : null;
        if (right == null) {
            return null;
        }
        boolean above =
                join.getJoinType() == JoinRelType.INNER || !uses(join.getCondition(), width, right);
        return above ? right : null;
    }

    private static boolean uses(RexNode condition, int width, Counted right) {
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
        return right.values.stream().anyMatch(value -> used.get(width + value));
    }

    /** {@code node} with a count; null when it is no aggregate, or one behind more than columns. */
    private static Counted counted(RelNode node) {
        if (node instanceof Aggregate aggregate) {
            return isSingle(aggregate) ? counted(aggregate) : null;
        }
        if (!(node instanceof Project project)) {
            return null;
        }
        Counted below = counted(project.getInput());
        if (below == null) {
            return null;
        }
        Set<Integer> values = new HashSet<>();
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof RexInputRef ref) {
                if (below.values.contains(ref.getIndex())) {
                    values.add(i);
                }
            } else if (RelOptUtil.InputFinder.bits(columns.get(i)).asList().stream()
                    .anyMatch(below.values::contains)) {
                return null;
            }
        }
        RelBuilder builder = Phases.builder(node).push(below.node);
        columns.add(builder.field(below.count()));
        return new Counted(builder.project(columns, List.of(), true).build(), values);
    }

    private static Counted counted(Aggregate aggregate) {
        RelBuilder builder = Phases.builder(aggregate).push(apply(aggregate.getInput()));
        Set<Integer> values = new HashSet<>();
        List<RelBuilder.AggCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            boolean single = call.getAggregation().getKind() == SqlKind.SINGLE_VALUE;
            if (single) {
                values.add(aggregate.getGroupCount() + calls.size());
            }
            calls.add(
                    single
                            ? builder.aggregateCall(
                                    SqlStdOperatorTable.ANY_VALUE,
                                    builder.fields(call.getArgList()))
                            : builder.aggregateCall(call));
        }
        calls.add(builder.countStar("$rows"));
        builder.aggregate(builder.groupKey(aggregate.getGroupSet()), calls);
        return new Counted(builder.build(), values);
    }

    private static RelNode checked(Join join, RelNode left, Counted right) {
        int width = left.getRowType().getFieldCount();
        List<RexNode> on = new ArrayList<>();
        List<RexNode> after = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
            (uses(condition, width, right) ? after : on).add(condition);
        }
        RelBuilder builder = Phases.builder(join).push(left).push(right.node);
        builder.join(join.getJoinType(), on);
        RelNode checked = checked(builder, join, right, width, builder.field(0));
        return builder.push(checked).filter(after).build();
    }

    private static RelNode checked(Counted counted, Aggregate original) {
        RelBuilder builder = Phases.builder(original).push(counted.node);
        return checked(builder, original, counted, 0, builder.literal(0));
    }

    /** The columns of {@code original}, those to check checked. */
    private static RelNode checked(
            RelBuilder builder, RelNode original, Counted counted, int width, RexNode witness) {
        List<RexNode> columns = new ArrayList<>();
        RexNode rows = builder.field(width + counted.count());
        for (int i = 0; i < original.getRowType().getFieldCount(); i++) {
            RexNode column = builder.field(i);
            RelDataType type = original.getRowType().getFieldList().get(i).getType();
            columns.add(
                    counted.values.contains(i - width)
                            ? builder.getRexBuilder()
                                    .makeCall(type, CHECK, List.of(column, rows, witness))
                            : column);
        }
        return builder.project(columns, original.getRowType().getFieldNames(), true).build();
    }
}
