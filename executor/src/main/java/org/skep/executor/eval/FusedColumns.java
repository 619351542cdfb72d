package org.skep.executor.eval;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.Expr;
import org.skep.model.type.Type;

/**
 * Computes expressions of several columns row by row in one compiled loop, so that what is between
 * input and result is never a column. Like {@link FusedSums} it takes a batch or leaves it to the
 * interpreted kernels, and raises no errors.
 */
public final class FusedColumns {
    /** A single node is one pass over its operands as a kernel, too. */
    private static final int FEWEST_NODES = 2;

    private final List<Expr> expressions;
    private final FusedTerms terms;
    private final FusedTier tier;
    private final FusedState state;

    private FusedColumns(List<Expr> expressions) {
        this.expressions = List.copyOf(expressions);
        terms =
                new FusedTerms(
                        expressions.stream()
                                .map(expr -> new FusedTerm(expr, null, FusedTerm.Fold.COLUMN))
                                .toList());
        tier = new FusedTier(terms);
        state = new FusedState(terms);
    }

    /**
     * @param expressions some that are {@link #pays worth it}
     */
    public static FusedColumns of(List<Expr> expressions) {
        return new FusedColumns(expressions);
    }

    /**
     * Whether an expression can be computed here, and is better off here: one of a single column is
     * not, because of dictionaries.
     */
    public static boolean pays(Expr expr) {
        return expr.columns().length > 1
                && FusedTerms.writesAll(expr)
                && nodes(expr) >= FEWEST_NODES;
    }

    private static int nodes(Expr expr) {
        boolean leaf = expr.inputs().isEmpty() || expr.columns().length == 0;
        return leaf ? 0 : 1 + expr.inputs().stream().mapToInt(FusedColumns::nodes).sum();
    }

    /** A condition that is computed here where that is possible, else by another filter. */
    static Filter filter(Expr condition, Filter other) {
        FusedColumns fused = of(List.of(condition));
        return (batch, rows, count, selected) -> {
            Column[] truth = rows == null ? fused.compute(batch) : null;
            return truth == null
                    ? other.select(batch, rows, count, selected)
                    : Filter.whereTrue(truth[0], null, count, selected);
        };
    }

    /** A column for each expression; null if the kernels must do for this batch. */
    public Column[] compute(Batch batch) {
        FusedLoop loop = tier.loop(batch, true);
        if (loop == null) {
            return null;
        }
        int rows = batch.rows();
        for (int i = 0; i < expressions.size(); i++) {
            state.out[2 * i] = values(expressions.get(i).type(), rows);
            state.out[2 * i + 1] = new long[Bits.words(rows)];
        }
        if (loop.add(tier.in(), terms.literals(), null, state, rows) < 0) {
            tier.failed();
            return null;
        }
        Column[] columns = new Column[expressions.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(expressions.get(i).type(), i, rows);
        }
        return columns;
    }

    private static Object values(Type type, int rows) {
        return switch (type.layout()) {
            case BOOLEAN -> new byte[rows];
            case INT -> new int[rows];
            case LONG, DECIMAL -> new long[rows];
            case DOUBLE -> new double[rows];
            case BYTES, ARRAY, STRUCT -> throw new IllegalArgumentException("a loop of " + type);
        };
    }

    private Column column(Type type, int place, int rows) {
        Object values = state.out[2 * place];
        long[] nulls = (long[]) state.out[2 * place + 1];
        long[] validity = null;
        for (int i = 0; i < nulls.length; i++) {
            if (nulls[i] != 0 && validity == null) {
                validity = Bits.allSet(rows);
            }
        }
        for (int i = 0; validity != null && i < nulls.length; i++) {
            validity[i] &= ~nulls[i];
        }
        return switch (type.layout()) {
            case BOOLEAN -> new BooleanColumn(type, (byte[]) values, rows, validity);
            case INT -> new IntColumn(type, (int[]) values, rows, validity);
            case LONG -> new LongColumn(type, (long[]) values, rows, validity);
            case DECIMAL -> DecimalColumn.ofLongs(type, (long[]) values, rows, validity);
            case DOUBLE -> new DoubleColumn(type, (double[]) values, rows, validity);
            case BYTES, ARRAY, STRUCT -> throw new IllegalArgumentException("a loop of " + type);
        };
    }
}
