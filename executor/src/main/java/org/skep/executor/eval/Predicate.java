package org.skep.executor.eval;

import org.skep.model.data.Batch;

/** A compiled condition, used by one thread. */
public interface Predicate {
    /**
     * Puts the rows for which the condition is true (not false, not null) into {@code selected},
     * ascending, and says how many they are. {@code selected} has room for all rows.
     */
    int select(Batch batch, int[] selected);

    /**
     * The same among some rows only.
     *
     * @param rows the rows that come into question, ascending
     * @param count how many do
     */
    default int select(Batch batch, int[] rows, int count, int[] selected) {
        int kept = select(batch.gather(rows, count), selected);
        for (int i = 0; i < kept; i++) {
            selected[i] = rows[selected[i]];
        }
        return kept;
    }
}
