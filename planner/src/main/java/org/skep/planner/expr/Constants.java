package org.skep.planner.expr;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.spi.FunctionRegistry;
import org.skep.parser.CalciteTypes;
import org.skep.parser.PlainSelect;
import org.skep.parser.Syntax;

/** Expressions that stand by themselves in a statement: the value of a partition, a default. */
public final class Constants {
    private Constants() {}

    /** A query of one row and one column, the expression. */
    public static Syntax select(Syntax expression) {
        SqlNode node = expression.node();
        SqlParserPos pos = node.getParserPosition();
        SqlNodeList list = new SqlNodeList(List.of(node), pos);
        return new Syntax(PlainSelect.of(pos, list, null, null));
    }

    /** The value in the only row of such a query. */
    public static Expr.Literal value(RelNode row, FunctionRegistry functions) {
        RelNode from = row;
        int column = 0;
        while (from instanceof Project project) {
            RexNode node = project.getProjects().get(column);
            if (!(node instanceof RexInputRef ref)) {
                Expr expr = new ToExpr(row.getCluster().getRexBuilder(), functions).convert(node);
                return new Expr.Literal(functions.evaluate(expr), expr.type());
            }
            column = ref.getIndex();
            from = project.getInput();
        }
        if (from instanceof Values values && values.getTuples().size() == 1) {
            return new Expr.Literal(
                    Literals.value(values.getTuples().get(0).get(column)),
                    CalciteTypes.fromCalcite(
                            values.getRowType().getFieldList().get(column).getType()));
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "a value here cannot be computed from rows",
                "write a constant, such as DATE '2026-01-15'");
    }
}
