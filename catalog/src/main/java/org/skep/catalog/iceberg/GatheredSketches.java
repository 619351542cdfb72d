package org.skep.catalog.iceberg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.types.Types.NestedField;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.sketch.FrequentItems;
import org.skep.model.sketch.QuantileSketch;
import org.skep.model.sketch.ThetaSketch;

/**
 * Sketches of the rows that a statement has written, made into statistics of the snapshot that it
 * makes: together with those of the snapshot before, if rows were added to some. When that one has
 * no statistics of its own, this one gets none.
 */
final class GatheredSketches {
    /**
     * Statistics of at most this size are written for however few rows, when there are no others.
     */
    private static final long FIRST_BYTES = 1 << 20;

    /** The same when rows are added to others, which may happen again and again. */
    private static final long NEXT_BYTES = 128 << 10;

    /** Larger ones take at most this part of what the rows take. */
    private static final double PART = 0.1;

    private final Gathering gathering;
    private final List<ColumnSketch> sketches;
    private final List<NestedField> written;
    private final long rows;
    private final long bytes;

    /**
     * @param sketches of the first columns; null for one that has none
     * @param written the columns when the write began: somebody else may have moved them since
     * @param files all that was written
     */
    GatheredSketches(
            Gathering gathering,
            List<ColumnSketch> sketches,
            List<NestedField> written,
            List<WrittenFile> files) {
        this.gathering = gathering;
        this.sketches = sketches;
        this.written = written;
        this.rows = files.stream().mapToLong(WrittenFile::rows).sum();
        this.bytes = files.stream().mapToLong(WrittenFile::bytes).sum();
    }

    /** Writes the statistics of a table's newest snapshot, which is not committed yet. */
    Optional<StatisticsFile> file(TableMetadata table, FileIO io) {
        Snapshot snapshot = table.currentSnapshot();
        if (snapshot == null || sketches.isEmpty()) {
            return Optional.empty();
        }
        Snapshot parent = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
        boolean alone =
                gathering == Gathering.ALL || snapshot.parentId() == null || isEmpty(parent);
        List<Blob> blobs = alone ? blobs(table, snapshot) : merged(table, snapshot, parent, io);
        long size = blobs.stream().mapToLong(blob -> blob.blobData().remaining()).sum();
        return blobs.isEmpty() || size > most(alone ? FIRST_BYTES : NEXT_BYTES)
                ? Optional.empty()
                : Optional.of(SketchFile.write(io, table.location(), snapshot, blobs));
    }

    private long most(long small) {
        return Math.max(small, (long) (PART * bytes));
    }

    private static boolean isEmpty(Snapshot snapshot) {
        return snapshot != null
                && "0".equals(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    private List<Blob> blobs(TableMetadata table, Snapshot snapshot) {
        List<Blob> blobs = new ArrayList<>();
        for (int i = 0; i < sketches.size(); i++) {
            if (sketches.get(i) != null && isSame(table.schema(), written.get(i))) {
                int field = written.get(i).fieldId();
                blobs.addAll(SketchFile.blobs(snapshot, field, sketches.get(i), rows));
            }
        }
        return blobs;
    }

    /**
     * Columns that nothing is known of in the rows of before are left out.
     *
     * @param parent null when it has expired
     */
    private List<Blob> merged(TableMetadata table, Snapshot snapshot, Snapshot parent, FileIO io) {
        List<Blob> blobs = new ArrayList<>();
        if (parent == null || parent.schemaId() == null) {
            return blobs;
        }
        Map<Integer, Map<String, Blob>> before = blobsOf(table, parent, io);
        Schema old = table.schemasById().get(parent.schemaId());
        for (int i = 0; i < sketches.size() && !before.isEmpty(); i++) {
            NestedField field = written.get(i);
            Map<String, Blob> known = before.get(field.fieldId());
            boolean alike = isSame(old, field) && isSame(table.schema(), field);
            if (sketches.get(i) != null && alike && known != null) {
                blobs.addAll(merged(snapshot, field.fieldId(), sketches.get(i), known));
            }
        }
        return blobs;
    }

    /** Values of another type have other hashes. */
    private static boolean isSame(Schema schema, NestedField field) {
        NestedField there = schema.findField(field.fieldId());
        return there != null && there.type().equals(field.type());
    }

    private List<Blob> merged(
            Snapshot snapshot, int field, ColumnSketch added, Map<String, Blob> known) {
        Blob distinct = known.get(SketchFile.DISTINCT);
        Blob frequent = known.get(SketchFile.FREQUENT);
        if (distinct == null || frequent == null) {
            return List.of();
        }
        try {
            long rowsBefore = Long.parseLong(frequent.properties().get(SketchFile.ROWS));
            Blob quantiles = known.get(SketchFile.QUANTILES);
            ColumnSketch all =
                    new ColumnSketch(
                            ThetaSketch.of(SketchFile.bytes(distinct)),
                            FrequentItems.of(SketchFile.bytes(frequent)),
                            quantiles == null
                                    ? new QuantileSketch()
                                    : QuantileSketch.of(SketchFile.bytes(quantiles)));
            all.merge(added);
            List<Blob> blobs = SketchFile.blobs(snapshot, field, all, rowsBefore + rows);
            if (quantiles == null) { // those of the new rows alone would mislead
                blobs.removeIf(blob -> blob.type().equals(SketchFile.QUANTILES));
            }
            return blobs;
        } catch (IllegalArgumentException unreadable) { // of another writer, or damaged
            return List.of();
        }
    }

    /** What a snapshot's own statistics say, by columns and types of blobs. */
    private Map<Integer, Map<String, Blob>> blobsOf(
            TableMetadata table, Snapshot snapshot, FileIO io) {
        Snapshot rows = snapshot;
        while (rows.parentId() != null
                && table.snapshot(rows.parentId()) != null
                && DataOperations.REPLACE.equals(rows.operation())) {
            rows = table.snapshot(rows.parentId()); // the same rows in other files
        }
        long id = rows.snapshotId();
        Map<Integer, Map<String, Blob>> found = new HashMap<>();
        for (StatisticsFile file : table.statisticsFiles()) {
            if (file.snapshotId() == id && file.fileSizeInBytes() <= most(NEXT_BYTES)) {
                for (Blob blob : SketchFile.readable(io, file)) {
                    if (blob.snapshotId() == id && blob.inputFields().size() == 1) {
                        found.computeIfAbsent(blob.inputFields().get(0), any -> new HashMap<>())
                                .put(blob.type(), blob);
                    }
                }
            }
        }
        return found;
    }
}
