package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Map;
import org.skep.model.file.PartitionKey;
import org.skep.model.type.Schema;

/**
 * A table to be made.
 *
 * @param comment may be null
 */
public record TableSpec(
        String schema,
        String name,
        Schema columns,
        List<PartitionKey> partitioning,
        String comment,
        Map<String, String> properties) {}
