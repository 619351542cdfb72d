package org.skep.planner.logical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Puts columns beside rows that say what subqueries come to for them, and expressions over these
 * columns in the place of the subqueries.
 *
 * <pre>
 * (SELECT y …)    → single_row(any_value(y), count(*))
 * EXISTS (query)  → count(*) > 0
 * x IN (query)    → CASE WHEN (count(*) where y = x) > 0 THEN true
 *                   WHEN count(*) > 0 AND (x IS NULL OR count(y) < count(*)) THEN NULL ELSE false END
 * x < SOME(query) → CASE WHEN count(*) = 0 THEN false WHEN x < max(y) THEN true
 *                   WHEN count(y) < count(*) THEN NULL ELSE x < max(y) END
 * </pre>
 */
final class SubQueryColumns {
    private final RelNode input;
    private final Set<CorrelationId> ids;
    private final RexBuilder rex;
    private RelNode rows;

    /**
     * @param ids by which subqueries refer to the rows of {@code input}
     */
    SubQueryColumns(RelNode input, Set<CorrelationId> ids) {
        this.input = input;
        this.ids = ids;
        this.rex = input.getCluster().getRexBuilder();
        this.rows = input;
    }

    /** The rows of the input, with columns behind its own. */
    RelNode rows() {
        return rows;
    }

    List<RexNode> of(List<RexNode> expressions) {
        return expressions.stream().map(e -> e.accept(new Replacing(false))).toList();
    }

    /** Conditions of which it matters only whether they are true. */
    List<RexNode> truths(List<RexNode> conditions) {
        return conditions.stream().map(e -> e.accept(new Replacing(true))).toList();
    }

    private final class Replacing extends RexShuttle {
        private final boolean isTruthOnly;

        Replacing(boolean isTruthOnly) {
            this.isTruthOnly = isTruthOnly;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            boolean below =
                    switch (call.getKind()) {
                        case AND, OR -> isTruthOnly;
                        case IS_TRUE, IS_NOT_TRUE -> true;
                        default -> false;
                    };
            return below == isTruthOnly
                    ? super.visitCall(call)
                    : new Replacing(below).visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            List<RexNode> operands = of(query.getOperands());
            return switch (query.getKind()) {
                case SCALAR_QUERY -> scalar(SubQueries.inside(query));
                case EXISTS -> exists(SubQueries.inside(query), ids);
                case IN, SOME -> some(query, operands, isTruthOnly);
                case ARRAY_QUERY_CONSTRUCTOR ->
                        throw new QueryException(
                                ErrorCode.NOT_SUPPORTED,
                                "ARRAY(query) is not supported",
                                "write (SELECT array_agg(x) FROM …)");
                default ->
                        throw new QueryException(
                                ErrorCode.NOT_SUPPORTED,
                                "a subquery of this kind is not supported",
                                "write it as a join");
            };
        }
    }

    /** Joins the columns of {@code right}; the number of the first. */
    private int attach(RelNode right, JoinRelType type, Set<CorrelationId> by) {
        int first = rows.getRowType().getFieldCount();
        rows = DependentJoin.of(rows, right, type, by);
        return first;
    }

    private RexNode column(int column) {
        return rex.makeInputRef(rows, column);
    }

    private RexNode scalar(RelNode query) {
        if (SingleRows.isOneAtMost(query)) {
            return column(attach(query, JoinRelType.LEFT, ids));
        }
        RelDataType type = query.getRowType().getFieldList().get(0).getType();
        RelNode counted =
                total(
                        query,
                        call(SqlStdOperatorTable.ANY_VALUE, List.of(0), nullable(type)),
                        count(List.of(), -1));
        int first = attach(counted, JoinRelType.INNER, ids);
        RexNode witness =
                input.getRowType().getFieldCount() == 0
                        ? rex.makeExactLiteral(BigDecimal.ZERO)
                        : column(0);
        return SingleRows.checked(rex, column(first), column(first + 1), witness);
    }

    private RexNode exists(RelNode query, Set<CorrelationId> by) {
        RelNode below = query;
        while (below instanceof Project || SingleRows.isOrderOnly(below)) {
            below = below.getInput(0);
        }
        if (SingleRows.isNeverEmpty(below)) {
            return rex.makeLiteral(true);
        }
        if (!new Domain(rows, by).isAskedBy(below)) {
            RexNode one = rex.makeExactLiteral(BigDecimal.ONE);
            below = LogicalSort.create(below, RelCollations.EMPTY, null, one);
        }
        int count = attach(total(below, count(List.of(), -1)), JoinRelType.INNER, by);
        return isPositive(column(count));
    }

    private RexNode isPositive(RexNode count) {
        return rex.makeCall(
                SqlStdOperatorTable.GREATER_THAN, count, rex.makeExactLiteral(BigDecimal.ZERO));
    }

    private RexNode some(RexSubQuery query, List<RexNode> operands, boolean isTruthOnly) {
        Membership members = Membership.of(rows, query, operands, ids);
        SqlKind comparison =
                query.getOperator() instanceof SqlQuantifyOperator quantified
                        ? quantified.comparisonKind
                        : SqlKind.EQUALS;
        boolean isKnown =
                isTruthOnly
                        || operands.stream().noneMatch(o -> o.getType().isNullable())
                                && !Membership.mayBeUnknown(query);
        if (comparison == SqlKind.EQUALS && (isKnown || operands.size() == 1)) {
            RexNode found = exists(members.equal(), members.ids());
            return isKnown ? found : unlessUnknown(found, members.rows(), operands.get(0));
        }
        return operands.size() == 1 && comparison != SqlKind.EQUALS
                ? beyond(members, comparison, operands.get(0), isTruthOnly)
                : compared(members);
    }

