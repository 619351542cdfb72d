package org.skep.planner.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * IN with a list, within the call of a window function, as comparisons. For Calcite such a list is
 * a subquery until it is converted, and it looks for subqueries everywhere but in the aggregates
 * that a window function is over.
 *
 * <pre>
 * rank() OVER (ORDER BY sum(CASE WHEN x IN (1, 2) THEN y END))
 *     → rank() OVER (ORDER BY sum(CASE WHEN x = 1 OR x = 2 THEN y END))
 * </pre>
 */
final class WindowLists {
    private WindowLists() {}

    /** Changes the operands of {@code call}, and theirs, in place. */
    static void rewrite(SqlCall call) {
        if (call.getKind().belongsTo(SqlKind.QUERY)) {
            return;
        }
        for (int i = 0; i < call.operandCount(); i++) {
            SqlNode operand = call.operand(i);
            SqlNode seen = rewritten(operand);
            if (seen != operand) {
                call.setOperand(i, seen);
            }
        }
    }

    /**
     * The same in all of a grouped query that has windows: what it is grouped by must look the same
     * there.
     */
    static void rewriteGrouped(SqlSelect select) {
        boolean windows = hasWindow(select.getSelectList()) || hasWindow(select.getQualify());
        if (select.getGroup() == null || !windows) {
            return;
        }
        rewritten(select.getGroup());
        rewritten(select.getSelectList());
        if (select.getHaving() != null) {
            select.setHaving(rewritten(select.getHaving()));
        }
        if (select.getQualify() != null) {
            select.setQualify(rewritten(select.getQualify()));
        }
    }

    private static boolean hasWindow(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return list.stream().anyMatch(WindowLists::hasWindow);
        }
        return node instanceof SqlCall call
                && !call.getKind().belongsTo(SqlKind.QUERY)
                && (call.getKind() == SqlKind.OVER
                        || call.getOperandList().stream().anyMatch(WindowLists::hasWindow));
    }

    private static SqlNode rewritten(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, rewritten(list.get(i)));
            }
            return list;
        }
        if (!(node instanceof SqlCall call)) {
            return node;
        }
        rewrite(call);
        boolean in = call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN;
        return in
                        && call.operand(1) instanceof SqlNodeList list
                        && call.operand(0).getKind() != SqlKind.ROW
                ? comparisons(call, list)
                : call;
    }

    private static SqlNode comparisons(SqlCall call, SqlNodeList list) {
        boolean in = call.getKind() == SqlKind.IN;
        SqlOperator compare = in ? SqlStdOperatorTable.EQUALS : SqlStdOperatorTable.NOT_EQUALS;
        SqlParserPos place = call.getParserPosition();
        List<SqlNode> all = new ArrayList<>();
        list.forEach(element -> all.add(compare.createCall(place, call.operand(0), element)));
        return chain(all, in ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND, place);
    }

    /** As a balanced tree, because whoever walks syntax does so recursively. */
    private static SqlNode chain(List<SqlNode> all, SqlOperator operator, SqlParserPos place) {
        if (all.size() == 1) {
            return all.get(0);
        }
        int middle = all.size() / 2;
        return operator.createCall(
                place,
                chain(all.subList(0, middle), operator, place),
                chain(all.subList(middle, all.size()), operator, place));
    }
}
