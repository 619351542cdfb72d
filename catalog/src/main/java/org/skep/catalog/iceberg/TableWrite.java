package org.skep.catalog.iceberg;

import java.util.List;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.types.Types.NestedField;
import org.skep.model.file.ColumnId;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.WriteTarget;
import org.skep.model.plan.SortKey;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.type.Schema;

/**
 * A change of a table under way: files are written where {@link #target} says, under names that
 * nobody else has, and become part of the table at once by {@link #commit}, or never.
 */
public final class TableWrite {
    /** Where the table comes from. */
    enum Made {
        BEFORE,
        /** It is there, and is replaced. */
        ANEW,
        NEW
    }

    /** A table with this property set to false gets its statistics from ANALYZE TABLE only. */
    private static final String GATHER = "skep.gather-statistics";

    /** Sketches take memory: a hundred kilobytes per column and task. */
    private static final int MOST_SKETCHED = 100;

    private final String name;
    private final Table table;
    private final Transaction creation;
    private final Made made;
    private final Base base;
    private final SnapshotChange change;
    private final Gathering gathering;
    private final List<NestedField> columns;
    private final Schema schema;
    private final String run = UUID.randomUUID().toString();
    private int targets;

    /**
     * @param creation the transaction that also makes the table; null when it is there
     * @param base what the statement has read
     * @param gathering what its rows tell of all rows
     */
    TableWrite(
            String name,
            Table table,
            Transaction creation,
            Made made,
            Base base,
            SnapshotChange change,
            Gathering gathering) {
        this.name = name;
        this.table = table;
        this.creation = creation;
        this.made = made;
        this.base = base;
        this.change = change;
        this.gathering =
                "false".equals(table.properties().get(GATHER)) ? Gathering.NONE : gathering;
        this.columns = table.schema().columns();
        this.schema = IcebergTypes.fromIceberg(table.schema());
    }

    /** Whether the table is made by this write, in a folder of its own. */
    public boolean isNew() {
        return made == Made.NEW;
    }

    /** The table's folder. */
    public String location() {
        return LocalFileIO.path(table.location());
    }

    /** The columns of the rows to write. */
    public Schema schema() {
        return schema;
    }

    public List<PartitionKey> partitioning() {
        return Partitions.keys(table.spec(), schema);
    }

    /** By what the rows in each file must be sorted. */
    public List<SortKey> sorting() {
        return SortOrders.keys(table.sortOrder(), table.schema());
    }

    /** The folder that the names in a write's report are relative to. */
    public String folder() {
        return location() + "/data";
    }

    /** Part of the names of all files of this write, and of no other's. */
    public String run() {
        return run;
    }

    /** By which the files know the columns. */
    public List<ColumnId> ids() {
        return IcebergTypes.ids(table.schema());
    }

    /** Where a plan writes rows; another plan gets another target. */
    public WriteTarget target() {
        List<String> partitions = partitioning().stream().map(PartitionKey::name).toList();
        String names = targets++ == 0 ? run : run + "-" + targets;
        int sketched = gathering == Gathering.NONE ? 0 : Math.min(MOST_SKETCHED, schema.size());
        WriteProperties properties = WriteProperties.of(table.properties(), schema);
        return new WriteTarget(
                "parquet",
                folder(),
                properties.options(),
                names,
                ids(),
                properties.fileBytes(),
                partitions,
                sketched);
    }

    /** Makes the files part of the table, without statistics of their rows. */
    public void commit(List<WrittenFile> files) {
        commit(files, List.of());
    }

    /**
     * Makes the files part of the table.
     *
     * @param sketches of the rows in them, of the first columns; null for columns without, empty
     *     for none at all
     * @throws org.skep.model.error.QueryException COMMIT_CONFLICT when what others wrote meanwhile
     *     cannot stand beside it; the table is then as they left it
     */
    public void commit(List<WrittenFile> files, List<ColumnSketch> sketches) {
        List<DataFile> added = files.stream().map(this::data).toList();
        GatheredSketches gathered = new GatheredSketches(gathering, sketches, columns, files);
        IcebergErrors.committed(
                name,
                this::newest,
                () -> {
                    if (creation == null) {
                        Table changed = sketches.isEmpty() ? table : sketching(gathered);
                        Races.won(table, () -> change(changed, added));
                    } else {
                        create(added, gathered);
                    }
                    return null;
                });
    }

    private void change(Table changed, List<DataFile> added) {
        SnapshotUpdate<?> update = change.of(changed, base, added);
        ManifestThreads.choose(update, changed, added.size());
        update.commit();
    }

    private Table sketching(GatheredSketches gathered) {
        return new BaseTable(
                new SketchingOperations(((HasTableOperations) table).operations(), gathered), name);
    }

    private void create(List<DataFile> added, GatheredSketches gathered) {
        AppendFiles append = creation.newAppend();
        added.forEach(append::appendFile);
        ManifestThreads.choose(append, creation.table(), added.size());
        append.commit();
        TableMetadata staged = ((HasTableOperations) creation.table()).operations().current();
        gathered.file(staged, table.io())
                .ifPresent(file -> creation.updateStatistics().setStatistics(file).commit());
        creation.commitTransaction();
    }

    /** Who was faster. */
    private String newest() {
        table.refresh();
        return IcebergErrors.winner(table.currentSnapshot());
    }

    /** Who compares locations as texts, to find files that are no table's, must find ours. */
    private String scheme() {
        String location = table.location();
        return location.substring(0, location.length() - location().length());
    }

    private DataFile data(WrittenFile file) {
        DataFiles.Builder builder =
                DataFiles.builder(table.spec())
                        .withFormat(FileFormat.PARQUET)
                        .withPath(scheme() + file.path())
                        .withFileSizeInBytes(file.bytes())
                        .withMetrics(
                                FileMetrics.toIceberg(
                                        table.schema(), file.rows(), file.statistics()));
        if (!sorting().isEmpty()) {
            builder.withSortOrder(table.sortOrder());
        }
        if (table.spec().isPartitioned()) {
            builder.withPartition(Partitions.values(table.spec(), file.partition()));
        }
        return builder.build();
    }
}
