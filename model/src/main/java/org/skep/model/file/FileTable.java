package org.skep.model.file;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Files after they were looked at.
 *
 * @param source what was asked for, with the format now known and every sniffed option filled in,
 *     so that all tasks read alike
 * @param schema data columns, then partition columns
 * @param partitionColumns how many of the last columns come from folder names
 * @param files in the order of their paths
 * @param statistics what is known about the rows
 * @param ids of the data columns, by which files know them; empty when they go by their names
 * @param name as plans show it; null to go by the path
 * @param bucketing how rows are shared out to files; null when they are not by a hash
 * @param fileCount how many files there are, also where the list was left out
 */
public record FileTable(
        FileSource source,
        Schema schema,
        int partitionColumns,
        List<DataFile> files,
        TableStatistics statistics,
        List<ColumnId> ids,
        String name,
        Bucketing bucketing,
        int fileCount)
        implements Serializable {
    /**
     * Columns of every file table that {@code *} does not show: path, and line (of text) or row (of
     * Parquet) from 1.
     */
    public static final List<Field> PSEUDO_COLUMNS =
            List.of(new Field("_file", Type.STRING, false), new Field("_line", Type.BIGINT));

    public FileTable {
        files = List.copyOf(files);
        ids = List.copyOf(ids);
    }

    /** Files that know their columns by their names. */
    public FileTable(
            FileSource source,
            Schema schema,
            int partitionColumns,
            List<DataFile> files,
            TableStatistics statistics) {
        this(source, schema, partitionColumns, files, statistics, List.of(), null);
    }

    public FileTable(
            FileSource source,
            Schema schema,
            int partitionColumns,
            List<DataFile> files,
            TableStatistics statistics,
            List<ColumnId> ids,
            String name) {
        this(source, schema, partitionColumns, files, statistics, ids, name, null, files.size());
    }

    public int dataColumns() {
        return schema.size() - partitionColumns;
    }

    /** The schema, then the pseudo-columns: what a scan's column numbers refer to. */
    public Schema scanSchema() {
        List<Field> all = new ArrayList<>(schema.fields());
        all.addAll(PSEUDO_COLUMNS);
        return new Schema(all);
    }

    /** The same files, whose rows are shared out by a hash. */
    public FileTable with(Bucketing by) {
        return new FileTable(
                source, schema, partitionColumns, files, statistics, ids, name, by, fileCount);
    }

    /** These files with other knowledge of their rows. */
    public FileTable with(TableStatistics known) {
        return new FileTable(
                source, schema, partitionColumns, files, known, ids, name, bucketing, fileCount);
    }

    /** Some of these files. */
    public FileTable with(List<DataFile> some) {
        double rows = 0;
        boolean exact = true;
        for (DataFile file : some) {
            rows += Math.max(0, file.statistics().rows());
            exact &= file.statistics().exact() && file.deletes().isEmpty();
        }
        TableStatistics known = new TableStatistics(rows, exact, statistics.columns());
        return new FileTable(
                source, schema, partitionColumns, some, known, ids, name, bucketing, some.size());
    }

    public long bytes() {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }

    /** What a task needs of this: all but the list of files, which may be long. */
    public FileTable withoutFiles() {
        return new FileTable(
                source,
                schema,
                partitionColumns,
                List.of(),
                TableStatistics.UNKNOWN,
                ids,
                name,
                bucketing,
                fileCount);
    }
}
