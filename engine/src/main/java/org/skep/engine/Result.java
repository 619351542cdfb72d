package org.skep.engine;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.type.Schema;

/**
 * What a statement gave: rows, streamed batch by batch, or a count of rows written, or nothing. It
 * belongs to one thread, but for {@link #cancel}.
 */
public interface Result extends AutoCloseable {
    /** The columns; none for a statement that gives no rows. */
    Schema schema();

    /** Whether the statement gives rows, be it none at all. */
    boolean hasRows();

    /** Rows written by INSERT and the like; -1 for statements that write none. */
    long updateCount();

    /** Files written by INSERT and the like; -1 for statements that write none. */
    long fileCount();

    /** Whether the rows are the lines of one text, a document, to be shown as they are. */
    default boolean isDocument() {
        return false;
    }

    /**
     * The next rows, never an empty batch; null at the end.
     *
     * @throws org.skep.model.error.QueryException when the query fails
     */
    Batch next();

    /** What the user should know although the statement did not fail. */
    List<String> warnings();

    /** Stops the query; {@link #next} then fails with CANCELLED. May be called by any thread. */
    void cancel();

    @Override
    void close();
}
