package org.skep.catalog;

import java.util.Map;
import java.util.Objects;
import org.skep.model.file.FileSource;

/**
 * A table whose rows are in files.
 *
 * @param source where the files are and how they are read
 * @param comment may be null
 * @param properties {@code TBLPROPERTIES}, kept and shown
 */
public record FileTableDefinition(
        String schema,
        String name,
        FileSource source,
        String comment,
        Map<String, String> properties,
        Ownership ownership)
        implements TableDefinition {
    /** Whose the files are. */
    public enum Ownership {
        /** The table's: {@code DROP TABLE} deletes them. */
        MANAGED,
        /** Somebody else's: {@code DROP TABLE} forgets them. */
        EXTERNAL
    }

    public FileTableDefinition {
        Objects.requireNonNull(schema);
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
        Objects.requireNonNull(ownership);
        properties = Map.copyOf(properties);
    }

    @Override
    public Kind kind() {
        return switch (ownership) {
            case MANAGED -> Kind.TABLE;
            case EXTERNAL -> Kind.EXTERNAL_TABLE;
        };
    }
}
