package org.skep.planner.logical;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** How many rows a query has at least and at most, and the check that it has one only. */
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
     * {@code value}, or an error at run time when {@code rows} is more than 1.
     *
     * @param witness a column of the outer row, which keeps the check above the join: rows of the
     *     subquery that belong to no outer row may be as many as they like
     */
    static RexNode checked(RexBuilder rex, RexNode value, RexNode rows, RexNode witness) {
        return rex.makeCall(CHECK, value, rows, witness);
    }

    static boolean isOne(RelNode node) {
        if (node instanceof Project || isOrderOnly(node)) {
            return isOne(node.getInput(0));
        }
        return node instanceof Aggregate aggregate && aggregate.getGroupCount() == 0
                || node instanceof Values values && values.getTuples().size() == 1;
    }

    static boolean isOneAtMost(RelNode node) {
        if (node instanceof Sort sort && sort.fetch instanceof RexLiteral fetch) {
            return RexLiteral.intValue(fetch) <= 1 || isOneAtMost(sort.getInput());
        }
        return node instanceof Project || node instanceof Filter || node instanceof Sort
                ? isOneAtMost(node.getInput(0))
                : isOne(node);
    }

    static boolean isNeverEmpty(RelNode node) {
        if (node instanceof Project || isOrderOnly(node)) {
            return isNeverEmpty(node.getInput(0));
        }
        if (node instanceof Union union) {
            return union.getInputs().stream().anyMatch(SingleRows::isNeverEmpty);
        }
        return node instanceof Aggregate aggregate && DecorrelatedAggregate.hasTotal(aggregate)
                || node instanceof Values values && !values.getTuples().isEmpty();
    }

    /** Whether a sort leaves no row out. */
    static boolean isOrderOnly(RelNode node) {
        return node instanceof Sort sort && sort.offset == null && sort.fetch == null;
    }
}
