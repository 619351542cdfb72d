package org.skep.catalog.iceberg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.exceptions.RuntimeIOException;

/** Deletes files and counts them. Thread-safe, as Iceberg deletes on several threads. */
final class Deletions {
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    void delete(String location) {
        Path path = Path.of(ManagedTable.path(location));
        try {
            long size = Files.exists(path) ? Files.size(path) : 0;
            if (Files.deleteIfExists(path)) {
                files.incrementAndGet();
                bytes.addAndGet(size);
            }
        } catch (IOException e) {
            throw new RuntimeIOException(e, "cannot delete %s", path);
        }
    }

    Removed removed(long snapshots) {
        return new Removed(snapshots, files.get(), bytes.get());
    }
}
