package org.skep.executor.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.WriteFailure;
import org.skep.model.type.Type;

/**
 * The folder of one query's spill files. It is made when the first file is, and locked as long as
 * this process lives, so that whoever comes later can tell what a dead process has left behind.
 */
public final class SpillFolder implements AutoCloseable {
    private final Path parent;
    private final String queryId;
    private Path folder;
    private SpillRoot root;
    private int files;
    private boolean closed;

    public SpillFolder(String tempDirectory, String queryId) {
        this.parent = Path.of(tempDirectory);
        this.queryId = queryId.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    /** A new file for batches of these types. */
    public synchronized SpillFile create(List<Type> types) {
        Path into = path();
        try {
            return new SpillFile(into.resolve("spill-%05d.arrow".formatted(files++)), types);
        } catch (IOException e) {
            throw unwritable(into, e);
        }
    }

    /** The folder, made if it was not yet, for files that others write; they go with it. */
    public synchronized Path path() {
        if (closed) {
            throw new IllegalStateException("the query " + queryId + " has ended");
        }
        try {
            if (folder == null) {
                open();
            }
            return folder;
        } catch (IOException e) {
            throw unwritable(parent, e);
        }
    }

    private void open() throws IOException {
        root = SpillRoot.of(parent);
        folder = Files.createTempDirectory(root.folder(), queryId + "-");
    }

    static QueryException unwritable(Path path, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        boolean full = WriteFailure.isFull(cause);
        QueryException said =
                new QueryException(
                        full ? ErrorCode.DISK_FULL : ErrorCode.FILE_NOT_WRITABLE,
                        full
                                ? "the disk of the spill folder %s is full".formatted(path)
                                : "cannot use the spill folder %s: %s".formatted(path, reason),
                        "set temp_directory to a folder with room, or set memory higher");
        said.initCause(cause);
        return said;
    }

    /** Deletes the folder and what is in it. */
    @Override
    public synchronized void close() {
        closed = true;
        if (folder != null) {
            Path gone = folder;
            folder = null;
            try {
                SpillRoot.delete(gone);
                root.release();
            } catch (IOException e) {
                throw unwritable(gone, e);
            }
        }
    }
}
