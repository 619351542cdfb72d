package org.skep.executor.format;

import org.skep.model.data.Batch;

/** Writes one file. Closed without {@link #finish}, it leaves nothing behind. */
public interface FileWriter extends AutoCloseable {
    void write(Batch batch);

    /** Completes the file and says how many bytes it has. */
    long finish();

    @Override
    void close();
}
