package org.skep.planner.logical;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Puts columns beside rows that say what subqueries come to for them, and expressions over these
 * columns in the place of the subqueries.
 *
 * <pre>
 * (SELECT y …)    → single_row(any_value(y), count(*))
 * EXISTS (query)  → any_value(true) IS NOT NULL
 * </pre>
 *
 * IN and SOME are {@link Quantified}.
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
                case IN, SOME ->
                        new Quantified(SubQueryColumns.this, ids, rex)
                                .of(query, operands, isTruthOnly);
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

    /** Puts the columns of the one row of {@code right} beside; the number of the first. */
    int attach(Aggregate right, Set<CorrelationId> by) {
        return attach(right, JoinRelType.INNER, by);
    }

    private int attach(RelNode right, JoinRelType type, Set<CorrelationId> by) {
        int first = rows.getRowType().getFieldCount();
        rows = DependentJoin.of(rows, right, type, by);
        return first;
    }

    RexNode column(int column) {
        return rex.makeInputRef(rows, column);
    }

    private RexNode scalar(RelNode query) {
        if (SingleRows.isOneAtMost(query)) {
            return column(attach(query, JoinRelType.LEFT, ids));
        }
        Aggregate counted =
                Totals.of(
                        query,
                        Totals.one(SqlStdOperatorTable.ANY_VALUE, query, 0),
                        Totals.rows(query));
        int first = attach(counted, ids);
        RexNode witness =
                input.getRowType().getFieldCount() == 0
                        ? rex.makeExactLiteral(BigDecimal.ZERO)
                        : column(0);
        return SingleRows.checked(rex, column(first), column(first + 1), witness);
    }

    /** Whether {@code query} has rows. */
    RexNode exists(RelNode query, Set<CorrelationId> by) {
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
        RelNode found = Decorrelation.project(below, List.of(rex.makeLiteral(true)));
        int any = attach(Totals.of(found, Totals.one(SqlStdOperatorTable.ANY_VALUE, found, 0)), by);
        return rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, column(any));
    }
}
