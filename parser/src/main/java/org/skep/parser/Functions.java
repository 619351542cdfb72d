package org.skep.parser;

import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calls by name: which function it is, and whether there is one, the planner finds out. */
final class Functions {
    private Functions() {}

    static SqlNode call(String name, SqlParserPos place, SqlNode... operands) {
        return call(new SqlIdentifier(name, place), null, place, List.of(operands));
    }

    /**
     * @param quantifier DISTINCT or ALL as a symbol, or null
     */
    static SqlNode call(
            SqlIdentifier name,
            SqlLiteral quantifier,
            SqlParserPos place,
            List<? extends SqlNode> operands) {
        SqlUnresolvedFunction function =
                new SqlUnresolvedFunction(
                        name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        return function.createCall(quantifier, place, operands.toArray(new SqlNode[0]));
    }
}
