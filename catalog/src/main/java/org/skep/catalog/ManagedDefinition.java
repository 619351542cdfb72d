package org.skep.catalog;

import java.util.Objects;

/** A table whose rows are in the warehouse; {@link Catalog#tables} knows the rest. */
public record ManagedDefinition(String schema, String name) implements TableDefinition {
    public ManagedDefinition {
        Objects.requireNonNull(schema);
        Objects.requireNonNull(name);
    }

    @Override
    public String comment() {
        return null; // it is in the table's metadata, which is not read for a list
    }

    @Override
    public Kind kind() {
        return Kind.TABLE;
    }
}
