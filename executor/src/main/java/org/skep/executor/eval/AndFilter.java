package org.skep.executor.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.plan.Expr;

/** A conjunction: each conjunct chooses among the rows its predecessors left. */
final class AndFilter implements Filter {
    private final Filter[] filters;

    private AndFilter(List<Filter> filters) {
        this.filters = filters.toArray(Filter[]::new);
    }

    /** Two bounds on the same column, as BETWEEN makes them, become one range. */
    static Filter of(List<Expr> conjuncts, ExpressionCompiler compiler) {
        List<Filter> filters = new ArrayList<>();
        for (Expr conjunct : byColumn(conjuncts)) {
            Filter filter = compiler.filter(conjunct);
            Filter last = filters.isEmpty() ? null : filters.get(filters.size() - 1);
            Filter both = last == null ? null : RangeFilter.both(last, filter);
            if (both != null) {
                filters.set(filters.size() - 1, both);
            } else {
                filters.add(filter);
            }
        }
        return filters.size() == 1 ? filters.get(0) : new AndFilter(filters);
    }

    /** Neighbours that read the same one column are taken together. */
    private static List<Expr> byColumn(List<Expr> conjuncts) {
        List<Expr> grouped = new ArrayList<>();
        int[] before = null;
        for (Expr conjunct : conjuncts) {
            int[] columns = conjunct.columns();
            if (columns.length == 1 && Arrays.equals(columns, before)) {
                int last = grouped.size() - 1;
                List<Expr> both = new ArrayList<>(Expr.conjuncts(grouped.get(last)));
                both.add(conjunct);
                if (both.size() < conjuncts.size()) {
                    grouped.set(last, new Expr.And(both));
                    continue;
                }
            }
            grouped.add(conjunct);
            before = columns;
        }
        return grouped;
    }

    @Override
    public int select(Batch batch, int[] rows, int count, int[] selected) {
        int kept = filters[0].select(batch, rows, count, selected);
        for (int i = 1; i < filters.length && kept > 0; i++) {
            boolean all = rows == null && kept == batch.rows();
            kept = filters[i].select(batch, all ? null : selected, kept, selected);
        }
        return kept;
    }
}
