package org.skep.executor.eval;

import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.Expr;

/** An operand that is evaluated for some rows only, over the columns it reads only. */
final class Subset {
    private final int[] columns;
    private final Evaluator evaluator;
    private final boolean constant;

    Subset(Expr expr, ExpressionCompiler compiler) {
        columns = expr.columns();
        int[] places = new int[columns.length == 0 ? 0 : columns[columns.length - 1] + 1];
        for (int i = 0; i < columns.length; i++) {
            places[columns[i]] = i;
        }
        evaluator = compiler.compile(expr.remap(places));
        constant = evaluator instanceof Constant;
    }

    /** The value at each of the first {@code count} of {@code rows}. */
    Column evaluate(Batch batch, int[] rows, int count) {
        if (constant) {
            return evaluator.evaluate(new Batch(count));
        }
        Batch used = batch.select(columns);
        return evaluator.evaluate(count == batch.rows() ? used : used.gather(rows, count));
    }

    boolean isConstant() {
        return constant;
    }

    Column constantEntry() {
        return ((Constant) evaluator).entry();
    }
}
