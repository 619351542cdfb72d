package org.skep.planner.check;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * The columns that USING and NATURAL make of two, in all clauses of a SELECT. Calcite knows them in
 * the select list only, and calls them ambiguous elsewhere.
 *
 * <pre>
 * SELECT k, count(*) FROM a FULL JOIN b USING (k) GROUP BY k
 *     → SELECT coalesce(a.k, b.k) AS k, count(*) FROM … GROUP BY coalesce(a.k, b.k)
 * </pre>
 *
 * Of an inner or left join it is the left column, of a right join the right one: conditions on it
 * can then move below the join.
 */
final class MergedColumns {
    private final SqlNode from;
    private final List<SqlValidatorNamespace> tables;
    private final Set<String> names = new HashSet<>();

    private MergedColumns(SqlNode from, List<SqlValidatorNamespace> tables) {
        this.from = from;
        this.tables = tables;
    }

    /**
     * Writes them out in place.
     *
     * @param tables what stands in FROM, from left to right
     */
    static void resolve(SqlSelect select, List<SqlValidatorNamespace> tables) {
        of(select, tables).write(select);
    }

    /** Those of FROM. */
    private static MergedColumns of(SqlSelect select, List<SqlValidatorNamespace> tables) {
        MergedColumns merged = new MergedColumns(select.getFrom(), tables);
        merged.findNames(select.getFrom());
        return merged;
    }

    /**
     * Writes out in place what a subquery says of the columns of a query around it.
     *
     * @param tables what stands in the FROM of the subquery and between, whose columns go before
     */
    static void resolve(
            SqlSelect subquery,
            List<SqlValidatorNamespace> tables,
            SqlSelect outer,
            List<SqlValidatorNamespace> outerTables) {
        MergedColumns merged = of(outer, outerTables);
        for (SqlValidatorNamespace table : tables) {
            for (RelDataTypeField field : table.getRowType().getFieldList()) {
                merged.names.remove(key(field.getName()));
            }
        }
        merged.write(subquery);
    }

    private void write(SqlSelect select) {
        if (!names.isEmpty()) {
            rewrite(select);
        }
    }

    private void findNames(SqlNode node) {
        if (!(node instanceof SqlJoin join)) {
            return;
        }
        findNames(join.getLeft());
        findNames(join.getRight());
        if (join.getCondition() instanceof SqlNodeList columns) {
            columns.forEach(column -> names.add(key(((SqlIdentifier) column).getSimple())));
        } else if (join.isNatural()) {
            for (SqlValidatorNamespace table : tables) {
                for (RelDataTypeField field : table.getRowType().getFieldList()) {
                    names.add(key(field.getName()));
                }
            }
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void rewrite(SqlSelect select) {
        Rewriting rewriting = new Rewriting();
        Set<String> outputs = new HashSet<>();
        SqlNodeList items = select.getSelectList(); // changed in place: the validator holds it
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            SqlNode seen = item.accept(rewriting);
            String name = SqlValidatorUtil.alias(item);
            boolean renamed = item instanceof SqlIdentifier && seen != item;
            SqlParserPos place = item.getParserPosition();
            items.set(
                    i,
                    renamed
                            ? SqlStdOperatorTable.AS.createCall(
                                    place, seen, new SqlIdentifier(name, place))
                            : seen);
            if (name != null) {
                outputs.add(key(name));
            }
        }
        if (select.getWhere() != null) {
            select.setWhere(select.getWhere().accept(rewriting));
        }
        if (select.getGroup() != null) {
            select.setGroupBy((SqlNodeList) select.getGroup().accept(rewriting));
        }
        if (select.getHaving() != null) {
            select.setHaving(select.getHaving().accept(rewriting));
        }
        if (select.getQualify() != null) {
            select.setQualify(select.getQualify().accept(rewriting));
        }
        if (select.getOrderList() != null) {
            names.removeAll(outputs); // there they are columns of the result
            select.setOrderBy((SqlNodeList) select.getOrderList().accept(rewriting));
        }
    }

    private final class Rewriting extends SqlShuttle {
        @Override
        public SqlNode visit(SqlIdentifier name) {
            if (!name.isSimple() || !names.contains(key(name.getSimple()))) {
                return name;
            }
            Found found = find(from, name, 0);
            return found.column == null ? name : found.column;
        }

        @Override
        public SqlNode visit(SqlCall call) {
            if (call.getKind().belongsTo(SqlKind.QUERY)) {
                return call;
            }
            if (call.getKind() == SqlKind.AS) {
                SqlNode value = call.operand(0).accept(this);
                return value == call.operand(0)
                        ? call
                        : SqlStdOperatorTable.AS.createCall(
                                call.getParserPosition(), value, call.operand(1));
            }
            return super.visit(call);
        }
    }

    /**
     * A column in a part of FROM.
     *
     * @param column null when the part has none of the name, or several
     * @param next the number of the table after the part
     */
    private record Found(SqlNode column, int next) {}

    private Found find(SqlNode node, SqlIdentifier name, int first) {
        if (!(node instanceof SqlJoin join)) {
            String alias = SqlValidatorUtil.alias(node);
            RelDataTypeField field =
                    first >= tables.size()
                            ? null
                            : tables.get(first)
                                    .getRowType()
                                    .getField(name.getSimple(), false, false);
            SqlNode column =
                    alias == null || field == null
                            ? null
                            : new SqlIdentifier(
                                    List.of(alias, field.getName()), name.getParserPosition());
            return new Found(column, first + 1);
        }
        Found left = find(join.getLeft(), name, first);
        Found right = find(join.getRight(), name, left.next);
        if (left.column == null || right.column == null) {
            return new Found(left.column == null ? right.column : left.column, right.next);
        }
        return new Found(merged(join, name, left.column, right.column), right.next);
    }

    private static SqlNode merged(SqlJoin join, SqlIdentifier name, SqlNode left, SqlNode right) {
        boolean using =
                join.isNatural()
                        || join.getCondition() instanceof SqlNodeList columns
                                && columns.stream()
                                        .anyMatch(
                                                column ->
                                                        ((SqlIdentifier) column)
                                                                .getSimple()
                                                                .equalsIgnoreCase(
                                                                        name.getSimple()));
        if (!using) {
            return null;
        }
        return switch (join.getJoinType()) {
            case RIGHT -> right;
            case FULL ->
                    SqlStdOperatorTable.COALESCE.createCall(name.getParserPosition(), left, right);
            default -> left;
        };
    }
}
