package org.skep.model.file;

import java.io.Serializable;
import java.util.List;

/**
 * One file of a table.
 *
 * @param path absolute
 * @param bytes its size
 * @param modifiedMillis when it was last changed, in milliseconds since 1970
 * @param partitionValues texts of the partition columns, in their order; null for a null
 */
public record DataFile(String path, long bytes, long modifiedMillis, List<String> partitionValues)
        implements Serializable {}
