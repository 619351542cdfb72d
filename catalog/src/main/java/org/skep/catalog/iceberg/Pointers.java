package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the current metadata file of each table is: the one thing that changes when a table does.
 * Every method is one transaction.
 */
public interface Pointers {
    /** The metadata file of a table, if there is such a table; names are exact. */
    Optional<String> location(String schema, String table);

    /** Tables of a schema. */
    List<String> tables(String schema);

    /**
     * Enters a table.
     *
     * @return false when something of that name is there already, whatever its case
     */
    boolean insert(String schema, String table, String location);

    /**
     * Moves a table from one metadata file to the next.
     *
     * @return false when its metadata file is not {@code from}: somebody else was faster
     */
    boolean swap(String schema, String table, String from, String to);

    /** Forgets a table; false when there is none. */
    boolean delete(String schema, String table);

    /**
     * Runs work in which all calls of the other methods are one transaction: all of it is done, or
     * nothing. Nobody else changes a pointer meanwhile.
     */
    <T> T together(Supplier<T> work);
}
