package org.skep.catalog.iceberg;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;

/**
 * Who reads and writes the manifests of a commit. Iceberg looks every 10 ms whether the threads of
 * its pool are done, several times in a commit: more than a small one takes by itself. So few
 * manifests are dealt with by the thread that commits.
 */
final class ManifestThreads {
    private static final ExecutorService OWN = new Caller();

    /** Deletions from a table of 85 were no slower without the pool, from a local disk. */
    private static final int FEW_MANIFESTS = 100;

    /** A manifest of that many files is written in some 10 ms. */
    private static final int FEW_FILES = 1_000;

    private ManifestThreads() {}

    /**
     * @param table before the commit
     * @param added how many files come
     */
    static void choose(SnapshotUpdate<?> update, Table table, int added) {
        Snapshot snapshot = table.currentSnapshot();
        int manifests = snapshot == null ? 0 : snapshot.allManifests(table.io()).size();
        if (manifests <= FEW_MANIFESTS && added <= FEW_FILES) {
            update.scanManifestsWith(OWN);
            update.writeManifestsWith(OWN, 1);
        }
    }

    /** Whoever hands in a task runs it; there is nothing to shut down. */
    private static final class Caller extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            throw new UnsupportedOperationException("is shared");
        }

        @Override
        public List<Runnable> shutdownNow() {
            throw new UnsupportedOperationException("is shared");
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
