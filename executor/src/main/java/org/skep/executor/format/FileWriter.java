package org.skep.executor.format;

import org.skep.model.data.Batch;
import org.skep.model.sketch.ColumnSketch;

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

    /**
     * From now on, also takes what is written into sketches.
     *
     * @param columns a sketch for each of the first columns; null for one that is left out
     */
    default void sketch(ColumnSketch[] columns) {
        throw new IllegalArgumentException("files of this format are written without sketches");
    }

    /** Completes the file and says how many bytes it has. */
    long finish();

    @Override
    void close();
}
