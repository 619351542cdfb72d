package org.skep.catalog.iceberg;

/**
 * What went from a disk.
 *
 * @param snapshots that nobody can read any more
 */
public record Removed(long snapshots, long files, long bytes) {}
