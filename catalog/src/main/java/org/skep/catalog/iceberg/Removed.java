package org.skep.catalog.iceberg;

/**
 * What went from a disk.
 *
 * @param snapshots that nobody can read any more
 */
public record Removed(long snapshots, long files, long bytes) {
    public Removed plus(Removed other) {
        return new Removed(snapshots + other.snapshots, files + other.files, bytes + other.bytes);
    }
}
