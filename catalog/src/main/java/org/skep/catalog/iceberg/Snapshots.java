package org.skep.catalog.iceberg;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;

/** The states that a table was in and that are still kept. */
public final class Snapshots {
    private final TableIdentifier id;
    private final String name;
    private final Table table;

    public Snapshots(ManagedTable table) {
        this.id = table.id();
        this.name = table.name();
        this.table = table.iceberg();
    }

    /** Oldest first. */
    public List<SnapshotEntry> list() {
        List<SnapshotEntry> entries = new ArrayList<>();
        for (Snapshot snapshot : inOrder()) {
            entries.add(entry(snapshot));
        }
        return entries;
    }

    /** What is read now; empty when nothing was ever written. */
    public Optional<SnapshotEntry> current() {
        return Optional.ofNullable(table.currentSnapshot()).map(this::entry);
    }

    private List<Snapshot> inOrder() {
        List<Snapshot> snapshots = new ArrayList<>();
        table.snapshots().forEach(snapshots::add);
        snapshots.sort(Comparator.comparingLong(Snapshot::sequenceNumber));
        return snapshots;
    }

    private SnapshotEntry entry(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary() == null ? Map.of() : snapshot.summary();
        // rows deleted by position are still counted in their files
        Long gone = count(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP, 0L);
        boolean exact = count(summary, SnapshotSummary.TOTAL_EQ_DELETES_PROP, 0L) == 0;
        Long records = count(summary, SnapshotSummary.TOTAL_RECORDS_PROP, null);
        Long deleted =
                count(summary, SnapshotSummary.DELETED_RECORDS_PROP, 0L)
                        + count(summary, SnapshotSummary.ADDED_POS_DELETES_PROP, 0L)
                        - count(summary, SnapshotSummary.REMOVED_POS_DELETES_PROP, 0L);
        return new SnapshotEntry(
                snapshot.snapshotId(),
                snapshot.parentId(),
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                snapshot.operation(),
                count(summary, SnapshotSummary.ADDED_RECORDS_PROP, 0L),
                deleted,
                records == null || !exact ? null : records - gone,
                count(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP, null),
                count(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP, null),
                snapshot == table.currentSnapshot());
    }

    private static Long count(Map<String, String> summary, String key, Long otherwise) {
        String value = summary.get(key);
        try {
            return value == null ? otherwise : Long.valueOf(value);
        } catch (NumberFormatException noNumber) {
            return otherwise;
        }
    }

    /** The table as it was in a snapshot. */
    public Optional<ManagedTable> find(long id) {
        return Optional.ofNullable(table.snapshot(id)).map(this::at);
    }

    /** The table as it is in a snapshot that was given a name, an Iceberg branch or tag. */
    public Optional<ManagedTable> find(String reference) {
        SnapshotRef named = table.refs().get(reference);
        return named == null ? Optional.empty() : find(named.snapshotId());
    }

    /**
     * The table as it was at a time; empty for one before its first snapshot that is still kept. If
     * it was replaced since, what was there before the replacement counts.
     */
    public Optional<ManagedTable> asOf(Instant time) {
        Long found = null;
        for (HistoryEntry entry : table.history()) {
            if (entry.timestampMillis() <= time.toEpochMilli()) {
                found = entry.snapshotId();
            }
        }
        if (found != null) {
            Snapshot kept = table.snapshot(found);
            return Optional.ofNullable(kept).map(this::at);
        }
        Snapshot newest = null;
        for (Snapshot snapshot : inOrder()) {
            if (snapshot.timestampMillis() <= time.toEpochMilli()) {
                newest = snapshot;
            }
        }
        return Optional.ofNullable(newest).map(this::at);
    }

    private ManagedTable at(Snapshot snapshot) {
        return ManagedTable.at(id, table, snapshot);
    }

    /**
     * Makes an older state, or one that was left by going back, the current one, with the columns
     * of that time. Snapshots in between stay. It is put on top of whatever the table is by then,
     * so what others commit while this runs is undone as well; a change that they have begun and
     * not committed either stands beside it, as an append does, or is refused.
     */
    public void rollback(ManagedTable to) {
        Commits.retried(name, table, metadata -> rolledBack(metadata, to.snapshot().snapshotId()));
    }

    private static TableMetadata rolledBack(TableMetadata now, long id) {
        Snapshot snapshot = now.snapshot(id);
        if (snapshot == null) {
            throw new ValidationException("snapshot %s has expired", id);
        }
        TableMetadata.Builder changed =
                TableMetadata.buildFrom(now).setBranchSnapshot(id, SnapshotRef.MAIN_BRANCH);
        Integer schemaId = snapshot.schemaId();
        if (schemaId != null && schemaId != now.currentSchemaId()) {
            Schema schema = now.schemasById().get(schemaId);
            changed.setCurrentSchema(schemaId);
            if (!fits(now.spec(), schema)) {
                changed.setDefaultPartitionSpec(spec(now, snapshot, schema));
            }
            changed.setDefaultSortOrder(SortOrder.unsorted()); // nothing here sorts by it
        }
        return changed.build();
    }

    private static boolean fits(PartitionSpec spec, Schema schema) {
        return spec.fields().stream().allMatch(field -> schema.findField(field.sourceId()) != null);
    }

    /** The partitioning of the snapshot's newest files that fits its columns, or none. */
    private static PartitionSpec spec(TableMetadata now, Snapshot snapshot, Schema schema) {
        Set<Integer> used = new HashSet<>();
        for (ManifestFile manifest : snapshot.allManifests(new LocalFileIO())) {
            used.add(manifest.partitionSpecId());
        }
        return now.specs().stream()
                .filter(spec -> used.contains(spec.specId()) && fits(spec, schema))
                .max(Comparator.comparingInt(PartitionSpec::specId))
                .orElse(PartitionSpec.unpartitioned());
    }
}
