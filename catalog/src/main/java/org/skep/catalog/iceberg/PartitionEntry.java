package org.skep.catalog.iceberg;

/**
 * Rows of a table that have the same values to partition by.
 *
 * @param name {@code column=value}, with slashes between several
 * @param rows deleted ones among them, where files were not written anew
 */
public record PartitionEntry(String name, long files, long rows, long bytes) {
    PartitionEntry plus(PartitionEntry other) {
        return new PartitionEntry(
                name, files + other.files, rows + other.rows, bytes + other.bytes);
    }
}
