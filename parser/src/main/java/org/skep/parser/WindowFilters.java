package org.skep.parser;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * FILTER of a window function. Calcite has none, but aggregates that pass nulls over need none.
 *
 * <pre>
 * sum(x) FILTER (WHERE c) OVER w   → sum(CASE WHEN c THEN x END) OVER w
 * count(*) FILTER (WHERE c) OVER w → count(CASE WHEN c THEN 1 END) OVER w
 * </pre>
 */
final class WindowFilters {
    private static final Set<String> PASS_NULLS_OVER =
            Set.of(
                    "count",
                    "sum",
                    "avg",
                    "mean",
                    "min",
                    "max",
                    "any_value",
                    "stddev",
                    "stddev_pop",
                    "stddev_samp",
                    "variance",
                    "var_pop",
                    "var_samp",
                    "bool_and",
                    "bool_or",
                    "every",
                    "median",
                    "collect_list",
                    "collect_set");

    private WindowFilters() {}

    static SqlNode filtered(SqlNode node, SqlNode condition) {
        SqlParserPos place = node.getParserPosition();
        String name =
                node instanceof SqlCall call
                        ? call.getOperator().getName().toLowerCase(Locale.ROOT)
                        : "";
        if (!PASS_NULLS_OVER.contains(name) || ((SqlCall) node).operandCount() != 1) {
            throw Places.notSupported(
                    place,
                    "FILTER of this window function",
                    "filter in a subquery, or use CASE WHEN … THEN … END as its argument");
        }
        SqlCall call = (SqlCall) node;
        SqlNode argument = call.operand(0);
        boolean star = argument instanceof SqlIdentifier identifier && identifier.isStar();
        SqlNode counted = star ? SqlLiteral.createExactNumeric("1", place) : argument;
        SqlNode kept =
                new SqlCase(
                        place,
                        null,
                        new SqlNodeList(List.of(condition), place),
                        new SqlNodeList(List.of(counted), place),
                        SqlLiteral.createNull(place));
        return call.getOperator().createCall(call.getFunctionQuantifier(), place, kept);
    }
}
