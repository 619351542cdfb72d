package org.skep.parser;

import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.SelectQuantifierContext;

/**
 * {@code SELECT DISTINCT ON (k) … ORDER BY k, x} keeps the first row of each key: that is {@code
 * QUALIFY row_number() OVER (PARTITION BY k ORDER BY k, x) = 1}.
 */
final class DistinctOn {
    private final ExpressionTranslation expressions;
    private final SqlNodeList items;
    private final SqlNodeList order;

    DistinctOn(ExpressionTranslation expressions, SqlNodeList items, SqlNodeList order) {
        this.expressions = expressions;
        this.items = items;
        this.order = order;
    }

    SqlNode condition(SelectQuantifierContext quantifier, SqlNode qualify) {
        SqlParserPos place = Places.of(quantifier);
        if (qualify != null) {
            throw Places.notSupported(
                    place, "DISTINCT ON together with QUALIFY", "put one of them in a sub-query");
        }
        List<SqlNode> keys =
                expressions.expressions(quantifier.expression()).stream()
                        .map(this::resolved)
                        .toList();
        List<SqlNode> sorting = order.stream().map(this::resolved).toList();
        SqlWindow window =
                SqlWindow.create(
                        null,
                        null,
                        ExpressionTranslation.list(keys),
                        ExpressionTranslation.list(sorting),
                        SqlLiteral.createBoolean(false, place),
                        null,
                        null,
                        null,
                        place);
        SqlNode number =
                SqlStdOperatorTable.OVER.createCall(
                        place, Functions.call("row_number", place), window);
        return SqlStdOperatorTable.EQUALS.createCall(
                place, number, SqlLiteral.createExactNumeric("1", place));
    }

    /** In a window, neither numbers nor names of items are understood. */
    private SqlNode resolved(SqlNode key) {
        boolean directed =
                key.getKind() == SqlKind.DESCENDING
                        || key.getKind() == SqlKind.NULLS_FIRST
                        || key.getKind() == SqlKind.NULLS_LAST;
        if (directed) {
            SqlBasicCall call = (SqlBasicCall) key;
            return call.getOperator()
                    .createCall(call.getParserPosition(), resolved(call.operand(0)));
        }
        if (key instanceof SqlNumericLiteral number && number.isInteger()) {
            int place = number.intValue(false);
            return place >= 1 && place <= items.size() ? value(items.get(place - 1)) : key;
        }
        if (key instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode item : items) {
                boolean named =
                        item.getKind() == SqlKind.AS
                                && ((SqlBasicCall) item)
                                        .operand(1)
                                        .toString()
                                        .equalsIgnoreCase(name.getSimple());
                if (named) {
                    return value(item);
                }
            }
        }
        return key;
    }

    private static SqlNode value(SqlNode item) {
        return item.getKind() == SqlKind.AS ? ((SqlBasicCall) item).operand(0) : item;
    }
}
