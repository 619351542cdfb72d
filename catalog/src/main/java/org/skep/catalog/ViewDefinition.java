package org.skep.catalog;

import java.util.Objects;
import org.skep.model.type.Schema;

/**
 * A query with a name.
 *
 * @param columns what it gave when it was created
 * @param sql the query's text
 * @param createdIn the schema in which the unqualified names in {@code sql} are looked up
 * @param comment may be null
 */
public record ViewDefinition(
        String schema, String name, Schema columns, String sql, String createdIn, String comment)
        implements TableDefinition {
    public ViewDefinition {
        Objects.requireNonNull(schema);
        Objects.requireNonNull(name);
        Objects.requireNonNull(columns);
        Objects.requireNonNull(sql);
        Objects.requireNonNull(createdIn);
    }

    @Override
    public Kind kind() {
        return Kind.VIEW;
    }
}
