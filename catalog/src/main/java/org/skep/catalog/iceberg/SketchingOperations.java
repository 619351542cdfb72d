package org.skep.catalog.iceberg;

import java.util.Optional;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table of which a commit also publishes statistics of the snapshot that it makes. One commit for
 * both: a second one would cost as much as the first, and somebody may add rows in between. When a
 * commit is made again on top of another snapshot, so are the statistics.
 */
final class SketchingOperations implements TableOperations {
    private final TableOperations table;
    private final GatheredSketches sketches;

    SketchingOperations(TableOperations table, GatheredSketches sketches) {
        this.table = table;
        this.sketches = sketches;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata changed) {
        Optional<StatisticsFile> file = sketches.file(changed, io());
        if (file.isEmpty()) {
            table.commit(base, changed);
            return;
        }
        boolean needed = false;
        try {
            table.commit(base, TableMetadata.buildFrom(changed).setStatistics(file.get()).build());
            needed = true;
        } catch (CommitStateUnknownException e) {
            needed = true; // by what may have been committed
            throw e;
        } finally {
            if (!needed) {
                io().deleteFile(file.get().path());
            }
        }
    }

    @Override
    public TableMetadata current() {
        return table.current();
    }

    @Override
    public TableMetadata refresh() {
        return table.refresh();
    }

    @Override
    public FileIO io() {
        return table.io();
    }

    @Override
    public EncryptionManager encryption() {
        return table.encryption();
    }

    @Override
    public String metadataFileLocation(String name) {
        return table.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
        return table.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return table.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
        return table.newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup() {
        return table.requireStrictCleanup();
    }
}
