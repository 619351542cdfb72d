package org.skep.executor.eval;

import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** Calls one function for every row of a batch. */
interface CallLoop {
    /**
     * @param arguments flat columns
     * @param validity of the rows for which to call; the others are null
     */
    Column run(Column[] arguments, long[] validity, int rows, Type result);
}
