package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.parser.grammar.SkepParser.JoinConditionContext;
import org.skep.parser.grammar.SkepParser.NameContext;

/**
 * {@code a LEFT SEMI JOIN b ON c} as {@code a WHERE EXISTS (SELECT 1 FROM b WHERE c)}, ANTI with
 * NOT EXISTS: the planner finds the semi-join again, as it must for sub-queries anyway.
 */
final class SemiJoins {
    private final ExpressionTranslation expressions;

    SemiJoins(ExpressionTranslation expressions) {
        this.expressions = expressions;
    }

    SqlNode present(SqlNode right, JoinConditionContext condition) {
        SqlNode query =
                condition.ON() == null
                        ? using(right, condition.columnNames().name())
                        : PlainSelect.any(right, expressions.expression(condition.expression()));
        return SqlStdOperatorTable.EXISTS.createCall(right.getParserPosition(), query);
    }

    SqlNode absent(SqlNode right, JoinConditionContext condition) {
        SqlNode exists = present(right, condition);
        return SqlStdOperatorTable.NOT.createCall(exists.getParserPosition(), exists);
    }

    /**
     * {@code SELECT 1 FROM (SELECT k AS "$k" FROM b) WHERE "$k" = k}: once b's columns go by other
     * names, {@code k} can only be the left side's.
     */
    private static SqlNode using(SqlNode right, List<NameContext> columns) {
        List<SqlNode> items = new ArrayList<>();
        List<SqlNode> equal = new ArrayList<>();
        for (NameContext column : columns) {
            SqlIdentifier name = Identifiers.of(column);
            SqlParserPos place = name.getParserPosition();
            SqlIdentifier inner = new SqlIdentifier("$" + name.getSimple(), place);
            items.add(SqlStdOperatorTable.AS.createCall(place, name, inner));
            equal.add(SqlStdOperatorTable.EQUALS.createCall(place, inner, name));
        }
        SqlNode renamed =
                PlainSelect.of(
                        right.getParserPosition(), ExpressionTranslation.list(items), right, null);
        SqlNode condition = Chains.associative(equal, SqlStdOperatorTable.AND);
        return PlainSelect.any(renamed, condition);
    }
}
