package org.skep.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The database with the rows of a catalog. Thread-safe; several processes may use it at once. Work
 * that begins within other work of the same thread is part of its transaction.
 *
 * <p>All methods fail with CATALOG_FAILURE when the database cannot be read or written or is of a
 * newer format, and with COMMIT_STATE_UNKNOWN when the answer to a commit was lost.
 */
interface CatalogDatabase extends AutoCloseable {
    /** Work on an open connection, inside a transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Runs {@code work} over a snapshot; empty when there is no catalog yet. */
    <T> Optional<T> read(Work<T> work);

    /**
     * Runs {@code work}, making the catalog when there is none. No other process that writes does
     * so at the same time.
     */
    <T> T write(Work<T> work);

    /** Runs work whose reads are of one snapshot, also when there is no catalog yet. */
    <T> T snapshot(Supplier<T> work);

    /** Runs work whose reads and writes are one transaction: all of it is done, or nothing. */
    default <T> T together(Supplier<T> work) {
        return write(connection -> work.get());
    }

    /**
     * Ends a SELECT. Within a transaction that writes, the rows found stay as they are until its
     * end, also for those who do not ask Skep.
     */
    String keepingRows();

    @Override
    void close();
}
