package org.skep.tests.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is of PostgreSQL alone: who makes the tables of a catalog, and whom its locks keep out. */
class PostgresCatalogTest {
    @TempDir private Path folder;

    private Sql open(String warehouse, String database) throws Exception {
        KeptCatalog.write(
                folder.resolve(warehouse),
                List.of(
                        "type = jdbc",
                        "uri = " + PostgresServer.uri(database),
                        "user = postgres",
                        "warehouse = ../tables"));
        return new Sql("jdbc:skep:" + folder.resolve(warehouse));
    }

    /** As on several machines: each has its own folder, and all the same database. */
    @Test
    void manyMakeACatalogAtTheSameTime() throws Exception {
        String database = PostgresServer.newDatabase();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Void>> makers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "s" + i;
            makers.add(
                    pool.submit(
                            () -> {
                                try (Sql sql = open(name, database)) {
                                    sql.run("CREATE SCHEMA " + name);
                                    sql.run("CREATE TABLE %s.t AS SELECT 1 AS a".formatted(name));
                                    return null;
                                }
                            }));
        }
        for (Future<Void> maker : makers) {
            maker.get(1, TimeUnit.MINUTES);
        }
        pool.shutdown();
        try (Sql sql = open("another", database)) {
            assertEquals(List.of("default", "s0", "s1", "s2", "s3"), sql.rows("SHOW SCHEMAS"));
            sql.run("REMOVE ORPHANS OLDER THAN '0s'");
            assertEquals(
                    List.of("4"),
                    sql.rows(
                            "SELECT count(*) FROM (FROM s0.t UNION ALL FROM s1.t UNION ALL FROM s2.t UNION ALL FROM s3.t) x"));
        }
    }

    @Test
    void tablesThatIcebergMadeBefore() throws Exception {
        String database = PostgresServer.newDatabase();
        PostgresServer.execute(
                database,
                "CREATE TABLE iceberg_tables (catalog_name VARCHAR(255) NOT NULL,"
                        + " table_namespace VARCHAR(255) NOT NULL, table_name VARCHAR(255) NOT NULL,"
                        + " metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000),"
                        + " PRIMARY KEY (catalog_name, table_namespace, table_name))");
        try (Sql sql = open("w", database)) {
            assertEquals(List.of("1"), sql.run("CREATE TABLE t AS SELECT 1 AS a").rows("FROM t"));
        }
    }

    /**
     * Somebody who does not know our lock moves a pointer while we look whether it has moved: we
     * wait for him, and then see that it has.
     */
    @Test
    void otherClientsAreWaitedFor() throws Exception {
        try (KeptCatalog catalog = KeptCatalog.Place.POSTGRESQL.in(folder);
                Sql sql = new Sql(catalog.url())) {
            sql.run("CREATE TABLE a AS SELECT 1 AS n", "CREATE TABLE b (n INT)");
            Table a = catalog.other().loadTable(TableIdentifier.of("default", "a"));
            String before = pointer(a);
            a.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
            String after = pointer(a);
            String database = PostgresServer.newestDatabase();
            try (Connection back = move(database, after, before)) {
                back.commit();
            }
            sql.run("BEGIN", "UPDATE a SET n = n + 1", "INSERT INTO b VALUES (1)");
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try (Connection theirs = move(database, before, after)) {
                Future<String> commit = pool.submit(() -> sql.error("COMMIT"));
                Thread.sleep(300);
                assertFalse(commit.isDone(), "commits while the pointer is somebody else's");
                theirs.commit();
                String error = commit.get(1, TimeUnit.MINUTES);
                assertTrue(
                        error.startsWith("error[COMMIT_CONFLICT]: table 'a' was changed"), error);
            }
            pool.shutdown();
            assertEquals(List.of(), sql.rows("FROM a"));
            assertEquals(List.of(), sql.rows("FROM b"));
        }
    }

    private static String pointer(Table table) {
        return ((HasTableOperations) table).operations().current().metadataFileLocation();
    }

    /** Moves a pointer in a transaction that is not committed yet. */
    private static Connection move(String database, String from, String to) throws Exception {
        Connection connection =
                DriverManager.getConnection(PostgresServer.uri(database), "postgres", "postgres");
        connection.setAutoCommit(false);
        String sql = "UPDATE iceberg_tables SET metadata_location = ? WHERE metadata_location = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, to);
            update.setString(2, from);
            assertEquals(1, update.executeUpdate());
        }
        return connection;
    }
}
