package org.skep.cluster;

import java.nio.file.Path;
import org.skep.executor.exchange.SpillFolder;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.Stage;

/**
 * Where one query's checkpoints are: a folder that driver and executors share. It is made for the
 * first one; what dead drivers have left beside it goes then.
 */
final class Checkpoints implements AutoCloseable {
    private final SpillFolder folder;

    /**
     * @param parent that driver and executors share
     */
    Checkpoints(Path parent, String queryId) {
        this.folder = new SpillFolder(parent.toString(), queryId);
    }

    /** The folder for what a stage puts out; null when the stage is none. */
    String folderOf(Stage stage) {
        boolean is = stage.output() instanceof Partitioning.Spread spread && spread.checkpoint();
        return is ? folder.path().toString() : null;
    }

    /** Deletes them. */
    @Override
    public void close() {
        folder.close();
    }
}
