package org.skep.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.ColumnId;
import org.skep.model.file.DataFile;
import org.skep.model.file.DeleteFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Schema;

/** A table of the warehouse as one statement sees it: at one snapshot, whatever others write. */
public final class ManagedTable {
    private static final String COMMENT = "comment";
    private static final String CHECK = "skep.check.";
    private static final String DEFAULT = "skep.default.";

    private final TableIdentifier id;
    private final String name;
    private final Table table;
    private final Snapshot snapshot;
    private final org.apache.iceberg.Schema columns;
    private final Schema schema;
    private final Optional<StatisticsFile> statistics;

    /**
     * @param snapshot which is read; null when nothing was ever written
     */
    private ManagedTable(
            TableIdentifier id, Table table, Snapshot snapshot, org.apache.iceberg.Schema columns) {
        this.id = id;
        this.name = written(id.namespace().level(0), id.name());
        this.table = table;
        this.snapshot = snapshot;
        this.columns = columns;
        this.schema = IcebergTypes.fromIceberg(columns);
        this.statistics = Sketches.nearest(table, table.statisticsFiles(), snapshot);
    }

    /** A table as it is now: its newest rows, and columns that may have changed since these. */
    static ManagedTable now(TableIdentifier id, Table table) {
        return new ManagedTable(id, table, table.currentSnapshot(), table.schema());
    }

    /** A table as it was, with the columns of that time. */
    static ManagedTable at(TableIdentifier id, Table table, Snapshot snapshot) {
        Integer schema = snapshot.schemaId();
        return new ManagedTable(
                id, table, snapshot, schema == null ? table.schema() : table.schemas().get(schema));
    }

    TableIdentifier id() {
        return id;
    }

    /** Schema and table, as {@link #written} has them. */
    public String name() {
        return name;
    }

    /** Schema and table, the default schema left out. */
    public static String written(String schema, String name) {
        return schema.equals("default") ? name : schema + "." + name;
    }

    public Schema schema() {
        return schema;
    }

    /** By which its files know its columns. */
    public List<ColumnId> ids() {
        return IcebergTypes.ids(columns);
    }

    public List<PartitionKey> partitioning() {
        return Partitions.keys(table.spec(), schema);
    }

    /** By what the rows in each file that is written from now on are sorted. */
    public List<SortKey> sorting() {
        return SortOrders.keys(table.sortOrder(), table.schema());
    }

    /** The folder of its files. */
    public String location() {
        return table.location();
    }

    /** What the creator wrote about it, or null. */
    public String comment() {
        return table.properties().get(COMMENT);
    }

    /** What is written about its columns, by their names; those without are left out. */
    public Map<String, String> columnComments() {
        Map<String, String> comments = new LinkedHashMap<>();
        for (NestedField column : columns.columns()) {
            if (column.doc() != null) {
                comments.put(column.name(), column.doc());
            }
        }
        return comments;
    }

    /** The property that keeps a CHECK. */
    public static String checkKey(String name) {
        return CHECK + name;
    }

    /** The property that keeps the DEFAULT of a column. */
    public static String defaultKey(String column) {
        return DEFAULT + column.toLowerCase(Locale.ROOT);
    }

    /** The conditions of CHECKs as SQL, by their names. */
    public Map<String, String> checks() {
        return behind(CHECK);
    }

    /** The DEFAULTs as SQL, by their columns' names in lower case. */
    public Map<String, String> defaults() {
        return behind(DEFAULT);
    }

