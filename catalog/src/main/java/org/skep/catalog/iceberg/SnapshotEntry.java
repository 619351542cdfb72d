package org.skep.catalog.iceberg;

import java.time.Instant;

/**
 * A state that a table was in. Counts are null where whoever wrote it did not note them.
 *
 * @param parent the state that was changed into this one; null for the first
 * @param operation {@code append}, {@code overwrite}, {@code delete} or {@code replace}
 * @param current whether it is what is read now
 */
public record SnapshotEntry(
        long id,
        Long parent,
        Instant committed,
        String operation,
        Long rowsAdded,
        Long rowsDeleted,
        Long rows,
        Long files,
        Long bytes,
        boolean current) {}
