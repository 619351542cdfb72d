package org.skep.executor.format;

import org.skep.model.data.Batch;

/** Rows of one split. */
public interface BatchReader extends AutoCloseable {
    /**
     * The next rows, never none and never more than batch-rows; null at the end.
     *
     * @throws org.skep.model.error.QueryException CORRUPT_FILE or BAD_ROW, naming file and place
     */
    Batch next();

    @Override
    void close();
}
