package org.skep.planner.expr;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.spi.FunctionRegistry;
import org.skep.parser.CalciteTypes;
import org.skep.parser.Syntax;

/** Expressions that stand by themselves in a statement: the value of a partition, a default. */
public final class Constants {
    private Constants() {}

    /** A query of one row and one column, the expression. */
    public static Syntax select(Syntax expression) {
        SqlNode node = expression.node();
        SqlParserPos pos = node.getParserPosition();
        SqlNodeList list = new SqlNodeList(List.of(node), pos);
        return new Syntax(
                new SqlSelect(
                        pos, null, list, null, null, null, null, null, null, null, null, null,
                        null));
    }

    /** The value in the only row of such a query. */
    public static Expr.Literal value(RelNode row, FunctionRegistry functions) {
        if (row instanceof Project project) {
            RexNode node = project.getProjects().get(0);
            Expr expr = new ToExpr(row.getCluster().getRexBuilder(), functions).convert(node);
            if (expr.columns().length == 0) {
                return new Expr.Literal(functions.evaluate(expr), expr.type());
            }
        }
        if (row instanceof Values values && values.getTuples().size() == 1) {
            return new Expr.Literal(
                    Literals.value(values.getTuples().get(0).get(0)),
                    CalciteTypes.fromCalcite(values.getRowType().getFieldList().get(0).getType()));
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "a value here cannot be computed from rows",
                "write a constant, such as DATE '2026-01-15'");
    }
}
