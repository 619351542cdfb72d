package org.skep.catalog;

import static org.skep.catalog.CatalogSql.strings;
import static org.skep.catalog.CatalogSql.update;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skep.catalog.iceberg.Pointers;

/**
 * The pointers of the warehouse's tables, in the rows of the catalog file that Iceberg's own JDBC
 * catalog would keep there (catalog name {@code skep}): other engines can open the file as one.
 */
final class TablePointers implements Pointers {
    /** As Iceberg's JdbcCatalog makes them, schema version V1. */
    static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE iceberg_tables (
                        catalog_name VARCHAR(255) NOT NULL,
                        table_namespace VARCHAR(255) NOT NULL,
                        table_name VARCHAR(255) NOT NULL,
                        metadata_location VARCHAR(1000),
                        previous_metadata_location VARCHAR(1000),
                        iceberg_type VARCHAR(5),
                        PRIMARY KEY (catalog_name, table_namespace, table_name)
                    )""",
                    """
                    CREATE TABLE iceberg_namespace_properties (
                        catalog_name VARCHAR(255) NOT NULL,
                        namespace VARCHAR(255) NOT NULL,
                        property_key VARCHAR(255),
                        property_value VARCHAR(1000),
                        PRIMARY KEY (catalog_name, namespace, property_key)
                    )""");

    private static final String WHERE =
            " WHERE catalog_name = 'skep' AND table_namespace = ? AND table_name = ?";

    private final CatalogFile file;

    TablePointers(CatalogFile file) {
        this.file = file;
    }

    @Override
    public Optional<String> location(String schema, String table) {
        return file.read(
                        connection ->
                                strings(
                                        connection,
                                        "SELECT metadata_location FROM iceberg_tables" + WHERE,
                                        schema,
                                        table))
                .flatMap(found -> found.stream().findFirst());
    }

    @Override
    public List<String> tables(String schema) {
        return file.read(connection -> names(connection, schema)).orElse(List.of());
    }

    @Override
    public boolean insert(String schema, String table, String location) {
        return file.write(
                connection -> {
                    String schemaKey = Catalog.key(schema);
                    boolean taken =
                            name(connection, schema, table) != null
                                    || TableRows.find(connection, schemaKey, Catalog.key(table))
                                            != null;
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
        return file.write(
                connection -> update(connection, sql, to, from, schema, table, from) == 1);
    }

    @Override
    public boolean delete(String schema, String table) {
        return file.write(
                connection ->
                        update(connection, "DELETE FROM iceberg_tables" + WHERE, schema, table)
                                == 1);
    }

    /** Gives a table another name, which must be free; all names are exact. */
    static void rename(
            Connection connection, String schema, String table, String newSchema, String newTable)
            throws SQLException {
        String sql = "UPDATE iceberg_tables SET table_namespace = ?, table_name = ?" + WHERE;
        update(connection, sql, newSchema, newTable, schema, table);
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return file.together(work);
    }

    /** The name of a table as it was created; null when there is none of that name in any case. */
    static String name(Connection connection, String schema, String table) throws SQLException {
        String sql = "SELECT table_name FROM iceberg_tables" + WHERE;
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

    static List<String> names(Connection connection, String schema) throws SQLException {
        String sql =
                "SELECT table_name FROM iceberg_tables WHERE catalog_name = 'skep'"
                        + " AND table_namespace = ? ORDER BY table_name";
        return strings(connection, sql, schema);
    }
}
