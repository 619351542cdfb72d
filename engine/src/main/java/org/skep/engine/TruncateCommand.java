package org.skep.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableWrite;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;
import org.skep.model.file.PartitionKey;
import org.skep.model.file.PartitionKey.Transform;
import org.skep.model.type.Field;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.check.Parameters;

/** TRUNCATE TABLE: all rows go, or those of a partition; older snapshots still have them. */
final class TruncateCommand {
    private final SessionState session;

    TruncateCommand(SessionState session) {
        this.session = session;
    }

    Result run(Statement.TruncateTable truncate, List<Object> parameters) {
        Name name = truncate.name();
        ManagedTable table = session.writable(name);
        Map<String, Object> where = new HashMap<>();
        truncate.partition()
                .forEach(
                        (column, value) -> {
                            Field field = partition(table, column, name);
                            Syntax cast = Parameters.bind(value, parameters).cast(field.type());
                            where.put(
                                    field.name(),
                                    session.planner().constant(cast, session.context()).value());
                        });
        TableWrite delete = session.changes(table).delete(where);
        try (PendingWrite write = new PendingWrite(session, delete, name, List.of())) {
            write.commit();
        }
        return Results.nothing();
    }

    private static Field partition(ManagedTable table, String column, Name name) {
        List<PartitionKey> keys = table.partitioning();
        for (PartitionKey key : keys) {
            Field field = table.schema().field(key.column());
            if (key.transform() == Transform.IDENTITY && field.name().equalsIgnoreCase(column)) {
                return field;
            }
        }
        List<String> known =
                keys.stream().map(key -> table.schema().field(key.column()).name()).toList();
        throw new QueryException(
                ErrorCode.INVALID_STATEMENT,
                name.position(),
                "table '%s' is not partitioned by the values of '%s'".formatted(name, column),
                known.isEmpty()
                        ? "DELETE FROM %s WHERE … takes out rows by any column".formatted(name)
                        : Suggestion.hint(column, known));
    }
}
