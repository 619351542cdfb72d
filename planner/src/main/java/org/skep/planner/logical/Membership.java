package org.skep.planner.logical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * What an IN or a SOME compares.
 *
 * @param rows the subquery, without any itself
 * @param comparisons over its columns and the outer row
 * @param ids by which rows and comparisons refer to the outer row
 */
record Membership(RelNode rows, List<RexNode> comparisons, Set<CorrelationId> ids) {
    /**
     * @param outer the rows that {@code query} is asked for; its operands are over them
     */
    static Membership of(RelNode outer, RexSubQuery query, Set<CorrelationId> ids) {
        return of(outer, query, query.getOperands(), ids);
    }

    static Membership of(
            RelNode outer, RexSubQuery query, List<RexNode> operands, Set<CorrelationId> ids) {
        RelNode rows = SubQueries.inside(query);
        RexBuilder rex = outer.getCluster().getRexBuilder();
        CorrelationId id = outer.getCluster().createCorrel();
        RexNode row = rex.makeCorrel(outer.getRowType(), id);
        RexShuttle correlating =
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return rex.makeFieldAccess(row, ref.getIndex());
                    }
                };
        SqlOperator operator =
                query.getOperator() instanceof SqlQuantifyOperator quantified
                        ? operator(quantified.comparisonKind)
                        : SqlStdOperatorTable.EQUALS;
        List<RexNode> comparisons = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            comparisons.add(
                    rex.makeCall(
                            operator,
                            operands.get(i).accept(correlating),
                            rex.makeInputRef(rows, i)));
        }
        Set<CorrelationId> all = new HashSet<>(ids);
        all.add(id);
        return new Membership(rows, comparisons, all);
    }

    private static SqlOperator operator(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> SqlStdOperatorTable.EQUALS;
            case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
            case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            default -> throw new IllegalArgumentException("a comparison " + kind);
        };
    }

    static boolean mayBeUnknown(RexSubQuery query) {
        return query.getOperands().stream().anyMatch(value -> value.getType().isNullable())
                || query.rel.getRowType().getFieldList().stream()
                        .anyMatch(field -> field.getType().isNullable());
    }

    /** The comparison as a whole. */
    RexNode whole() {
        return RexUtil.composeConjunction(rows.getCluster().getRexBuilder(), comparisons);
    }

    /** The rows for which the comparison is true. */
    RelNode equal() {
        return LogicalFilter.create(rows, whole());
    }
}
