package org.skep.executor.eval;

import org.skep.model.data.Batch;
import org.skep.model.data.Column;

/** A compiled expression, used by one thread. */
public interface Evaluator {
    /**
     * The expression's value for every row of {@code batch}.
     *
     * @throws org.skep.model.error.QueryException or ArithmeticException when a row fails
     */
    Column evaluate(Batch batch);
}
