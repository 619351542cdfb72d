package org.skep.catalog.iceberg;

import java.util.List;
import org.skep.model.file.TableStatistics;

/**
 * A data file that a statement has written, ready to be part of a table.
 *
 * @param path absolute
 * @param partition texts of its partition's values, null for null; empty without partitions
 * @param statistics of the table's columns
 */
public record WrittenFile(
        String path, long rows, long bytes, List<String> partition, TableStatistics statistics) {}
