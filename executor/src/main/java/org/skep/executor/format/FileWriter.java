package org.skep.executor.format;

import org.skep.model.data.Batch;

/** Writes one file. Closed without {@link #finish}, it leaves nothing behind. */
public interface FileWriter extends AutoCloseable {
    void write(Batch batch);

    /** Bytes that are in the file so far. */
    long written();

    /** Bytes of all rows so far, as {@link #held} counts them. */
    default long taken() {
        return written();
    }

    /** Bytes of rows that are held in memory until they are written. */
    default long held() {
        return 0;
    }

    /** Writes what is held now, though waiting for more would make a better file. */
    default void writeHeld() {}

    /** Completes the file and says how many bytes it has. */
    long finish();

    @Override
    void close();
}
