package org.skep.planner.check;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Columns that more than one USING merges, of which Calcite knows the first two tables only.
 *
 * <pre>
 * SELECT k FROM a JOIN b USING (k) JOIN c USING (k) → SELECT a.k AS k FROM …
 * </pre>
 *
 * <p>After a RIGHT or FULL join the column of no single table will do: that is refused.
 */
final class UsingChains extends SqlBasicVisitor<Void> {
    private UsingChains() {}

    static void apply(SqlNode query) {
        query.accept(new UsingChains());
    }

    @Override
    public Void visit(SqlCall call) {
        if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
            Map<String, SqlIdentifier> merged = merged(select.getFrom());
            for (SqlNode item : merged.isEmpty() ? List.<SqlNode>of() : select.getSelectList()) {
                merged.remove(key(label(item)));
            }
            if (!merged.isEmpty()) {
                order.orderList.replaceAll(node -> node.accept(new Qualify(merged)));
            }
        }
        super.visit(call);
        if (call instanceof SqlSelect select) {
            select(select);
        }
        return null;
    }

    private static void select(SqlSelect select) {
        Map<String, SqlIdentifier> merged = merged(select.getFrom());
        if (merged.isEmpty()) {
            return;
        }
        Qualify qualify = new Qualify(merged);
        SqlNodeList items = select.getSelectList();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            SqlNode seen = item.accept(qualify);
            boolean named = item instanceof SqlIdentifier name && !name.isStar() && seen != item;
            items.set(i, named ? labelled(seen, (SqlIdentifier) item) : seen);
        }
        for (int i = 0; i < select.getOperandList().size(); i++) {
            SqlNode operand = select.getOperandList().get(i);
            boolean names = operand != items && operand != select.getHints();
            if (operand != null && names && i != SqlSelect.FROM_OPERAND) {
                select.setOperand(i, operand.accept(qualify));
            }
        }
    }

    private static SqlNode labelled(SqlNode column, SqlIdentifier name) {
        return new SqlBasicCall(
                SqlStdOperatorTable.AS, List.of(column, name), name.getParserPosition());
    }

    private static String label(SqlNode item) {
        SqlNode name = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
        return name instanceof SqlIdentifier identifier
                ? identifier.names.get(identifier.names.size() - 1)
                : "";
    }

    /** Columns that several joins merge, each with the column that holds their value. */
    private static Map<String, SqlIdentifier> merged(SqlNode from) {
        Map<String, SqlIdentifier> merged = new HashMap<>();
        for (SqlNode node = from; node instanceof SqlJoin join; node = join.getLeft()) {
            for (SqlNode below = join.getLeft();
                    merges(join) && below instanceof SqlJoin inner;
                    below = inner.getLeft()) {
                chain(join, inner, merged);
            }
        }
        return merged;
    }

    private static boolean merges(SqlJoin join) {
        return join.isNatural() || join.getConditionType() == JoinConditionType.USING;
    }

    private static void chain(SqlJoin join, SqlJoin inner, Map<String, SqlIdentifier> merged) {
        if (!merges(inner)) {
            return;
        }
        boolean natural = join.isNatural() || inner.isNatural();
        boolean shared = natural;
        for (SqlNode column : natural ? List.<SqlNode>of() : (SqlNodeList) join.getCondition()) {
            SqlIdentifier name = (SqlIdentifier) column;
            boolean both =
                    ((SqlNodeList) inner.getCondition())
                            .stream().anyMatch(other -> key(label(other)).equals(key(label(name))));
            String table = both ? holder(inner) : null;
            if (table != null) {
                merged.put(
                        key(name.getSimple()),
                        new SqlIdentifier(
                                List.of(table, name.getSimple()), name.getParserPosition()));
            }
            shared |= both;
        }
        JoinType type = inner.getJoinType();
        if (shared && (type == JoinType.FULL || type == JoinType.RIGHT)) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    CheckErrors.position(join.getRight().getParserPosition()),
                    "a third table by USING or NATURAL after a %s JOIN is not supported"
                            .formatted(type),
                    "write ON coalesce(a.k, b.k) = c.k");
        }
    }

    /** The table whose column is that of the join; null when it cannot be told. */
    private static String holder(SqlJoin join) {
        String left = FromAlias.of(join.getLeft());
        return left == null && join.getJoinType() == JoinType.INNER
                ? FromAlias.of(join.getRight())
                : left;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Qualifies names, but not those of subqueries: they may have tables of their own. */
    private static final class Qualify extends SqlShuttle {
        private final Map<String, SqlIdentifier> merged;

        Qualify(Map<String, SqlIdentifier> merged) {
            this.merged = merged;
        }

        @Override
        public SqlNode visit(SqlIdentifier name) {
            SqlIdentifier column = name.isSimple() ? merged.get(key(name.getSimple())) : null;
            return column == null ? name : column.clone(name.getParserPosition());
        }

        @Override
        public SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            if (call.getKind() == SqlKind.AS) {
                SqlCall as = (SqlCall) call.clone(call.getParserPosition());
                as.setOperand(0, call.operand(0).accept(this));
                return as;
            }
            return super.visit(call);
        }
    }
}
