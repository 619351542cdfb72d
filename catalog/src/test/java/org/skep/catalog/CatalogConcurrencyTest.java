package org.skep.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogConcurrencyTest {
    private static final int EACH = 25;

    @TempDir Path warehouse;

    /** What a racing process does: its own tables, and one that all want to create. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            System.exit(write(Path.of(arguments[0]), arguments[1]) ? 10 : 0);
        }

        /** Whether this writer was the one who made the table that all race for. */
        static boolean write(Path warehouse, String name) {
            try (Catalog catalog = Catalog.of(warehouse)) {
                for (int i = 0; i < EACH; i++) {
                    catalog.create(CatalogTest.csv("default", name + "_" + i), Existing.FAIL);
                }
                catalog.create(CatalogTest.csv("default", "shared"), Existing.SKIP);
                try {
                    catalog.create(CatalogTest.csv("default", "prize"), Existing.FAIL);
                    return true;
                } catch (org.skep.model.error.QueryException e) {
                    if (e.code() != org.skep.model.error.ErrorCode.ALREADY_EXISTS) {
                        throw e;
                    }
                    return false;
                }
            }
        }
    }

    private void check(int writers, int winners) {
        assertEquals(1, winners);
        try (Catalog catalog = Catalog.of(warehouse)) {
            assertEquals(writers * EACH + 2, catalog.list("default", NamePattern.ANY).size());
        }
    }

    @Test
    void threadsWithConnectionsOfTheirOwn() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "w" + i;
            Callable<Boolean> writer =
                    () -> {
                        start.await();
                        return Writer.write(warehouse, name);
                    };
            done.add(pool.submit(writer));
        }
        start.countDown();
        int winners = 0;
        for (Future<Boolean> writer : done) {
            winners += writer.get(60, TimeUnit.SECONDS) ? 1 : 0;
        }
        pool.shutdown();
        check(4, winners);
    }

    @Test
    void processes() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Writer.class.getName(),
                                    warehouse.toString(),
                                    "p" + i)
                            .redirectErrorStream(true)
                            .start());
        }
        int winners = 0;
        for (Process process : processes) {
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            assertTrue(code == 0 || code == 10, said);
            winners += code == 10 ? 1 : 0;
        }
        check(3, winners);
        assertTrue(new File(warehouse.toFile(), "catalog.sqlite").exists());
    }

    @Test
    void tenThousandTables() {
        try (Catalog catalog = Catalog.of(warehouse)) {
            SqliteDatabase file = new SqliteDatabase(warehouse.resolve("catalog.sqlite"));
            file.write(
                    connection -> {
                        for (int i = 0; i < 10_000; i++) {
                            TableRows.insert(connection, CatalogTest.csv("default", "table_" + i));
                        }
                        return null;
                    });
            file.close();
            catalog.find("default", "table_1"); // opens
            long start = System.nanoTime();
            assertTrue(catalog.find("default", "TABLE_9999").isPresent());
            long found = System.nanoTime();
            assertEquals(10_000, catalog.list("default", NamePattern.ANY).size());
            long listed = System.nanoTime();
            assertEquals(
                    "did you mean 'table_5000'?",
                    catalog.tableNotFound("default", "tabel_5000", List.of()).hint());
            // generous: the machine may be busy; the point is that nothing is quadratic
            assertTrue(found - start < 100_000_000L, "find took " + (found - start) + " ns");
            assertTrue(listed - found < 1_000_000_000L, "list took " + (listed - found) + " ns");
        }
    }
}
