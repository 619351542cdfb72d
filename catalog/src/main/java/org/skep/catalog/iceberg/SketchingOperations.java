package org.skep.catalog.iceberg;

import java.util.Optional;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * A table of which a commit also publishes statistics of the snapshot that it makes. One commit for
 * both: a second one would cost as much as the first, and somebody may add rows in between. When a
 * commit is made again on top of another snapshot, so are the statistics.
 */
final class SketchingOperations extends DelegatedOperations {
    private final GatheredSketches sketches;

    SketchingOperations(TableOperations table, GatheredSketches sketches) {
        super(table);
        this.sketches = sketches;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata changed) {
        Optional<StatisticsFile> file = sketches.file(changed, io());
        if (file.isEmpty()) {
            super.commit(base, changed);
            return;
        }
        boolean needed = false;
        try {
            super.commit(base, TableMetadata.buildFrom(changed).setStatistics(file.get()).build());
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
}
