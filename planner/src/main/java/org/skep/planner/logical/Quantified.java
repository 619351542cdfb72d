package org.skep.planner.logical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What IN and SOME come to, true, false or unknown, by columns that count the rows they ask for.
 *
 * <pre>
 * x IN (query)    → CASE WHEN EXISTS (y = x) THEN true
 *                   WHEN count(*) > 0 AND (x IS NULL OR count(y) < count(*)) THEN NULL ELSE false END
 * x < SOME(query) → CASE WHEN count(*) = 0 THEN false WHEN x < max(y) THEN true
 *                   WHEN count(y) < count(*) THEN NULL ELSE x < max(y) END
 * (x, z) IN (query), where a row may be unknown
 *                 → CASE WHEN (count(*) where equal) > 0 THEN true
 *                   WHEN (count(*) where equal IS NOT FALSE) > 0 THEN NULL ELSE false END
 * </pre>
 */
final class Quantified {
    private final SubQueryColumns columns;
    private final Set<CorrelationId> ids;
    private final RexBuilder rex;

    /**
     * @param columns get what is counted
     */
    Quantified(SubQueryColumns columns, Set<CorrelationId> ids, RexBuilder rex) {
        this.columns = columns;
        this.ids = ids;
        this.rex = rex;
    }

    /**
     * @param operands what the query's rows are compared with
     * @param isTruthOnly whether unknown may be told as false
     */
    RexNode of(RexSubQuery query, List<RexNode> operands, boolean isTruthOnly) {
        Membership members = Membership.of(columns.rows(), query, operands, ids);
        SqlKind comparison =
                query.getOperator() instanceof SqlQuantifyOperator quantified
                        ? quantified.comparisonKind
                        : SqlKind.EQUALS;
        boolean isKnown =
                isTruthOnly
                        || operands.stream().noneMatch(o -> o.getType().isNullable())
                                && !Membership.mayBeUnknown(query);
        if (comparison == SqlKind.EQUALS && (isKnown || operands.size() == 1)) {
            RexNode found = columns.exists(members.equal(), members.ids());
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
                        ? columns.attach(
                                Totals.of(members, Totals.rows(members), Totals.values(members, 0)),
                                ids)
                        : columns.attach(Totals.of(members, Totals.rows(members)), ids);
        List<RexNode> unknown = new ArrayList<>();
        unknown.add(rex.makeCall(SqlStdOperatorTable.IS_NULL, operand));
        if (nulls) {
            unknown.add(
                    rex.makeCall(
                            SqlStdOperatorTable.LESS_THAN,
                            columns.column(first + 1),
                            columns.column(first)));
        }
        RexNode asked =
                rex.makeCall(
                        SqlStdOperatorTable.AND,
                        isPositive(columns.column(first)),
                        RexUtil.composeDisjunction(rex, unknown));
        return choice(found, rex.makeLiteral(true), asked, unknown(), rex.makeLiteral(false));
    }

    /** A comparison with any of the values, by the smallest and the largest. */
    private RexNode beyond(
            Membership members, SqlKind comparison, RexNode operand, boolean isTruthOnly) {
        RelNode rows = members.rows();
        int first =
                columns.attach(
                        Totals.of(
                                rows,
                                Totals.rows(rows),
                                Totals.values(rows, 0),
                                Totals.one(SqlStdOperatorTable.MIN, rows, 0),
                                Totals.one(SqlStdOperatorTable.MAX, rows, 0)),
                        ids);
        RexNode smallest = columns.column(first + 2);
        RexNode largest = columns.column(first + 3);
        RexNode test = test(comparison, operand, smallest, largest);
        if (isTruthOnly) {
            return test; // null when there are no values
        }
        RexNode none =
                rex.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        columns.column(first),
                        rex.makeExactLiteral(BigDecimal.ZERO));
        RexNode nulls =
                rex.makeCall(
                        SqlStdOperatorTable.LESS_THAN,
                        columns.column(first + 1),
                        columns.column(first));
        return choice(
                none, rex.makeLiteral(false), test, rex.makeLiteral(true), nulls, unknown(), test);
    }

    private RexNode test(SqlKind comparison, RexNode operand, RexNode smallest, RexNode largest) {
        return switch (comparison) {
            case LESS_THAN -> rex.makeCall(SqlStdOperatorTable.LESS_THAN, operand, largest);
            case LESS_THAN_OR_EQUAL ->
                    rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, operand, largest);
            case GREATER_THAN -> rex.makeCall(SqlStdOperatorTable.GREATER_THAN, operand, smallest);
            case GREATER_THAN_OR_EQUAL ->
                    rex.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, operand, smallest);
            case NOT_EQUALS ->
                    rex.makeCall(
                            SqlStdOperatorTable.OR,
                            rex.makeCall(SqlStdOperatorTable.NOT_EQUALS, operand, smallest),
                            rex.makeCall(SqlStdOperatorTable.NOT_EQUALS, operand, largest));
            default -> throw new IllegalArgumentException("a comparison " + comparison);
        };
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
                columns.attach(
                        Totals.of(flagged, Totals.truths(flagged, 0), Totals.rows(flagged)),
                        members.ids());
        return choice(
                isPositive(columns.column(first)),
                rex.makeLiteral(true),
                isPositive(columns.column(first + 1)),
                unknown(),
                rex.makeLiteral(false));
    }

    private RexNode isPositive(RexNode count) {
        return rex.makeCall(
                SqlStdOperatorTable.GREATER_THAN, count, rex.makeExactLiteral(BigDecimal.ZERO));
    }

    private RexNode unknown() {
        return rex.makeNullLiteral(truth());
    }

    private RexNode choice(RexNode... operands) {
        return rex.makeCall(truth(), SqlStdOperatorTable.CASE, List.of(operands));
    }

    private RelDataType truth() {
        return rex.getTypeFactory()
                .createTypeWithNullability(
                        rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), true);
    }
}
