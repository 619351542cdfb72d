package org.skep.catalog;

import static org.skep.catalog.CatalogSql.strings;
import static org.skep.catalog.CatalogSql.update;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skep.catalog.iceberg.ManagedNames;
import org.skep.catalog.iceberg.Pointers;

/**
 * The pointers of the warehouse's tables, in the rows that Iceberg's own JDBC catalog would keep
 * (catalog name {@code skep}): other engines can open the database as one.
 */
final class TablePointers implements Pointers {
    static final String WHERE =
            " WHERE catalog_name = 'skep' AND table_namespace = ? AND table_name = ?";

    private final CatalogDatabase database;
    private final ManagedNames names;

    TablePointers(CatalogDatabase database, ManagedNames names) {
        this.database = database;
        this.names = names;
    }

    @Override
    public Optional<String> location(String schema, String table) {
        String sql = "SELECT metadata_location FROM iceberg_tables" + WHERE;
        return database.read(
                        connection ->
                                strings(connection, sql + database.keepingRows(), schema, table))
                .flatMap(found -> found.stream().findFirst());
    }

    @Override
    public List<String> tables(String schema) {
        return names.tables(schema);
    }

    @Override
    public boolean insert(String schema, String table, String location) {
        return database.write(
                connection -> {
                    boolean taken =
                            names.table(schema, table).isPresent()
                                    || TableRows.find(connection, schema, table) != null;
                    if (taken) {
                        return false;
                    }
                    update(
                            connection,
                            "INSERT INTO iceberg_tables (catalog_name, table_namespace,"
                                    + " table_name, metadata_location, iceberg_type)"
                                    + " VALUES ('skep', ?, ?, ?, 'TABLE')",
                            schema,
                            table,
                            location);
                    return true;
                });
    }

    @Override
    public boolean swap(String schema, String table, String from, String to) {
        String sql =
                "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?"
                        + WHERE
                        + " AND metadata_location = ?";
        return database.write(
                connection -> update(connection, sql, to, from, schema, table, from) == 1);
    }

    @Override
    public boolean delete(String schema, String table) {
        return database.write(
                connection ->
                        update(connection, "DELETE FROM iceberg_tables" + WHERE, schema, table)
                                == 1);
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return database.together(work);
    }
}
