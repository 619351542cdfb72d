package org.skep.catalog.iceberg;

import java.util.function.UnaryOperator;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/** Changes of a table that are made again from its newest state when somebody else was faster. */
final class Commits {
    private Commits() {}

    /** Runs {@code change} on the table's newest state; it commits by itself, and may refuse. */
    static void retried(String name, Table table, Runnable change) {
        IcebergErrors.changed(
                name,
                () -> {
                    table.refresh();
                    Races.won(table, change);
                    return null;
                });
    }

    /** Commits what {@code change} makes of the table's newest state. */
    static void retried(String name, Table table, UnaryOperator<TableMetadata> change) {
        TableOperations operations = ((HasTableOperations) table).operations();
        retried(
                name,
                table,
                () -> {
                    TableMetadata now = operations.current();
                    operations.commit(now, change.apply(now));
                });
    }
}
