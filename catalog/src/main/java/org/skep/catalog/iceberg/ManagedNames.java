package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Optional;

/**
 * The schemas of a catalog and the names of the tables of the warehouse in them. Names are given
 * back as they were created; where a method finds by a name, it does so regardless of case, and
 * everywhere else names are exact.
 */
public interface ManagedNames {
    /** In the order of their names, {@code default} always among them. */
    List<String> schemas();

    /** Finds a schema. */
    Optional<String> schema(String name);

    /** Makes an empty schema; the caller has seen that there is none of that name. */
    void create(String schema);

    /** Forgets a schema that is empty. */
    void drop(String schema);

    /** The tables of a schema, which need not be there. */
    List<String> tables(String schema);

    /**
     * Finds a table.
     *
     * @param schema exact
     */
    Optional<String> table(String schema, String name);

    /** Gives a table another name, which the caller has seen to be free. */
    void rename(String schema, String table, String newSchema, String newTable);
}
