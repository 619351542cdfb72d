package org.skep.catalog.iceberg;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Forgets old snapshots and deletes the files that only they named.
 *
 * <p>A snapshot's age counts from when it was left, not from when it was made: whoever began to
 * read it while it was the newest, and reads for no longer than that age, never misses a file.
 * Iceberg itself counts from when it was made, which takes the files away from under a statement
 * that has just begun to read a table last written long ago.
 */
public final class Expiry {
    private final String name;
    private final Table table;

    public Expiry(ManagedTable table) {
        this.name = table.name();
        this.table = table.iceberg();
    }

    /**
     * @param before when a snapshot must have been left, at the latest
     * @param retained so many of the newest snapshots stay, the current one always
     * @throws QueryException COMMIT_CONFLICT when somebody goes back to a snapshot that is to go
     */
    public Removed expire(Instant before, int retained) {
        return IcebergErrors.translated(
                name,
                () -> {
                    table.refresh();
                    Removed[] removed = new Removed[1];
                    Races.won(table, () -> removed[0] = once(before, retained));
                    return removed[0];
                });
    }

    private Removed once(Instant before, int retained) {
        List<Long> old = old(before.toEpochMilli(), retained);
        if (old.isEmpty()) {
            return new Removed(0, 0, 0);
        }
        Deletions deletions = new Deletions();
        // not by Iceberg's own measure of age: only what is named goes
        ExpireSnapshots expire =
                table.expireSnapshots().expireOlderThan(0).deleteWith(deletions::delete);
        old.forEach(expire::expireSnapshotId);
        try {
            expire.commit();
        } catch (IllegalArgumentException inUseAgain) {
            throw new QueryException(
                    ErrorCode.COMMIT_CONFLICT,
                    "table '%s' was changed by somebody else meanwhile: %s"
                            .formatted(name, inUseAgain.getMessage()),
                    "run the statement again: it will see what they did");
        }
        return deletions.removed(old.size());
    }

    private List<Long> old(long beforeMillis, int retained) {
        Map<Long, Long> left = left();
        Set<Long> kept = new HashSet<>();
        for (SnapshotRef named : table.refs().values()) {
            kept.add(named.snapshotId());
        }
        List<Snapshot> newestFirst = new ArrayList<>();
        table.snapshots().forEach(newestFirst::add);
        newestFirst.sort(Comparator.comparingLong(Snapshot::sequenceNumber).reversed());
        newestFirst.stream().limit(retained).forEach(snapshot -> kept.add(snapshot.snapshotId()));
        List<Long> old = new ArrayList<>();
        for (Snapshot snapshot : newestFirst) {
            long id = snapshot.snapshotId();
            if (!kept.contains(id) && left.get(id) <= beforeMillis) {
                old.add(id);
            }
        }
        return old;
    }

    /** When each snapshot but the current one was left for another, in milliseconds. */
    private Map<Long, Long> left() {
        Map<Long, Long> left = new HashMap<>();
        Long current = null;
        long first = Long.MAX_VALUE;
        for (HistoryEntry entry : table.history()) {
            if (current != null) {
                left.merge(current, entry.timestampMillis(), Math::max);
            }
            current = entry.snapshotId();
            first = Math.min(first, entry.timestampMillis());
        }
        for (Snapshot snapshot : table.snapshots()) {
            // of a table that was replaced: what was there before has no history any more
            long made = snapshot.timestampMillis();
            boolean replaced = made < first && first < Long.MAX_VALUE;
            left.putIfAbsent(snapshot.snapshotId(), replaced ? first : made);
        }
        return left;
    }
}
