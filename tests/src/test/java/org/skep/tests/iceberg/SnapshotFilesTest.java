package org.skep.tests.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files go when snapshots expire and orphans are removed, also while others write. */
class SnapshotFilesTest {
    @TempDir private Path folder;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = connect();
        execute("CREATE TABLE t AS SELECT 1 AS a");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Long> row(String sql) throws SQLException {
        return row(connection, sql);
    }

    private static List<Long> row(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertTrue(result.next());
            List<Long> row = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.add(result.getLong(i));
            }
            return row;
        }
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("warehouse/data"))) {
            return new TreeSet<>(all.filter(Files::isRegularFile).toList());
        }
    }

    private Set<Path> dataFiles() throws IOException {
        Set<Path> found = files();
        found.removeIf(file -> !file.toString().endsWith(".parquet"));
        return found;
    }

    @Test
    void filesOfExpiredSnapshotsGo() throws Exception {
        execute("INSERT OVERWRITE t SELECT 2");
        execute("INSERT INTO t SELECT 3");
        assertEquals(3, dataFiles().size());
        Set<Path> before = files();
        List<Long> expired = row("EXPIRE SNAPSHOTS t OLDER THAN '0s'");
        assertEquals(2, expired.get(0));
        Set<Path> gone = new TreeSet<>(before);
        gone.removeAll(files());
        assertEquals(gone.size(), expired.get(1));
        assertTrue(expired.get(2) > 0);
        assertEquals(2, dataFiles().size());
        assertEquals(List.of(5L), row("SELECT sum(a) FROM t"));
    }

    @Test
    void aSnapshotIsAsOldAsItIsOutOfUse() throws Exception {
        Instant made = Instant.now();
        Thread.sleep(200);
        execute("INSERT OVERWRITE t SELECT 2");
        long age = Duration.between(made, Instant.now()).toMillis() - 150;
        assertEquals(
                List.of(0L, 0L, 0L),
                row("EXPIRE SNAPSHOTS t OLDER THAN INTERVAL '%d ms'".formatted(age)),
                "it was made before, and left after");
        assertEquals(1L, row("EXPIRE SNAPSHOTS t OLDER THAN '0s'").get(0));
    }

    @Test
    void orphansGoWhenTheyAreOld() throws Exception {
        execute("INSERT OVERWRITE t SELECT 2");
        Path data = dataFiles().iterator().next().getParent();
        Path left = Files.writeString(data.resolve("left-by-a-killed-writer.parquet"), "abc");
        Path list = data.resolveSibling("metadata").resolve("snap-of-nobody.avro");
        Files.writeString(list, "abcd");
        Path notes = Files.writeString(data.resolveSibling("notes.txt"), "kept");
        Set<Path> before = files();
        assertEquals(List.of(0L, 0L), row("REMOVE ORPHANS t"), "they may be of a running write");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(30))));
        assertEquals(List.of(1L, 3L), row("REMOVE ORPHANS t"));
        assertEquals(List.of(1L, 4L), row("REMOVE ORPHANS t OLDER THAN '0s'"));
        before.removeAll(List.of(left, list));
        assertEquals(before, files());
        assertTrue(Files.exists(notes), "beside the folders of data and metadata");
        assertEquals(List.of(2L), row("SELECT sum(a) FROM t"));
        assertEquals(List.of(0L, 0L), row("REMOVE ORPHANS t OLDER THAN '0s'"));
    }

    @Test
    void filesOfAllSnapshotsAndPartitioningsAreNamed() throws Exception {
        execute("ALTER TABLE t ADD COLUMN b STRING");
        execute("ALTER TABLE t ADD PARTITION FIELD b");
        execute("INSERT INTO t VALUES (2, 'x'), (3, 'a/b')");
        execute("DELETE FROM t WHERE a = 2");
        execute("ALTER TABLE t DROP PARTITION FIELD b");
        execute("ALTER TABLE t RENAME TO u");
        execute("INSERT INTO u VALUES (4, 'y')");
        Set<Path> before = files();
        assertEquals(List.of(0L, 0L), row("REMOVE ORPHANS u OLDER THAN '0s'"));
        assertEquals(before, files());
        assertEquals(List.of(8L), row("SELECT sum(a) FROM u"));
    }

    @Test
    void withoutATableAllOrphansGo() throws Exception {
        execute("CREATE SCHEMA s");
        execute("CREATE TABLE s.u AS SELECT 2 AS a");
        execute("CREATE TABLE dropped AS SELECT 3 AS a");
        execute("DROP TABLE dropped");
        Path schema = folder.resolve("warehouse/data/default");
        Path lost = Files.createDirectories(schema.resolve("killed-01234abc/data/k=1"));
        Files.writeString(lost.resolve("part.parquet"), "abc");
        Path named = Files.createDirectories(schema.resolve("files-01234abd"));
        Files.writeString(named.resolve("a.csv"), "a,b\n1,2\n");
        execute("CREATE EXTERNAL TABLE files LOCATION '%s'".formatted(named));
        Files.writeString(dataFiles().iterator().next().resolveSibling("left.parquet"), "abcd");
        Set<Path> before = files();
        assertEquals(List.of(0L, 0L), row("REMOVE ORPHANS"));
        assertEquals(before, files());
        assertEquals(2, row("REMOVE ORPHANS OLDER THAN '0s'").get(0));
        assertEquals(before.size() - 2, files().size());
        assertTrue(Files.notExists(schema.resolve("killed-01234abc")));
        try (Stream<Path> left = Files.list(schema)) {
            assertEquals(2, left.count(), "a table's and an external one's");
        }
        assertEquals(List.of(3L), row("SELECT sum(a) FROM (TABLE t UNION ALL TABLE s.u) x"));
    }

    /** Writers, a reader, and both kinds of cleaning at once: no row is lost, no read fails. */
    @Test
    void cleaningWhileOthersWriteAndRead() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> cleaner =
                    threads.submit(
                            () -> {
                                try (Connection own = connect()) {
                                    while (!done.get()) {
                                        row(own, "EXPIRE SNAPSHOTS t OLDER THAN '2s'");
                                        row(own, "REMOVE ORPHANS t OLDER THAN '10s'");
                                    }
                                }
                                return null;
                            });
            Future<?> reader =
                    threads.submit(
                            () -> {
                                try (Connection own = connect()) {
                                    long last = 1;
                                    while (!done.get()) {
                                        long now = row(own, "SELECT count(*) FROM t").get(0);
                                        assertTrue(now >= last, now + " after " + last);
                                        last = now;
                                    }
                                }
                                return null;
                            });
            try (Connection own = connect()) {
                for (int i = 0; i < 25; i++) {
                    execute(own, "INSERT INTO t SELECT " + i);
                    if (i % 5 == 4) {
                        execute(own, "INSERT OVERWRITE t SELECT * FROM t");
                    }
                }
            } finally {
                done.set(true);
            }
            cleaner.get(60, TimeUnit.SECONDS);
            reader.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of(26L, 301L), row("SELECT count(*), sum(a) FROM t"));
    }
}
