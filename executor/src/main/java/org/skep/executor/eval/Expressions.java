package org.skep.executor.eval;

import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.plan.Expr;

/** Makes expressions executable. What it returns keeps scratch state and serves one thread. */
public final class Expressions {
    private Expressions() {}

    public static Evaluator evaluator(Expr expr) {
        Evaluator evaluator = ExpressionCompiler.SHARING.compile(expr);
        return batch -> batch.rows() == 0 ? empty(expr) : evaluator.evaluate(batch);
    }

    /**
     * For a BOOLEAN expression. A conjunction is left to kernels, which ask the next condition for
     * fewer and fewer rows.
     */
    public static Predicate predicate(Expr condition) {
        Filter kernels = ExpressionCompiler.SHARING.filter(condition);
        boolean fuses = condition.kind() != Expr.Kind.AND && FusedColumns.pays(condition);
        Filter filter = fuses ? FusedColumns.filter(condition, kernels) : kernels;
        return new Predicate() {
            @Override
            public int select(Batch batch, int[] selected) {
                return batch.rows() == 0 ? 0 : filter.select(batch, null, batch.rows(), selected);
            }

            @Override
            public int select(Batch batch, int[] rows, int count, int[] selected) {
                return count == 0 ? 0 : filter.select(batch, rows, count, selected);
            }
        };
    }

    /** The value of an expression without inputs, boxed. */
    public static Object value(Expr constant) {
        return evaluator(constant).evaluate(new Batch(1)).value(0);
    }

    private static Column empty(Expr expr) {
        return ColumnBuilder.of(expr.type(), 0).build();
    }
}
