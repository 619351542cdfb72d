package org.skep.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.iceberg.OtherCatalog;

/**
 * Processes that are killed (SIGKILL) at random moments of an INSERT OVERWRITE or a MERGE, while
 * another one reads: each read sees a table as some statement has left it, never anything between.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("crash.count", 50);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

    @TempDir private Path folder;
    private List<String> command;
    private int twoStatementsMillis;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<Throwable> torn = new AtomicReference<>();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void everyReadSeesOldOrNew() throws Exception {
        Path warehouse = folder.resolve("warehouse");
        Random dice = new Random(SEED);
        int advanced = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:skep:" + warehouse);
                Statement statement = connection.createStatement()) {
            Writer.create(statement);
            archiveClasses(warehouse);
            long version = check(statement, 2);
            Thread reader = new Thread(() -> poll(warehouse), "reader");
            reader.start();
            for (int kill = 0; kill < KILLS && torn.get() == null; kill++) {
                killOne(warehouse, dice);
                long now = check(statement, version);
                advanced += now > version ? 1 : 0;
                version = now;
            }
            over.set(true);
            reader.join();
            if (torn.get() != null) {
                throw new AssertionError("seed " + SEED, torn.get());
            }
            requireNoOrphans(statement, warehouse);
            assertEquals(version, check(statement, version));
            System.out.printf(
                    "%d kills, %d versions, %d times some were written, %d reads, seed %d%n",
                    KILLS, version, advanced, reads.get(), SEED);
            assertTrue(version > KILLS / 5, "the processes were killed before they wrote anything");
        }
    }

    /** What the killed processes have left goes, and nothing else. */
    private void requireNoOrphans(Statement statement, Path warehouse)
            throws SQLException, IOException {
        try (JdbcCatalog catalog = OtherCatalog.open(warehouse)) {
            Set<Path> named = OtherCatalog.files(catalog, "t");
            Set<Path> before = files(warehouse);
            assertTrue(before.containsAll(named), "a file is gone");
            try (ResultSet removed =
                    statement.executeQuery("REMOVE ORPHANS t OLDER THAN INTERVAL 0 SECOND")) {
                removed.next();
                System.out.printf(
                        "%d files named, %d found, %d removed%n",
                        named.size(), before.size(), removed.getLong(1));
            }
            assertEquals(named, files(warehouse));
        }
    }

    private static Set<Path> files(Path warehouse) throws IOException {
        try (Stream<Path> all = Files.walk(warehouse.resolve("data"))) {
            return all.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
    }

    /** One process that lives to its end; the others start faster with its classes as they lie. */
    private void archiveClasses(Path warehouse) throws IOException, InterruptedException {
        Path output = folder.resolve("first.txt");
        command = Jvm.command(Jvm.packedClassPath(folder), Writer.class.getName());
        Path archive = folder.resolve("classes.jsa");
        command.addAll(1, List.of("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive));
        Process first = Jvm.start(output, command, "rewrite", warehouse.toString(), "2");
        await(first, output, "ready");
        long ready = System.nanoTime();
        await(first, output, "ready\n1\n2");
        twoStatementsMillis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ready);
        assertTrue(first.waitFor(120, TimeUnit.SECONDS) && first.exitValue() == 0, text(output));
        command.set(2, "-XX:SharedArchiveFile=" + archive);
    }

    private void killOne(Path warehouse, Random dice) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Files.deleteIfExists(output);
        Process process = Jvm.start(output, command, "rewrite", warehouse.toString(), "1000000");
        try {
            await(process, output, "ready");
            Thread.sleep(dice.nextInt(twoStatementsMillis));
            assertTrue(process.isAlive(), () -> "died by itself: " + text(output));
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private static void await(Process process, Path output, String text)
            throws IOException, InterruptedException {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(output) || !Files.readString(output).startsWith(text)) {
            assertTrue(process.isAlive() && System.nanoTime() < give, () -> text(output));
            Thread.sleep(5);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void poll(Path warehouse) {
        try (Connection connection = DriverManager.getConnection("jdbc:skep:" + warehouse);
                Statement statement = connection.createStatement()) {
            long version = 0;
            while (!over.get()) {
                version = check(statement, version);
                reads.incrementAndGet();
                Thread.sleep(20);
            }
        } catch (Throwable e) {
            torn.set(e);
        }
    }

    /** The version of the table, which is whole and not older than {@code least}. */
    private static long check(Statement statement, long least) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT count(*), min(version), max(version), sum(id), count(DISTINCT id),"
                                + " sum(length(text)) FROM t")) {
            rows.next();
            long version = rows.getLong(3);
            long count = 0;
            long sum = 0;
            long length = 0;
            for (int id = 1; id <= Writer.ROWS; id++) {
                if (version % 2 == 0 || id % Writer.GAP != 0) {
                    count++;
                    sum += id;
                    length += 10L * Integer.toString(id).length();
                }
            }
            assertEquals(version, rows.getLong(2), "two versions at once");
            assertEquals(count, rows.getLong(1), "rows of version " + version);
            assertEquals(sum, rows.getLong(4), "sum of version " + version);
            assertEquals(count, rows.getLong(5), "different rows of version " + version);
            assertEquals(length, rows.getLong(6), "texts of version " + version);
            assertTrue(version >= least, "back from version %d to %d".formatted(least, version));
            return version;
        }
    }
}
