package org.skep.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * The standard's percentiles as calls of ours.
 *
 * <pre>
 * percentile_cont(0.5) WITHIN GROUP (ORDER BY x) → percentile_cont(x, 0.5)
 * mode() WITHIN GROUP (ORDER BY x)               → mode(x)
 * </pre>
 */
final class Percentiles {
    private static final List<String> NAMES = List.of("percentile_cont", "percentile_disc", "mode");

    private Percentiles() {}

    static boolean isOne(SqlNode node) {
        return node instanceof SqlCall call
                && NAMES.stream().anyMatch(call.getOperator().getName()::equalsIgnoreCase);
    }

    static SqlNode call(SqlNode node, SqlNodeList order) {
        SqlCall call = (SqlCall) node;
        SqlNode key = order.get(0);
        if (order.size() > 1 || key.getKind() == SqlKind.DESCENDING) {
            throw Places.notSupported(
                    order.getParserPosition(),
                    "%s of more than one ascending key".formatted(call.getOperator().getName()),
                    "order by one key, and count the fraction from the other end");
        }
        String name = call.getOperator().getName();
        return call.operandCount() == 0
                ? Functions.call(name, call.getParserPosition(), key)
                : Functions.call(name, call.getParserPosition(), key, call.operand(0));
    }
}
