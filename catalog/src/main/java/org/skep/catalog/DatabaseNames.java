package org.skep.catalog;

import static org.skep.catalog.CatalogSql.strings;
import static org.skep.catalog.CatalogSql.update;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.skep.catalog.iceberg.ManagedNames;

/** Schemas and the names of managed tables as rows, also of those that Iceberg's catalog keeps. */
final class DatabaseNames implements ManagedNames {
    private final CatalogDatabase database;

    DatabaseNames(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public List<String> schemas() {
        return database.read(
                        connection -> strings(connection, "SELECT name FROM schemas ORDER BY key"))
                .orElse(List.of(Catalog.DEFAULT_SCHEMA));
    }

    @Override
    public Optional<String> schema(String name) {
        if (Catalog.key(name).equals(Catalog.DEFAULT_SCHEMA)) {
            return Optional.of(Catalog.DEFAULT_SCHEMA);
        }
        String sql = "SELECT name FROM schemas WHERE key = ?";
        return database.read(connection -> strings(connection, sql, Catalog.key(name)))
                .flatMap(found -> found.stream().findFirst());
    }

    @Override
    public void create(String schema) {
        database.write(
                connection -> {
                    TableRows.requireSchema(connection, schema);
                    return update(
                            connection,
                            "INSERT INTO iceberg_namespace_properties"
                                    + " VALUES ('skep', ?, 'exists', 'true') ON CONFLICT DO NOTHING",
                            schema);
                });
    }

    @Override
    public void drop(String schema) {
        database.write(
                connection -> {
                    TableRows.forgetSchema(connection, schema);
                    return update(
                            connection,
                            "DELETE FROM iceberg_namespace_properties"
                                    + " WHERE catalog_name = 'skep' AND namespace = ?",
                            schema);
                });
    }

    @Override
    public List<String> tables(String schema) {
        return database.read(connection -> names(connection, schema)).orElse(List.of());
    }

    @Override
    public Optional<String> table(String schema, String name) {
        return database.read(connection -> Optional.ofNullable(name(connection, schema, name)))
                .orElse(Optional.empty());
    }

    @Override
    public void rename(String schema, String table, String newSchema, String newTable) {
        String sql =
                "UPDATE iceberg_tables SET table_namespace = ?, table_name = ?"
                        + TablePointers.WHERE;
        database.write(connection -> update(connection, sql, newSchema, newTable, schema, table));
    }

    /** The name of a table as it was created; null when there is none of that name in any case. */
    private static String name(Connection connection, String schema, String table)
            throws SQLException {
        String sql = "SELECT table_name FROM iceberg_tables" + TablePointers.WHERE;
        List<String> exact = strings(connection, sql, schema, table);
        if (!exact.isEmpty()) {
            return exact.get(0);
        }
        String key = Catalog.key(table);
        for (String name : names(connection, schema)) {
            if (Catalog.key(name).equals(key)) {
                return name;
            }
        }
        return null;
    }

    private static List<String> names(Connection connection, String schema) throws SQLException {
        String sql =
                "SELECT table_name FROM iceberg_tables WHERE catalog_name = 'skep'"
                        + " AND table_namespace = ? ORDER BY table_name";
        return strings(connection, sql, schema);
    }
}