    /** An IN of one column, by whether there is an equal row. */
    private RexNode unlessUnknown(RexNode found, RelNode members, RexNode operand) {
        boolean nulls = members.getRowType().getFieldList().get(0).getType().isNullable();
        int first =
                nulls
                        ? attach(
                                total(members, count(List.of(), -1), count(List.of(0), -1)),
                                JoinRelType.INNER,
                                ids)
                        : attach(total(members, count(List.of(), -1)), JoinRelType.INNER, ids);
        List<RexNode> unknown = new ArrayList<>();
        unknown.add(rex.makeCall(SqlStdOperatorTable.IS_NULL, operand));
        if (nulls) {
            unknown.add(
                    rex.makeCall(SqlStdOperatorTable.LESS_THAN, column(first + 1), column(first)));
        }
        RexNode asked =
                rex.makeCall(
                        SqlStdOperatorTable.AND,
                        isPositive(column(first)),
                        RexUtil.composeDisjunction(rex, unknown));
        return choice(found, rex.makeLiteral(true), asked, unknown(), rex.makeLiteral(false));
    }

    /** A comparison with any of the values, by the smallest and the largest. */
    private RexNode beyond(
            Membership members, SqlKind comparison, RexNode operand, boolean isTruthOnly) {
        RelDataType type = nullable(members.rows().getRowType().getFieldList().get(0).getType());
        int first =
                attach(
                        total(
                                members.rows(),
                                count(List.of(), -1),
                                count(List.of(0), -1),
                                call(SqlStdOperatorTable.MIN, List.of(0), type),
                                call(SqlStdOperatorTable.MAX, List.of(0), type)),
                        JoinRelType.INNER,
                        ids);
        RexNode smallest = column(first + 2);
        RexNode largest = column(first + 3);
        RexNode test =
                switch (comparison) {
                    case LESS_THAN -> rex.makeCall(SqlStdOperatorTable.LESS_THAN, operand, largest);
                    case LESS_THAN_OR_EQUAL ->
                            rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, operand, largest);
                    case GREATER_THAN ->
                            rex.makeCall(SqlStdOperatorTable.GREATER_THAN, operand, smallest);
                    case GREATER_THAN_OR_EQUAL ->
                            rex.makeCall(
                                    SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, operand, smallest);
                    case NOT_EQUALS ->
                            rex.makeCall(
                                    SqlStdOperatorTable.OR,
                                    rex.makeCall(SqlStdOperatorTable.NOT_EQUALS, operand, smallest),
                                    rex.makeCall(SqlStdOperatorTable.NOT_EQUALS, operand, largest));
                    default -> throw new IllegalArgumentException("a comparison " + comparison);
                };
        if (isTruthOnly) {
            return test; // null when there are no values
        }
        RexNode none =
                rex.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        column(first),
                        rex.makeExactLiteral(BigDecimal.ZERO));
        RexNode nulls =
                rex.makeCall(SqlStdOperatorTable.LESS_THAN, column(first + 1), column(first));
        return choice(
                none, rex.makeLiteral(false), test, rex.makeLiteral(true), nulls, unknown(), test);
    }

    /** Any comparison, by counting the rows for which it is true, and not false. */
    private RexNode compared(Membership members) {
        RelNode possible =
                LogicalFilter.create(
                        members.rows(),
                        rex.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, members.whole()));
        RexNode isTrue = rex.makeCall(SqlStdOperatorTable.IS_TRUE, members.whole());
        RelNode flagged = Decorrelation.project(possible, List.of(isTrue));
        int first =
                attach(
                        total(flagged, count(List.of(), 0), count(List.of(), -1)),
                        JoinRelType.INNER,
                        members.ids());
        return choice(
                isPositive(column(first)),
                rex.makeLiteral(true),
                isPositive(column(first + 1)),
                unknown(),
                rex.makeLiteral(false));
    }

    private RexNode unknown() {
        return rex.makeNullLiteral(
                nullable(rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN)));
    }

    private RexNode choice(RexNode... operands) {
        return rex.makeCall(
                nullable(rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN)),
                SqlStdOperatorTable.CASE,
                List.of(operands));
    }

    private RelDataType nullable(RelDataType type) {
        return rex.getTypeFactory().createTypeWithNullability(type, true);
    }

    private static Aggregate total(RelNode of, AggregateCall... calls) {
        return LogicalAggregate.create(of, List.of(), ImmutableBitSet.of(), null, List.of(calls));
    }

    private AggregateCall count(List<Integer> arguments, int filter) {
        return call(
                SqlStdOperatorTable.COUNT,
                arguments,
                filter,
                rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
    }

    private static AggregateCall call(
            SqlAggFunction function, List<Integer> arguments, RelDataType type) {
        return call(function, arguments, -1, type);
    }

    private static AggregateCall call(
            SqlAggFunction function, List<Integer> arguments, int filter, RelDataType type) {
        return AggregateCall.create(
                function,
                false,
                false,
                false,
                List.of(),
                arguments,
                filter,
                null,
                RelCollations.EMPTY,
                type,
                null);
    }
}
