package org.skep.catalog;

/**
 * A line of a list of tables.
 *
 * @param comment may be null
 */
public record TableEntry(String schema, String name, TableDefinition.Kind kind, String comment) {}
