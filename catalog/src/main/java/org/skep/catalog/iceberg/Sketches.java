package org.skep.catalog.iceberg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.skep.catalog.iceberg.SketchedColumn.FrequentValue;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.sketch.FrequentItems;
import org.skep.model.sketch.QuantileSketch;

/**
 * Statistics that a look at all rows of a table has given, kept in a file beside the snapshot that
 * these rows were read from. A snapshot without such a file is told about by that of the nearest
 * snapshot before it.
 */
public final class Sketches {
    /** Into which quantiles part the values: a plan gets no better by more. */
    private static final int SHARES = 64;

    private final ManagedTable table;
    private final Table iceberg;

    public Sketches(ManagedTable table) {
        this.table = table;
        this.iceberg = table.iceberg();
    }

    /** The file that tells about a snapshot. */
    static Optional<StatisticsFile> nearest(
            Table table, List<StatisticsFile> files, Snapshot snapshot) {
        Map<Long, StatisticsFile> bySnapshot = new HashMap<>();
        for (StatisticsFile file : files) {
            boolean tells =
                    file.blobMetadata().stream()
                            .anyMatch(blob -> blob.type().equals(SketchFile.DISTINCT));
            if (tells) {
                bySnapshot.put(file.snapshotId(), file);
            }
        }
        Snapshot at = bySnapshot.isEmpty() ? null : snapshot;
        while (at != null && !bySnapshot.containsKey(at.snapshotId())) {
            at = at.parentId() == null ? null : table.snapshot(at.parentId());
        }
        return at == null ? Optional.empty() : Optional.of(bySnapshot.get(at.snapshotId()));
    }

    /** The newest snapshot that something is told about: the table's own, or one before it. */
    public Optional<Long> snapshot() {
        return table.statistics().map(StatisticsFile::snapshotId);
    }

    /** What is known of the table's columns, by their places in its schema. */
    public Map<Integer, SketchedColumn> columns() {
        return IcebergErrors.translated(
                table.name(),
                () -> table.statistics().map(file -> columns(file, blobs(file))).orElse(Map.of()));
    }

    private Map<Integer, SketchedColumn> columns(
            StatisticsFile file, Map<Integer, Map<String, Blob>> blobs) {
        Map<Integer, SketchedColumn> known = new HashMap<>();
        List<NestedField> fields = table.fields();
        for (org.apache.iceberg.BlobMetadata blob : file.blobMetadata()) {
            Double distinct = number(blob.properties().get(SketchFile.NDV));
            boolean tells = blob.type().equals(SketchFile.DISTINCT) && distinct != null;
            for (int i = 0; i < fields.size() && tells; i++) {
                if (blob.fields().equals(List.of(fields.get(i).fieldId()))) {
                    known.put(
                            i,
                            column(
                                    blob.sourceSnapshotId(),
                                    distinct,
                                    fields.get(i).type(),
                                    blobs.getOrDefault(fields.get(i).fieldId(), Map.of())));
                }
            }
        }
        return known;
    }

    private SketchedColumn column(
            long snapshot, double distinct, Type type, Map<String, Blob> blobs) {
        Blob blob = blobs.get(SketchFile.FREQUENT);
        Double rows = null;
        Double nulls = null;
        List<FrequentValue> values = List.of();
        double error = 0;
        if (blob != null && blob.snapshotId() == snapshot) {
            rows = number(blob.properties().get(SketchFile.ROWS));
            nulls = number(blob.properties().get(SketchFile.NULLS));
            Optional<FrequentItems> items = items(blob);
            values = items.map(some -> values(some, type)).orElse(List.of());
            error = items.map(FrequentItems::error).orElse(0L);
        } else if (iceberg.snapshot(snapshot) != null) {
            Map<String, String> summary = iceberg.snapshot(snapshot).summary();
            rows = number(summary.get(SnapshotSummary.TOTAL_RECORDS_PROP));
        }
        return new SketchedColumn(
                snapshot,
                distinct,
                rows == null ? -1 : rows,
                nulls == null ? -1 : nulls,
                values,
                error,
                quantiles(blobs.get(SketchFile.QUANTILES), snapshot));
    }

