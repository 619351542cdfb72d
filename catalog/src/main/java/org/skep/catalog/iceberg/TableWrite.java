package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.skep.model.file.ColumnId;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.WriteTarget;
import org.skep.model.type.Schema;

/**
 * A change of a table under way: files are written where {@link #target} says, under names that
 * nobody else has, and become part of the table at once by {@link #commit}, or never.
 */
public final class TableWrite {
    /** What becomes of the rows that are there. */
    public enum Mode {
        APPEND,
        /** All rows go, or those with certain values. */
        OVERWRITE,
        /** The rows of partitions that the new rows are in go. */
        OVERWRITE_PARTITIONS
    }

    /** Where the table comes from. */
    enum Made {
        BEFORE,
        /** It is there, and is replaced. */
        ANEW,
        NEW
    }

    private final String name;
    private final Table table;
    private final Transaction creation;
    private final Made made;
    private final Long base;
    private final Mode mode;
    private final Map<String, Object> where;
    private final Schema schema;
    private final String run = UUID.randomUUID().toString();

    /**
     * @param creation the transaction that also makes the table; null when it is there
     * @param base the snapshot that the statement has read; null for an empty table
     */
    TableWrite(
            String name,
            Table table,
            Transaction creation,
            Made made,
            Long base,
            Mode mode,
            Map<String, Object> where) {
        this.name = name;
        this.table = table;
        this.creation = creation;
        this.made = made;
        this.base = base;
        this.mode = mode;
        this.where = where;
        this.schema = IcebergTypes.fromIceberg(table.schema());
    }

    /** Whether the table is made by this write, in a folder of its own. */
    public boolean isNew() {
        return made == Made.NEW;
    }

    /** The table's folder. */
    public String location() {
        return table.location();
    }

    /** The columns of the rows to write. */
    public Schema schema() {
        return schema;
    }

    public List<PartitionKey> partitioning() {
        return Partitions.keys(table.spec(), schema);
    }

    /** The folder that the names in a write's report are relative to. */
    public String folder() {
        return table.location() + "/data";
    }

    /** Where a plan writes the rows. */
    public WriteTarget target() {
        List<ColumnId> ids = IcebergTypes.ids(table.schema());
        List<String> partitions = partitioning().stream().map(PartitionKey::name).toList();
        return new WriteTarget("parquet", folder(), options(), run, ids, partitions);
    }

    private Map<String, String> options() {
        String codec = table.properties().get("write.parquet.compression-codec");
        return codec == null ? Map.of() : Map.of("compression", codec);
    }

    /**
     * Makes the files part of the table.
     *
     * @throws org.skep.model.error.QueryException COMMIT_CONFLICT when what others wrote meanwhile
     *     cannot stand beside it; the table is then as they left it
     */
    public void commit(List<WrittenFile> files) {
        IcebergErrors.committed(
                name,
                () -> {
                    if (creation == null) {
                        change(files).commit();
                    } else {
                        AppendFiles append = creation.newAppend();
                        files.forEach(file -> append.appendFile(data(file)));
                        append.commit();
                        creation.commitTransaction();
                    }
                    return null;
                });
    }

    private SnapshotUpdate<?> change(List<WrittenFile> files) {
        return switch (mode) {
            case APPEND -> {
                AppendFiles append = table.newAppend();
                files.forEach(file -> append.appendFile(data(file)));
                yield append;
            }
            case OVERWRITE -> {
                Expression gone = gone();
                OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(gone);
                files.forEach(file -> overwrite.addFile(data(file)));
                if (base != null) {
                    overwrite.validateFromSnapshot(base);
                }
                yield overwrite
                        .conflictDetectionFilter(gone)
                        .validateNoConflictingData()
                        .validateNoConflictingDeletes();
            }
            case OVERWRITE_PARTITIONS -> {
                ReplacePartitions replace = table.newReplacePartitions();
                files.forEach(file -> replace.addFile(data(file)));
                if (base != null) {
                    replace.validateFromSnapshot(base);
                }
                yield replace.validateNoConflictingData().validateNoConflictingDeletes();
            }
        };
    }

    private Expression gone() {
        Expression gone = Expressions.alwaysTrue();
        for (Map.Entry<String, Object> value : where.entrySet()) {
            Expression same =
                    value.getValue() == null
                            ? Expressions.isNull(value.getKey())
                            : Expressions.equal(value.getKey(), value.getValue());
            gone = Expressions.and(gone, same);
        }
        return gone;
    }

    private DataFile data(WrittenFile file) {
        DataFiles.Builder builder =
                DataFiles.builder(table.spec())
                        .withFormat(FileFormat.PARQUET)
                        .withPath(file.path())
                        .withFileSizeInBytes(file.bytes())
                        .withMetrics(
                                FileMetrics.toIceberg(
                                        table.schema(), file.rows(), file.statistics()));
        if (table.spec().isPartitioned()) {
            builder.withPartition(Partitions.values(table.spec(), file.partition()));
        }
        return builder.build();
    }
}
