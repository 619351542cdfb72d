package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Map;
import org.skep.model.file.PartitionKey;
import org.skep.model.type.Schema;

/**
 * A table to be made.
 *
 * @param comment may be null
 * @param comments of columns, by the column's name
 */
public record TableSpec(
        String schema,
        String name,
        Schema columns,
        List<PartitionKey> partitioning,
        String comment,
        Map<String, String> properties,
        Map<String, String> comments) {
    public TableSpec {
        partitioning = List.copyOf(partitioning);
        properties = Map.copyOf(properties);
        comments = Map.copyOf(comments);
    }

    /** A table whose columns have no comments. */
    public TableSpec(
            String schema,
            String name,
            Schema columns,
            List<PartitionKey> partitioning,
            String comment,
            Map<String, String> properties) {
        this(schema, name, columns, partitioning, comment, properties, Map.of());
    }
}