    private static Double number(String text) {
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException noNumber) { // of another writer
            return null;
        }
    }

    private static List<Double> quantiles(Blob blob, long snapshot) {
        if (blob == null || blob.snapshotId() != snapshot) {
            return List.of();
        }
        try {
            QuantileSketch sketch = QuantileSketch.of(SketchFile.bytes(blob));
            return Arrays.stream(sketch.quantiles(SHARES)).boxed().toList();
        } catch (IllegalArgumentException damaged) {
            return List.of();
        }
    }

    /** Blobs of our own types by their fields and types; none when the file is gone. */
    private Map<Integer, Map<String, Blob>> blobs(StatisticsFile file) {
        boolean some =
                file.blobMetadata().stream()
                        .anyMatch(blob -> blob.type().equals(SketchFile.FREQUENT));
        Map<Integer, Map<String, Blob>> found = new HashMap<>();
        if (some) {
            for (Blob blob : SketchFile.readable(iceberg.io(), file)) {
                boolean ours =
                        blob.type().equals(SketchFile.FREQUENT)
                                || blob.type().equals(SketchFile.QUANTILES);
                if (ours) {
                    found.computeIfAbsent(blob.inputFields().get(0), field -> new HashMap<>())
                            .put(blob.type(), blob);
                }
            }
        }
        return found;
    }

    private static Optional<FrequentItems> items(Blob blob) {
        try {
            return Optional.of(FrequentItems.of(SketchFile.bytes(blob)));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static List<FrequentValue> values(FrequentItems items, Type type) {
        List<FrequentValue> values = new ArrayList<>();
        for (FrequentItems.Item item : items.items()) {
            Object value = FileMetrics.value(type, ByteBuffer.wrap(item.value()));
            if (value != null) {
                values.add(new FrequentValue(value, item.count()));
            }
        }
        return values;
    }

    /**
     * Makes sketches the statistics of the snapshot that the table is at. Those of other columns
     * stay, with the snapshot that they are of.
     *
     * @param sketches by the columns' places in the table's schema
     * @param rows how many rows the snapshot has
     * @throws QueryException COMMIT_CONFLICT when the snapshot has expired meanwhile
     */
    public void write(Map<Integer, ColumnSketch> sketches, long rows) {
        IcebergErrors.translated(
                table.name(),
                () -> {
                    StatisticsFile file =
                            SketchFile.write(
                                    iceberg.io(),
                                    iceberg.location(),
                                    table.snapshot(),
                                    blobs(sketches, rows));
                    boolean needed = false;
                    try {
                        publish(file);
                        needed = true;
                    } catch (CommitStateUnknownException e) {
                        needed = true; // by what may have been published
                        throw e;
                    } finally {
                        if (!needed) {
                            iceberg.io().deleteFile(file.path());
                        }
                    }
                    return null;
                });
    }

    private List<Blob> blobs(Map<Integer, ColumnSketch> sketches, long rows) {
        List<Blob> blobs = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < table.fields().size(); i++) {
            int field = table.fields().get(i).fieldId();
            if (sketches.containsKey(i)) {
                blobs.addAll(SketchFile.blobs(table.snapshot(), field, sketches.get(i), rows));
            } else if (table.fields().get(i).type().isPrimitiveType()) {
                others.add(field);
            }
        }
        if (!others.isEmpty() && table.statistics().isPresent()) {
            for (Blob blob : SketchFile.readable(iceberg.io(), table.statistics().get())) {
                if (blob.inputFields().size() == 1 && others.contains(blob.inputFields().get(0))) {
                    blobs.add(blob);
                }
            }
        }
        return blobs;
    }

    private void publish(StatisticsFile file) {
        Commits.retried(
                table.name(),
                iceberg,
                () -> {
                    if (iceberg.snapshot(file.snapshotId()) == null) {
                        throw new QueryException(
                                ErrorCode.COMMIT_CONFLICT,
                                "snapshot %d of table '%s' has expired meanwhile"
                                        .formatted(file.snapshotId(), table.name()),
                                "run the statement again");
                    }
                    iceberg.updateStatistics().setStatistics(file).commit();
                });
    }
}
