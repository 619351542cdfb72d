package org.skep.catalog;

/** What a name in a schema stands for. Names keep their case and are found regardless of it. */
public sealed interface TableDefinition
        permits ManagedDefinition, FileTableDefinition, ViewDefinition {
    /** How a definition is listed. */
    enum Kind {
        /** Rows in the warehouse, deleted with the table. */
        TABLE,
        /** Files elsewhere, which outlive the table. */
        EXTERNAL_TABLE,
        VIEW
    }

    String schema();

    String name();

    /** What the creator wrote about it, or null. */
    String comment();

    Kind kind();
}
