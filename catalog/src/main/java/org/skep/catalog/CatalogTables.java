package org.skep.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a catalog, and where the databases that they can be in differ. All other SQL of the
 * catalog is the same for both.
 */
enum CatalogTables {
    SQLITE("TEXT", "INTEGER PRIMARY KEY", "INTEGER", " WITHOUT ROWID"),

    /** Keys are in the order of their bytes, as in SQLite, not in that of a language. */
    POSTGRESQL(
            "TEXT COLLATE \"C\"", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BIGINT", "");

    /** Raised whenever the tables below change. */
    static final int FORMAT = 2;

    /** As Iceberg's JdbcCatalog makes them, schema version V1; it may have done so already. */
    private static final List<String> ICEBERG =
            List.of(
                    """
                    CREATE TABLE IF NOT EXISTS iceberg_tables (
                        catalog_name VARCHAR(255) NOT NULL,
                        table_namespace VARCHAR(255) NOT NULL,
                        table_name VARCHAR(255) NOT NULL,
                        metadata_location VARCHAR(1000),
                        previous_metadata_location VARCHAR(1000),
                        iceberg_type VARCHAR(5),
                        PRIMARY KEY (catalog_name, table_namespace, table_name)
                    )""",
                    """
                    CREATE TABLE IF NOT EXISTS iceberg_namespace_properties (
                        catalog_name VARCHAR(255) NOT NULL,
                        namespace VARCHAR(255) NOT NULL,
                        property_key VARCHAR(255),
                        property_value VARCHAR(1000),
                        PRIMARY KEY (catalog_name, namespace, property_key)
                    )""");

    private static final String SCHEMAS =
            """
            CREATE TABLE schemas (
                key ${key} PRIMARY KEY,
                name TEXT NOT NULL
            )${end}""";

    private static final String TABLES =
            """
            CREATE TABLE tables (
                id ${id},
                schema_key ${key} NOT NULL REFERENCES schemas (key),
                key ${key} NOT NULL,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,
                comment TEXT,
                format TEXT,
                columns TEXT,
                partition_columns TEXT,
                sql TEXT,
                created_in TEXT,
                UNIQUE (schema_key, key)
            )""";

    private static final String ENTRIES =
            """
            CREATE TABLE entries (
                table_id ${reference} NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
                list TEXT NOT NULL,
                key TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (table_id, list, key)
            )${end}""";

    private static final List<String> FIRST_ROWS =
            List.of(
                    "INSERT INTO schemas VALUES ('default', 'default')",
                    "INSERT INTO iceberg_namespace_properties"
                            + " VALUES ('skep', 'default', 'exists', 'true') ON CONFLICT DO NOTHING");

    private final String key;
    private final String id;
    private final String reference;
    private final String end;

    /**
     * @param key the type of what is sorted by
     * @param id of a number that each new row gets
     * @param reference to such a number
     * @param end behind a table that is nothing but its primary key's index
     */
    CatalogTables(String key, String id, String reference, String end) {
        this.key = key;
        this.id = id;
        this.reference = reference;
        this.end = end;
    }

    /** What makes an empty catalog. */
    List<String> statements() {
        List<String> all = new ArrayList<>(ICEBERG);
        all.add(filled(SCHEMAS));
        all.add(filled(TABLES));
        all.add("CREATE INDEX tables_by_key ON tables (key)");
        all.add(filled(ENTRIES));
        all.addAll(FIRST_ROWS);
        return all;
    }

    private String filled(String statement) {
        return statement
                .replace("${key}", key)
                .replace("${id}", id)
                .replace("${reference}", reference)
                .replace("${end}", end);
    }
}
