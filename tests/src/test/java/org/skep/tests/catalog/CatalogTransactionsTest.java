package org.skep.tests.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skep.tests.catalog.RestCatalogServer.Fault;

/** Changes of several tables in a catalog that is not in a file: all of them or none. */
class CatalogTransactionsTest {
    @TempDir private Path folder;

    private static void make(Sql sql) throws Exception {
        sql.run(
                "CREATE TABLE a AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) s(id, v)",
                "CREATE TABLE b (id INT, v STRING)");
    }

    @ParameterizedTest
    @EnumSource
    void bothTablesOrNeither(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql writer = new Sql(catalog.url());
                Sql reader = new Sql(catalog.url())) {
            make(writer);
            writer.run(
                    "BEGIN",
                    "INSERT INTO b SELECT * FROM a",
                    "UPDATE b SET v = 'z' WHERE id = 1",
                    "DELETE FROM a WHERE id = 1",
                    "INSERT INTO a VALUES (3, 'w')");
            assertEquals(List.of("2|y", "3|w"), writer.rows("FROM a ORDER BY id"));
            assertEquals(List.of("1|x", "2|y"), reader.rows("FROM a ORDER BY id"));
            writer.run("ROLLBACK");
            assertEquals(List.of(), writer.rows("FROM b"));
            writer.run(
                    "BEGIN",
                    "INSERT INTO b SELECT * FROM a",
                    "DELETE FROM a WHERE id = 1",
                    "UPDATE a SET v = 'w'",
                    "COMMIT");
            assertEquals(List.of("2|w"), reader.rows("FROM a"));
            assertEquals(List.of("1|x", "2|y"), reader.rows("FROM b ORDER BY id"));
            writer.run(
                    "FROM a INSERT INTO b SELECT id + 1, v INSERT OVERWRITE TABLE a SELECT 9, v");
            assertEquals(List.of("9|w"), reader.rows("FROM a"));
            assertEquals(List.of("3|w"), reader.rows("FROM b WHERE id > 2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addedRowsStandBesideThoseOfOthers(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql writer = new Sql(catalog.url());
                Sql other = new Sql(catalog.url())) {
            make(writer);
            writer.run("BEGIN", "INSERT INTO a VALUES (3, 'w')", "INSERT INTO b VALUES (4, 'v')");
            other.run("DELETE FROM a WHERE id = 1", "INSERT INTO b VALUES (5, 'u')");
            writer.run("COMMIT");
            assertEquals(List.of("2|y", "3|w"), other.rows("FROM a ORDER BY id"));
            assertEquals(List.of("4|v", "5|u"), other.rows("FROM b ORDER BY id"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void replacedRowsDoNot(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql writer = new Sql(catalog.url())) {
            make(writer);
            writer.run("BEGIN", "INSERT INTO b VALUES (4, 'v')", "UPDATE a SET v = 'w'");
            Table a = catalog.other().loadTable(TableIdentifier.of("default", "a"));
            a.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
            String conflict = writer.error("COMMIT");
            assertTrue(
                    conflict.startsWith(
                            "error[COMMIT_CONFLICT]: table 'a' was changed by somebody else"),
                    conflict);
            assertEquals(List.of(), writer.rows("FROM a"));
            assertEquals(List.of(), writer.rows("FROM b"));
        }
    }

    /** Who loses the race for one of the tables makes the changes of all again. */
    @ParameterizedTest
    @EnumSource
    void manyAtTheSameTime(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql sql = new Sql(catalog.url())) {
            make(sql);
            ExecutorService pool = Executors.newFixedThreadPool(3);
            List<Future<Void>> writers = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                int writer = i;
                writers.add(pool.submit(() -> transactions(catalog, writer)));
            }
            for (Future<Void> writer : writers) {
                writer.get(2, TimeUnit.MINUTES);
            }
            pool.shutdown();
            String rows = "SELECT count(*), count(DISTINCT id) FROM %s WHERE id > 2";
            assertEquals(List.of("12|12"), sql.rows(rows.formatted("a")));
            assertEquals(List.of("12|12"), sql.rows(rows.formatted("b")));
        }
    }

    private static Void transactions(KeptCatalog catalog, int writer) throws Exception {
        try (Sql sql = new Sql(catalog.url())) {
            for (int i = 0; i < 4; i++) {
                String row = "VALUES (%d, 'z')".formatted(writer * 10 + i);
                sql.run("BEGIN", "INSERT INTO a " + row, "INSERT INTO b " + row, "COMMIT");
            }
            return null;
        }
    }

    /** A transaction of one table needs nothing special of a server. */
    @Test
    void serverWithoutTransactions() throws Exception {
        for (Fault fault : List.of(Fault.NO_TRANSACTIONS, Fault.NO_TRANSACTIONS_UNSAID)) {
            Path place = folder.resolve(fault.name());
            try (RestCatalogServer server = new RestCatalogServer(place.resolve("t"), null)) {
                server.fault(fault);
                KeptCatalog.write(place, List.of("type = rest", "uri = " + server.uri()));
                try (Sql sql = new Sql("jdbc:skep:" + place)) {
                    make(sql);
                    sql.run("BEGIN", "DELETE FROM a WHERE id = 1", "UPDATE a SET v = 'w'");
                    sql.run("COMMIT", "BEGIN", "INSERT INTO b VALUES (4, 'v')", "DELETE FROM a");
                    assertEquals(
                            """
                            error[NOT_SUPPORTED]: the REST catalog server cannot change several tables at once: b, a
                              |
                            1 | COMMIT
                              | ^^^^^^
                            hint: nothing was written; change one table in a transaction""",
                            sql.error("COMMIT"));
                    assertEquals(List.of("2|w"), sql.rows("FROM a"));
                    assertEquals(List.of(), sql.rows("FROM b"));
                    if (fault == Fault.NO_TRANSACTIONS) { // nor that
                        String rename = sql.error("ALTER TABLE a RENAME TO c");
                        assertTrue(
                                rename.startsWith(
                                        "error[NOT_SUPPORTED]: table 'a': Server does not support"),
                                rename);
                    }
                }
            }
        }
    }
}
