package org.skep.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A FROM clause in the making: a tree of joins, and conditions that its semi-joins became. */
final class Relation {
    private final List<SqlNode> conditions = new ArrayList<>();
    private SqlNode node;

    Relation() {}

    Relation(SqlNode node) {
        this.node = node;
    }

    /** Null when nothing is read. */
    SqlNode node() {
        return node;
    }

    boolean hasConditions() {
        return !conditions.isEmpty();
    }

    void require(SqlNode condition) {
        conditions.add(condition);
    }

    /** {@code where} and the conditions of semi-joins. */
    SqlNode condition(SqlNode where) {
        List<SqlNode> all = new ArrayList<>(conditions);
        if (where != null) {
            all.add(where);
        }
        return all.isEmpty() ? null : Chains.associative(all, SqlStdOperatorTable.AND);
    }

    /** Joins what {@code right} reads with what is here on the left. */
    void join(JoinType type, Relation right, JoinConditionType kind, SqlNode condition) {
        conditions.addAll(right.conditions);
        join(type, right.node, kind, condition);
    }

    void join(JoinType type, SqlNode right, JoinConditionType kind, SqlNode condition) {
        join(type, false, right, kind, condition);
    }

    void naturalJoin(JoinType type, SqlNode right) {
        join(type, true, right, JoinConditionType.NONE, null);
    }

    private void join(
            JoinType type,
            boolean natural,
            SqlNode right,
            JoinConditionType kind,
            SqlNode condition) {
        SqlParserPos place = Chains.span(node, right);
        SqlParserPos mark = right.getParserPosition();
        node =
                new SqlJoin(
                        place,
                        node,
                        SqlLiteral.createBoolean(natural, mark),
                        type.symbol(mark),
                        right,
                        kind.symbol(mark),
                        condition);
    }

    /** Pairs each row with those that a generator makes of it; alone when nothing was read. */
    void generate(SqlNode generated, JoinType type) {
        if (node == null && type == JoinType.CROSS) {
            node = generated;
            return;
        }
        SqlParserPos place = generated.getParserPosition();
        if (node == null) {
            SqlNode zero = SqlLiteral.createExactNumeric("0", place);
            SqlNode row = SqlStdOperatorTable.ROW.createCall(place, zero);
            node = SqlStdOperatorTable.VALUES.createCall(place, row);
        }
        if (type == JoinType.CROSS) {
            join(type, generated, JoinConditionType.NONE, null);
        } else {
            SqlNode always = SqlLiteral.createBoolean(true, place);
            join(type, generated, JoinConditionType.ON, always);
        }
    }
}
