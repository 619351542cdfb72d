package org.skep.executor.eval;

import org.skep.model.data.Batch;

/** A compiled condition, used by one thread. */
public interface Predicate {
    /**
     * Puts the rows for which the condition is true (not false, not null) into {@code selected},
     * ascending, and says how many they are. {@code selected} has room for all rows.
     */
    int select(Batch batch, int[] selected);
}
