package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Map;
import org.skep.model.file.PartitionKey;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Schema;

/**
 * A table to be made.
 *
 * @param sorting of the rows in a file
 * @param comment may be null
 * @param comments of columns, by the column's name
 */
public record TableSpec(
        String schema,
        String name,
        Schema columns,
        List<PartitionKey> partitioning,
        List<SortKey> sorting,
        String comment,
        Map<String, String> properties,
        Map<String, String> comments) {
    public TableSpec {
        partitioning = List.copyOf(partitioning);
        sorting = List.copyOf(sorting);
        properties = Map.copyOf(properties);
        comments = Map.copyOf(comments);
    }

    /** A table whose columns have no comments. */
    public TableSpec(
            String schema,
            String name,
            Schema columns,
            List<PartitionKey> partitioning,
            List<SortKey> sorting,
            String comment,
            Map<String, String> properties) {
        this(schema, name, columns, partitioning, sorting, comment, properties, Map.of());
    }
}
