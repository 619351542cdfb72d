package org.skep.catalog;

import java.util.Map;
import java.util.Objects;
import org.skep.model.file.FileSource;

/**
 * A table whose rows are in files that somebody else writes: {@code DROP TABLE} forgets them.
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
        Map<String, String> properties)
        implements TableDefinition {
    public FileTableDefinition {
        Objects.requireNonNull(schema);
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
        properties = Map.copyOf(properties);
    }

    @Override
    public Kind kind() {
        return Kind.EXTERNAL_TABLE;
    }
}
