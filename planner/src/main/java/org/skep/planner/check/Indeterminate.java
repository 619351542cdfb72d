package org.skep.planner.check;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Whether a query computed twice may give other rows the second time: by a function of chance, or
 * because something in it depends on the order in which rows come. Where that order makes no
 * difference after all, the query is only computed once without need.
 */
final class Indeterminate extends SqlBasicVisitor<Void> {
    /** Aggregates and functions of windows that tell the order of equal rows. */
    private static final Set<String> OF_ORDER =
            Set.of(
                    "any_value",
                    "arbitrary",
                    "first",
                    "last",
                    "array_agg",
                    "list",
                    "collect_list",
                    "collect_set",
                    "array_agg_distinct",
                    "string_agg",
                    "group_concat",
                    "listagg",
                    "max_by",
                    "arg_max",
                    "min_by",
                    "arg_min",
                    "mode",
                    "row_number",
                    "ntile",
                    "lag",
                    "lead",
                    "first_value",
                    "last_value",
                    "nth_value");

    private final FunctionTable functions;
    private boolean found;

    private Indeterminate(FunctionTable functions) {
        this.functions = functions;
    }

    /**
     * @param query in which views are still names
     */
    static boolean isIn(SqlNode query, FunctionTable functions) {
        Indeterminate search = new Indeterminate(functions);
        query.accept(search);
        return search.found;
    }

    @Override
    public Void visit(SqlCall call) {
        boolean limited =
                call instanceof SqlOrderBy order && (order.fetch != null || order.offset != null)
                        || call instanceof SqlSelect select
                                && (select.getFetch() != null || select.getOffset() != null);
        boolean rowsOfFrame = call instanceof SqlWindow window && window.isRows();
        found |= limited || rowsOfFrame || isOfChanceOrOrder(call);
        return found ? null : super.visit(call);
    }

    private boolean isOfChanceOrOrder(SqlCall call) {
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        return OF_ORDER.contains(name) || functions.isOfChance(name);
    }
}