    private Map<String, String> behind(String prefix) {
        Map<String, String> found = new TreeMap<>();
        table.properties()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(prefix)) {
                                found.put(key.substring(prefix.length()), value);
                            }
                        });
        return found;
    }

    /** The properties that keep CHECKs and DEFAULTs. */
    public Map<String, String> ruleProperties() {
        Map<String, String> rules = new TreeMap<>(table.properties());
        rules.keySet().removeIf(key -> !isRule(key));
        return rules;
    }

    private static boolean isRule(String key) {
        return key.startsWith(CHECK) || key.startsWith(DEFAULT);
    }

    /** {@code TBLPROPERTIES}, in the order of their names. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(table.properties());
        properties.keySet().removeIf(ManagedTable::isRule);
        properties.remove(COMMENT);
        properties.remove(TableProperties.PARQUET_COMPRESSION, "zstd"); // Iceberg notes its default
        return properties;
    }

    /** Of Iceberg's table format. */
    public int formatVersion() {
        return ((HasTableOperations) table).operations().current().formatVersion();
    }

    /** In the order of their names. Files from before a table was partitioned have none. */
    public List<PartitionEntry> partitions() {
        return IcebergErrors.translated(
                name,
                () -> {
                    Map<String, PartitionEntry> partitions = new TreeMap<>();
                    if (snapshot == null) {
                        return List.of();
                    }
                    TableScan scan = table.newScan().useSnapshot(snapshot.snapshotId());
                    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
                        for (FileScanTask task : tasks) {
                            PartitionEntry one = partition(task);
                            partitions.merge(one.name(), one, PartitionEntry::plus);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return List.copyOf(partitions.values());
                });
    }

    private static PartitionEntry partition(FileScanTask task) {
        org.apache.iceberg.DataFile file = task.file();
        String name = Partitions.name(task.spec(), file.partition());
        return new PartitionEntry(name, 1, file.recordCount(), file.fileSizeInBytes());
    }

    /** Tells this state of the table, rows, columns, layout and statistics, from all others. */
    public String version() {
        String metadata = ((HasTableOperations) table).operations().current().uuid();
        return "%s@%d/%d/%d/%d %s"
                .formatted(
                        metadata,
                        snapshot == null ? 0 : snapshot.snapshotId(),
                        columns.schemaId(),
                        table.spec().specId(),
                        table.sortOrder().orderId(),
                        statistics.map(StatisticsFile::path).orElse(""));
    }

    /** The file that tells about its rows, or about those of a snapshot before. */
    Optional<StatisticsFile> statistics() {
        return statistics;
    }

    List<NestedField> fields() {
        return columns.columns();
    }

    /** Whether anything was ever written. */
    public boolean hasSnapshot() {
        return snapshot != null;
    }

    /** The number of the snapshot that is read, of a table that has one. */
    public long snapshotId() {
        return snapshot.snapshotId();
    }

    Table iceberg() {
        return table;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Its data files, with what the manifests know of them. */
    public FileTable files() {
        return IcebergErrors.translated(name, this::plan);
    }

    private FileTable plan() {
        List<DataFile> files = new ArrayList<>();
        double rows = 0;
        boolean exact = true;
        if (snapshot != null) {
            TableScan scan =
                    table.newScan().useSnapshot(snapshot.snapshotId()).includeColumnStats();
            try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
                for (FileScanTask task : tasks) {
                    files.add(file(task));
                    rows += task.file().recordCount();
                    exact &= task.deletes().isEmpty();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        FileSource source =
                new FileSource("parquet", List.of(location()), Map.of(), schema, List.of());
        TableStatistics statistics = new TableStatistics(rows, exact, List.of());
        return new FileTable(source, schema, 0, files, statistics, ids(), name)
                .with(Buckets.of(table, schema));
    }

    private DataFile file(FileScanTask task) {
        org.apache.iceberg.DataFile file = task.file();
        if (file.format() != FileFormat.PARQUET) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "table '%s' has files of format %s, such as %s"
                            .formatted(name, file.format(), file.location()),
                    "only Parquet files can be read");
        }
        List<DeleteFile> deletes = new ArrayList<>();
        for (org.apache.iceberg.DeleteFile delete : task.deletes()) {
            if (delete.format() != FileFormat.PARQUET) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "table '%s' has deletes of format %s, such as %s"
                                .formatted(name, delete.format(), delete.location()),
                        "rewrite the table's deletes as Parquet files of format version 2");
            }
            boolean positions = delete.content() == FileContent.POSITION_DELETES;
            deletes.add(
                    new DeleteFile(
                            path(delete.location()),
                            delete.fileSizeInBytes(),
                            positions ? DeleteFile.Kind.POSITION : DeleteFile.Kind.EQUALITY,
                            positions ? List.of() : delete.equalityFieldIds()));
        }
        return new DataFile(
                path(file.location()),
                file.fileSizeInBytes(),
                0,
                List.of(),
                FileMetrics.fromIceberg(columns, file),
                deletes,
                Buckets.of(table, file));
    }

    /** The path of a location. */
    static String path(String location) {
        return LocalFileIO.path(location);
    }
}
