package org.skep.planner.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.parser.SkepOperators;

/**
 * Writes out the short forms of a select that Calcite does not know, GROUP BY ALL and ORDER BY ALL,
 * and those that it gets wrong in some places.
 */
final class SelectRewrites extends SqlBasicVisitor<Void> {
    private final FunctionTable functions;

    private SelectRewrites(FunctionTable functions) {
        this.functions = functions;
    }

    static SqlNode apply(SqlNode query, FunctionTable functions) {
        query.accept(new SelectRewrites(functions));
        return query;
    }

    @Override
    public Void visit(SqlCall call) {
        if (call instanceof SqlSelect select) {
            stars(select);
            groupAll(select);
            WindowLists.rewriteGrouped(select);
            if (select.getOrderList() != null) {
                select.setOrderBy(orderAll(select.getOrderList(), select.getSelectList()));
            }
        }
        if (call.getKind() == SqlKind.OVER) {
            WindowLists.rewrite(call);
        }
        if (call instanceof SqlOrderBy order && isAll(order.orderList)) {
            SqlNode query = order.query;
            if (!(query instanceof SqlSelect select)) {
                throw unsupported("ORDER BY ALL", order, "name the columns to sort by");
            }
            SqlNodeList ordinals = orderAll(order.orderList, select.getSelectList());
            for (int i = 0; i < ordinals.size(); i++) {
                if (i < order.orderList.size()) {
                    order.orderList.set(i, ordinals.get(i));
                } else {
                    order.orderList.add(ordinals.get(i));
                }
            }
        }
        return super.visit(call);
    }

    private void groupAll(SqlSelect select) {
        SqlNodeList group = select.getGroup();
        if (group == null
                || group.size() != 1
                || !isCallTo(group.get(0), SkepOperators.GROUP_ALL)) {
            return;
        }
        List<SqlNode> keys = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            SqlNode expression = SqlUtil.stripAs(item);
            if (expression instanceof SqlIdentifier identifier && identifier.isStar()) {
                throw unsupported("GROUP BY ALL beside *", item, "name the columns");
            }
            if (!aggregates(expression)) {
                keys.add(expression.clone(expression.getParserPosition()));
            }
        }
        select.setGroupBy(keys.isEmpty() ? null : new SqlNodeList(keys, group.getParserPosition()));
    }

    /** Whether an expression calls an aggregate function, window functions apart. */
    private boolean aggregates(SqlNode expression) {
        boolean[] found = new boolean[1];
        expression.accept(
                new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        if (call.getKind() == SqlKind.OVER || call instanceof SqlSelect) {
                            return null;
                        }
                        found[0] |= functions.isAggregate(call.getOperator().getName());
                        return super.visit(call);
                    }
                });
        return found[0];
    }

    private static boolean isCallTo(SqlNode node, Object operator) {
        return node instanceof SqlCall call && call.getOperator() == operator;
    }

    private static boolean isAll(SqlNodeList order) {
        return order != null && order.size() == 1 && allOf(order.get(0)) != null;
    }

    /** The marker within DESC and NULLS FIRST or LAST; null when it is not there. */
    private static SqlNode allOf(SqlNode item) {
        if (isCallTo(item, SkepOperators.ORDER_ALL)) {
            return item;
        }
        return switch (item.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> allOf(((SqlCall) item).operand(0));
            default -> null;
        };
    }

    private static SqlNodeList orderAll(SqlNodeList order, SqlNodeList items) {
        if (!isAll(order)) {
            return order;
        }
        SqlNode marker = order.get(0);
        List<SqlNode> ordinals = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (SqlUtil.stripAs(items.get(i)) instanceof SqlIdentifier identifier
                    && identifier.isStar()) {
                throw unsupported("ORDER BY ALL beside *", items.get(i), "name the columns");
            }
            ordinals.add(withOrdinal(marker, i + 1));
        }
        return new SqlNodeList(ordinals, order.getParserPosition());
    }

    private static SqlNode withOrdinal(SqlNode marker, int ordinal) {
        SqlParserPos pos = marker.getParserPosition();
        if (isCallTo(marker, SkepOperators.ORDER_ALL)) {
            return SqlLiteral.createExactNumeric(Integer.toString(ordinal), pos);
        }
        SqlCall call = (SqlCall) marker;
        return call.getOperator().createCall(pos, withOrdinal(call.operand(0), ordinal));
    }

    private static void stars(SqlSelect select) {
        SqlNodeList items = select.getSelectList();
        for (int i = 0; items != null && i < items.size(); i++) {
            if (isCallTo(items.get(i), SkepOperators.STAR_EXCEPT)) {
                SqlCall star = (SqlCall) items.get(i);
                items.set(i, star(star));
            }
        }
    }

    private static SqlNode star(SqlCall call) {
        SqlIdentifier star = call.operand(0);
        SqlNodeList except = call.operand(1);
        SqlNodeList replace = call.operand(2);
        if (except.size() > 0 && replace.size() > 0) {
            throw unsupported(
                    "EXCEPT and REPLACE of one star", call, "use one of them in a subquery");
        }
        return except.size() > 0
                ? new SqlStarExclude(call.getParserPosition(), star, except)
                : new SqlStarReplace(call.getParserPosition(), star, replace);
    }

    private static QueryException unsupported(String what, SqlNode at, String hint) {
        return new QueryException(
                ErrorCode.NOT_SUPPORTED,
                CheckErrors.position(at.getParserPosition()),
                what + " is not supported",
                hint);
    }
}
