package org.skep.model.file;

import java.io.Serializable;
import java.util.List;

/**
 * One file of a table.
 *
 * @param path absolute
 * @param bytes its size
 * @param modifiedMillis when it was last changed, in milliseconds since 1970; 0 for a file that
 *     never changes
 * @param partitionValues texts of the partition columns, in their order; null for a null
 * @param statistics of its data columns, when the table keeps them; else UNKNOWN
 * @param deletes which of its rows do not count
 * @param bucket of its rows, where the table has some; null when they are not of one
 */
public record DataFile(
        String path,
        long bytes,
        long modifiedMillis,
        List<String> partitionValues,
        TableStatistics statistics,
        List<DeleteFile> deletes,
        Bucketing.Bucket bucket)
        implements Serializable {
    public DataFile {
        deletes = List.copyOf(deletes);
    }

    public DataFile(
            String path,
            long bytes,
            long modifiedMillis,
            List<String> partitionValues,
            TableStatistics statistics,
            List<DeleteFile> deletes) {
        this(path, bytes, modifiedMillis, partitionValues, statistics, deletes, null);
    }

    public DataFile(String path, long bytes, long modifiedMillis, List<String> partitionValues) {
        this(path, bytes, modifiedMillis, partitionValues, TableStatistics.UNKNOWN, List.of());
    }

    /** What a task needs of this to read it. */
    public DataFile withoutStatistics() {
        return new DataFile(
                path,
                bytes,
                modifiedMillis,
                partitionValues,
                TableStatistics.UNKNOWN,
                deletes,
                bucket);
    }
}
