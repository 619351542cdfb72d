package org.skep.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Batch updates: one after another, up to the first that fails. */
final class Batches {
    interface Update<T> {
        /** Rows written. */
        long run(T item) throws SQLException;
    }

    private Batches() {}

    static <T> int[] run(List<T> items, Update<T> update) throws BatchUpdateException {
        int[] counts = new int[items.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = SkepStatement.narrowed(update.run(items.get(i)));
            } catch (SQLException e) {
                BatchUpdateException failure =
                        new BatchUpdateException(
                                "statement %d of the batch: %s".formatted(i + 1, e.getMessage()),
                                e.getSQLState(),
                                Arrays.copyOf(counts, i));
                failure.initCause(e);
                throw failure;
            }
        }
        return counts;
    }
}
