package org.skep.planner.change;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.type.Type;
import org.skep.parser.SkepTypeSpec;

/**
 * Makes syntax that nobody has typed.
 *
 * @param at where errors in it are shown
 */
record Nodes(SqlParserPos at) {
    SqlNode name(String... parts) {
        return new SqlIdentifier(List.of(parts), at);
    }

    SqlNode star() {
        return SqlIdentifier.star(at);
    }

    SqlNode as(SqlNode node, String name) {
        return SqlStdOperatorTable.AS.createCall(at, node, name(name));
    }

    SqlNode truth(boolean value) {
        return SqlLiteral.createBoolean(value, at);
    }

    SqlNode number(int value) {
        return SqlLiteral.createExactNumeric(Integer.toString(value), at);
    }

    SqlNode empty(Type type) {
        return cast(SqlLiteral.createNull(at), type, at);
    }

    SqlNode cast(SqlNode value, Type type, SqlParserPos place) {
        return SqlStdOperatorTable.CAST.createCall(place, value, SkepTypeSpec.of(type, place));
    }

    SqlNode isTrue(SqlNode condition) {
        return SqlStdOperatorTable.IS_TRUE.createCall(condition.getParserPosition(), condition);
    }

    SqlNode isNull(SqlNode value) {
        return SqlStdOperatorTable.IS_NULL.createCall(at, value);
    }

    SqlNode greater(SqlNode value, int than) {
        return SqlStdOperatorTable.GREATER_THAN.createCall(at, value, number(than));
    }

    SqlNode not(SqlNode condition) {
        return SqlStdOperatorTable.NOT.createCall(at, condition);
    }

    SqlNode exists(SqlNode query) {
        return SqlStdOperatorTable.EXISTS.createCall(at, query);
    }

    /** All of the conditions; null when there are none. */
    SqlNode and(List<SqlNode> conditions) {
        return conditions.stream()
                .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(at, a, b))
                .orElse(null);
    }

    /** One of the conditions at least. */
    SqlNode or(List<SqlNode> conditions) {
        return conditions.stream()
                .reduce((a, b) -> SqlStdOperatorTable.OR.createCall(at, a, b))
                .orElseGet(() -> truth(false));
    }

    /** The value behind the first condition that holds. */
    SqlNode choice(List<SqlNode> conditions, List<SqlNode> values, SqlNode otherwise) {
        return new SqlCase(
                at, null, new SqlNodeList(conditions, at), new SqlNodeList(values, at), otherwise);
    }

    SqlNode call(String function, SqlNode... arguments) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(function, at),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(at, arguments);
    }

    SqlNode join(SqlNode left, JoinType type, SqlNode right, SqlNode condition) {
        return new SqlJoin(
                at,
                left,
                SqlLiteral.createBoolean(false, at),
                type.symbol(at),
                right,
                JoinConditionType.ON.symbol(at),
                condition);
    }

    /**
     * @param where null for all rows
     * @param keys to group by; none for no grouping
     */
    SqlSelect select(List<SqlNode> items, SqlNode from, SqlNode where, SqlNode... keys) {
        SqlNodeList group = keys.length == 0 ? null : new SqlNodeList(List.of(keys), at);
        return new SqlSelect(
                at,
                null,
                new SqlNodeList(new ArrayList<>(items), at),
                from,
                where,
                group,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
