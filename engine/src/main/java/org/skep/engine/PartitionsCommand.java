package org.skep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.PartitionEntry;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Name;

/** SHOW PARTITIONS, of tables of the warehouse by their manifests, of others by their folders. */
final class PartitionsCommand {
    private final SessionState session;

    PartitionsCommand(SessionState session) {
        this.session = session;
    }

    static Schema columns() {
        return Schema.of(
                new Field("partition", Type.STRING, true),
                new Field("files", Type.BIGINT, false),
                new Field("rows", Type.BIGINT, true),
                new Field("bytes", Type.BIGINT, false));
    }

    Result run(Name name) {
        TableDefinition table = session.definition(name);
        return switch (table.kind()) {
            case TABLE -> managed(session.tables().open((ManagedDefinition) table), name);
            case EXTERNAL_TABLE -> folders((FileTableDefinition) table, name);
            case VIEW ->
                    throw new QueryException(
                            ErrorCode.INVALID_STATEMENT,
                            name.position(),
                            "'%s' is a view".formatted(name),
                            null);
        };
    }

    /** Files from before the table was partitioned stand beside its partitions, as NULL. */
    private static Result managed(ManagedTable table, Name name) {
        List<PartitionEntry> partitions = table.partitions();
        boolean none = partitions.stream().allMatch(partition -> partition.name().isEmpty());
        if (table.partitioning().isEmpty() && none) {
            throw notPartitioned(name);
        }
        List<List<Object>> rows = new ArrayList<>();
        for (PartitionEntry partition : partitions) {
            rows.add(
                    Arrays.asList(
                            partition.name().isEmpty() ? null : partition.name(),
                            partition.files(),
                            partition.rows(),
                            partition.bytes()));
        }
        return Results.rows(columns(), rows);
    }

    private Result folders(FileTableDefinition table, Name name) {
        FileTable found = session.engine().files().inspect(table.source(), session.settings());
        if (found.partitionColumns() == 0) {
            throw notPartitioned(name);
        }
        List<Field> columns =
                found.schema().fields().subList(found.dataColumns(), found.schema().size());
        Map<String, long[]> partitions = new TreeMap<>();
        for (DataFile file : found.files()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                text.append(i > 0 ? "/" : "").append(columns.get(i).name()).append('=');
                text.append(file.partitionValues().get(i));
            }
            long[] sums = partitions.computeIfAbsent(text.toString(), key -> new long[2]);
            sums[0]++;
            sums[1] += file.bytes();
        }
        List<List<Object>> rows = new ArrayList<>();
        partitions.forEach(
                (partition, sums) -> rows.add(Arrays.asList(partition, sums[0], null, sums[1])));
        return Results.rows(columns(), rows);
    }

    private static QueryException notPartitioned(Name name) {
        return new QueryException(
                ErrorCode.INVALID_STATEMENT,
                name.position(),
                "table '%s' is not partitioned".formatted(name),
                null);
    }
}
