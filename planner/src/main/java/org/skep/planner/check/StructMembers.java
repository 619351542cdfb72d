package org.skep.planner.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;
import org.skep.parser.SkepOperators;

/**
 * Tells members of structs from columns of tables: Calcite takes the first part of {@code a.b} for
 * a table, always.
 *
 * <pre>
 * SELECT user.name FROM events      → SELECT (user).name AS name FROM events
 * SELECT sales.t.n FROM sales.t     → SELECT t.n FROM sales.t
 * </pre>
 */
final class StructMembers {
    /** Where names of several parts stand that begin with no table, and the tables in sight. */
    private final Map<Position, Set<String>> firstParts = new HashMap<>();

    /** Changes a query whose FROM still has the names as written. */
    void apply(SqlNode query) {
        visit(query, Set.of());
    }

    /** {@code error}, as far as what it calls a column may be a table that FROM has not. */
    QueryException explained(QueryException error) {
        Set<String> inSight = firstParts.get(error.position());
        if (error.code() != ErrorCode.COLUMN_NOT_FOUND || inSight == null) {
            return error;
        }
        List<String> tableNames =
                inSight.stream().filter(name -> name.indexOf('\u0000') < 0).sorted().toList();
        String hint =
                tableNames.isEmpty()
                        ? error.hint()
                        : "tables in FROM are " + String.join(", ", tableNames);
        return new QueryException(
                ErrorCode.TABLE_NOT_FOUND,
                error.position(),
                error.getMessage().replace("no column", "no table or column"),
                hint);
    }

    private SqlNode visit(SqlNode node, Set<String> tables) {
        if (node instanceof SqlIdentifier name) {
            return name(name, tables);
        }
        if (node instanceof SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) != null) {
                    list.set(i, visit(list.get(i), tables));
                }
            }
            return list;
        }
        if (node instanceof SqlSelect select) {
            select(select, tables);
        } else if (node instanceof SqlOrderBy order) {
            visit(order.query, tables);
            if (order.query instanceof SqlSelect select) {
                visit(order.orderList, and(tables, select));
                order.orderList.replaceAll(key -> ordinal(key, select.getSelectList()));
            } else {
                visit(order.orderList, tables);
            }
        } else if (node instanceof SqlCall call && !SkepOperators.isTable(call.getOperator())) {
            operands(call, tables);
        }
        return node;
    }

    /**
     * A member to sort by that is selected too, as that item's number: Calcite would take the
     * member's name for the item's.
     */
    private static SqlNode ordinal(SqlNode key, SqlNodeList items) {
        if (key instanceof SqlCall call
                && (key.getKind() == SqlKind.DESCENDING
                        || key.getKind() == SqlKind.NULLS_FIRST
                        || key.getKind() == SqlKind.NULLS_LAST)) {
            call.setOperand(0, ordinal(call.operand(0), items));
            return call;
        }
        for (int i = 0; i < items.size() && key.getKind() == SqlKind.DOT; i++) {
            if (key.equalsDeep(SqlUtil.stripAs(items.get(i)), Litmus.IGNORE)) {
                return SqlLiteral.createExactNumeric(
                        Integer.toString(i + 1), key.getParserPosition());
            }
        }
        return key;
    }

    private void operands(SqlCall call, Set<String> tables) {
        List<SqlNode> operands = call.getOperandList();
        for (int i = 0; i < operands.size(); i++) {
            SqlNode operand = operands.get(i);
            SqlNode seen = operand == null ? null : visit(operand, tables);
            if (seen != operand) {
                call.setOperand(i, seen);
            }
        }
    }

    private void select(SqlSelect select, Set<String> outer) {
        Set<String> tables = and(outer, select);
        if (select.getFrom() != null) {
            from(select.getFrom(), tables);
        }
        SqlNodeList items = select.getSelectList();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            SqlNode seen = visit(item, tables);
            items.set(
                    i, seen == item || seen instanceof SqlIdentifier ? seen : labelled(seen, item));
        }
        for (int i = 0; i < select.getOperandList().size(); i++) {
            SqlNode operand = select.getOperandList().get(i);
            if (operand != null && operand != items && i != SqlSelect.FROM_OPERAND) {
                SqlNode seen = visit(operand, tables);
                if (seen != operand) {
                    select.setOperand(i, seen);
                }
            }
        }
    }

    /** Names in FROM are tables, but conditions and subqueries are not. */
    private void from(SqlNode node, Set<String> tables) {
        if (node instanceof SqlJoin join) {
            from(join.getLeft(), tables);
            from(join.getRight(), tables);
            if (join.getCondition() != null) {
                join.setOperand(5, visit(join.getCondition(), tables));
            }
        } else if (node.getKind() == SqlKind.AS || node.getKind() == SqlKind.LATERAL) {
            from(((SqlCall) node).operand(0), tables);
        } else if (!(node instanceof SqlIdentifier)) {
            visit(node, tables);
        }
    }

    private static Set<String> and(Set<String> outer, SqlSelect select) {
        Set<String> tables = new HashSet<>(outer);
        if (select.getFrom() != null) {
            collect(select.getFrom(), tables);
        }
        return tables;
    }

    private static void collect(SqlNode from, Set<String> tables) {
        if (from instanceof SqlJoin join) {
            collect(join.getLeft(), tables);
            collect(join.getRight(), tables);
        } else {
            String alias = FromAlias.of(from);
            if (alias != null) {
                tables.add(key(List.of(alias)));
            }
            if (from instanceof SqlIdentifier table) {
                tables.add(key(table.names)); // schema.table.column is written too
            }
        }
    }

    private static String key(List<String> names) {
        return String.join("\u0000", names).toLowerCase(Locale.ROOT);
    }

    private SqlNode name(SqlIdentifier name, Set<String> tables) {
        int parts = name.names.size();
        if (parts < 2 || name.isStar() || tables.contains(key(name.names.subList(0, 1)))) {
            return name;
        }
        if (parts > 2 && tables.contains(key(name.names.subList(0, 2)))) {
            return name.getComponent(1, parts);
        }
        SqlNode member = name.getComponent(0);
        firstParts.put(CheckErrors.position(member.getParserPosition()), tables);
        for (int i = 1; i < parts; i++) {
            SqlParserPos end = name.getComponentParserPosition(i);
            SqlParserPos place = name.getComponentParserPosition(0).plus(end);
            member = SqlStdOperatorTable.DOT.createCall(place, member, name.getComponent(i));
        }
        return member;
    }

    /** A member keeps its name as a column of the result. */
    private static SqlNode labelled(SqlNode member, SqlNode written) {
        SqlIdentifier name = (SqlIdentifier) written;
        return new SqlBasicCall(
                SqlStdOperatorTable.AS,
                List.of(member, name.getComponent(name.names.size() - 1)),
                written.getParserPosition());
    }
}
