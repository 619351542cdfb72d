package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.cluster.Attempts.Ended;
import org.skep.tests.oracle.Rows;

/**
 * What the setting {@code chaos} makes go wrong on a cluster of own processes changes no row, and
 * costs the attempts that it must.
 */
class ChaosTest {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");

    /** Of two cores, a row group each. */
    private static final int TASKS = 6;

    private static final String COUNTS =
            "SELECT k, count(*), sum(id), max(text) FROM numbers GROUP BY k";

    @TempDir private static Path folder;

    private static OwnProcesses cluster;

    private static Connection local;
    private static Connection there;

    private Attempts attempts;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        cluster = OwnProcesses.start(folder.resolve("cluster"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id, i %% 1000 AS k, md5(i::VARCHAR) AS text FROM range(%d) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 20480)"
                            .formatted(TASKS * 20480, folder.resolve("rows.parquet")));
        }
        local = connection("", "local");
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException, SQLException {
        local.close();
        cluster.close();
    }

    /** Connects to the cluster, with a setting of Spark's. */
    private static void connect(String setting) throws SQLException, IOException {
        cluster.set(setting);
        there = connection(cluster.url(), "cluster");
    }

    @BeforeEach
    void listen() throws SQLException, IOException, InterruptedException {
        execute(there, "RESET chaos");
        for (String host : HOSTS) {
            String application = SparkContext.getOrCreate().applicationId();
            while (cluster.executor(host, application).isEmpty()) {
                Thread.sleep(50);
            }
        }
        attempts = Attempts.listen();
    }

    @AfterEach
    void listenNoMore() {
        SparkContext.getOrCreate().removeSparkListener(attempts);
    }

    private static Connection connection(String url, String warehouse) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", url);
        Connection connection =
                DriverManager.getConnection("jdbc:skep:" + folder.resolve(warehouse), properties);
        execute(connection, "SET split_bytes = 64KB");
        execute(connection, "SET shuffle_partitions = 4");
        execute(connection, "SET partition_bytes = 1");
        execute(
                connection,
                "CREATE TEMP VIEW numbers AS SELECT * FROM '%s'"
                        .formatted(folder.resolve("rows.parquet")));
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Rows.of(statement.executeQuery(sql));
        }
    }

    private void chaos(String text) throws SQLException {
        execute(there, "SET chaos = '%s'".formatted(text));
    }

    private void assertSame(String sql) throws SQLException {
        String difference = rows(there, sql).sorted().difference(rows(local, sql).sorted());
        assertEquals(null, difference, sql);
    }

    /** Attempts that do not count, and were not copies or beaten by one. */
    private List<Ended> failed() throws Exception {
        return attempts.ended().stream()
                .filter(each -> !each.counts() && !each.reason().equals("TaskKilled"))
                .toList();
    }

    /** The one attempt that failed, of so many stages' tasks; each other counts. */
    private Ended onlyFailure() throws Exception {
        List<Ended> failed = failed();
        assertEquals(1, failed.size(), attempts.ended().toString());
        Ended first = failed.get(0);
        assertEquals("ExceptionFailure", first.reason());
        assertEquals(0, first.number());
        List<Ended> same =
                attempts.ended().stream()
                        .filter(each -> each.stage() == first.stage())
                        .filter(each -> each.task() == first.task() && each.counts())
                        .toList();
        assertEquals(1, same.size(), attempts.ended().toString());
        assertEquals(1, same.get(0).number());
        for (Ended each : attempts.ended()) { // of others the first, unless a copy was faster
            boolean expected = each.number() == 0 || each.copy() || same.contains(each);
            assertTrue(expected, each.toString());
        }
        return first;
    }

    private static String overwrite(String out, String query) {
        return "INSERT OVERWRITE DIRECTORY '%s' STORED AS PARQUET %s".formatted(out, query);
    }

    /** There is a file of each task, and nothing else that a reader would see. */
    private void assertFolder(String out, String query) throws Exception {
        List<Integer> tasks = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(out))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                assertTrue(name.matches("part-\\d{5}(-a0\\.\\d+)?\\.parquet"), name);
                tasks.add(Integer.parseInt(name.substring(5, 10)));
            }
        }
        assertEquals(tasks.stream().distinct().count(), tasks.size(), tasks.toString());
        Rows written = rows(local, "SELECT * FROM '%s/*.parquet'".formatted(out));
        assertNull(written.sorted().difference(rows(local, query).sorted()));
    }

    /** One task that writes fails at its last rows; another is so slow that a copy is faster. */
    private static final String SINK =
            "crash-task stage=sink task=1 at=99%; slow-task stage=sink task=0 factor=200";

    private void assertSinkWasDisturbed() throws Exception {
        Ended failure = onlyFailure();
        assertEquals(1, failure.task());
        assertTrue(failure.said().contains("after 20480 of 20480 rows"), failure.said());
        Ended slow = killed();
        assertEquals(0, slow.task());
        assertEquals(0, slow.number());
    }

    /** The attempt that another has overtaken; it ends after the query. */
    private Ended killed() throws Exception {
        for (int i = 0; i < 100; i++) {
            for (Ended each : attempts.ended()) {
                if (each.reason().equals("TaskKilled") && each.number() == 0) {
                    return each;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("none was killed: " + attempts.ended());
    }

    /** A copy could be faster than a task that is to fail, so there are none. */
    @Nested
    class Failures {
        @BeforeAll
        static void connect() throws SQLException, IOException {
            ChaosTest.connect("spark.speculation false");
        }

        @AfterAll
        static void disconnect() throws SQLException {
            there.close();
        }

        @Test
        void mapperDies() throws Exception {
            chaos("crash-task stage=0 task=3 at=60%");
            try (Statement statement = there.createStatement()) {
                Rows rows = Rows.of(statement.executeQuery(COUNTS));
                assertNull(rows.sorted().difference(rows(local, COUNTS).sorted()));
                assertEquals(
                        "chaos: task 3 of stage 0 was run again after 'crash-task stage=0 task=3 at=60%'",
                        statement.getWarnings().getMessage());
            }
            Ended failure = onlyFailure();
            assertEquals(3, failure.task());
            assertTrue(failure.shuffle() >= 0, failure.toString());
            assertTrue(
                    failure.said().contains(" after 12288 of 20480 rows"),
                    failure.said()); // a batch has 2048
        }

        @Test
        void reducerDies() throws Exception {
            chaos("crash-task stage=1 task=2 at=60%");
            assertSame(COUNTS);
            Ended failure = onlyFailure();
            assertEquals(2, failure.task());
            assertEquals(-1, failure.shuffle());
            Matcher rows = Pattern.compile(" after (\\d+) of (\\d+) rows").matcher(failure.said());
            assertTrue(rows.find(), failure.said());
            double share = Double.parseDouble(rows.group(1)) / Double.parseDouble(rows.group(2));
            assertTrue(share >= 0.6 && share < 1, failure.said());
        }

        /** One before a file is written, one when it is all there and nobody has been told. */
        @Test
        void reducersThatWriteDie() throws Exception {
            chaos("crash-task stage=1 task=2 at=60%; crash-task stage=1 task=1 at=100%");
            String out = folder.resolve("reduced").toString();
            execute(there, overwrite(out, COUNTS));
            assertEquals(List.of(1, 2), failed().stream().map(Ended::task).sorted().toList());
            assertFolder(out, COUNTS);
        }

        /** The maps that it had done run again, too. */
        @Test
        void processDies() throws Exception {
            chaos("kill-task stage=0 task=3 at=60%");
            assertSame(COUNTS);
            List<Ended> lost =
                    failed().stream()
                            .filter(each -> each.reason().startsWith("ExecutorLost"))
                            .toList();
            assertEquals(List.of(3), lost.stream().map(Ended::task).toList(), lost.toString());
            assertEquals(0, lost.get(0).number());
        }

        /** Maps that run again because their output was lost are not first attempts. */
        @Test
        void whatIsMendedIsNotDisturbed() throws Exception {
            execute(there, "SET join_strategy = hash");
            execute(there, "SET adaptive = false"); // or the second stage reads what the first did
            chaos("crash-task stage=0 at=50%; crash-task stage=1 at=50%");
            String application = SparkContext.getOrCreate().applicationId();
            attempts.afterFirstStage(
                    () ->
                            cluster.executor(attempts.firstHost(), application)
                                    .orElseThrow()
                                    .destroyForcibly());
            assertSame(
                    "SELECT count(*), max(a.text) FROM numbers a JOIN (SELECT id FROM numbers WHERE sha256(repeat(text, 100)) > '8') b ON a.id = b.id");
            execute(there, "SET adaptive = true");
            execute(there, "RESET join_strategy");
            List<Ended> all = attempts.ended();
            int first = all.get(0).shuffle();
            long runs =
                    all.stream()
                            .filter(each -> each.shuffle() == first && each.counts())
                            .map(Ended::stage)
                            .distinct()
                            .count();
            assertTrue(runs > 1, all.toString());
            List<String> crashed =
                    all.stream()
                            .filter(each -> each.reason().equals("ExceptionFailure"))
                            .map(each -> each.shuffle() + "." + each.task())
                            .toList();
            assertTrue(crashed.size() >= TASKS, crashed.toString());
            assertEquals(crashed.stream().distinct().toList(), crashed);
        }
    }

    /** With copies of tasks that lag behind, as it is by default. */
    @Nested
    class Copies {
        @BeforeAll
        static void connect() throws SQLException, IOException {
            ChaosTest.connect("spark.speculation true");
        }

        @AfterAll
        static void disconnect() throws SQLException {
            there.close();
        }

        @Test
        void tableIsWrittenOnce() throws Exception {
            for (Connection each : List.of(local, there)) {
                execute(each, "CREATE TABLE copy AS SELECT id, text FROM numbers WHERE id < 0");
            }
            chaos(SINK);
            for (Connection each : List.of(local, there)) {
                execute(each, "INSERT INTO copy SELECT id, text FROM numbers");
            }
            assertSinkWasDisturbed();
            execute(there, "RESET chaos");
            assertSame("SELECT * FROM copy");
            assertEquals(
                    rows(local, "SHOW SNAPSHOTS copy").rows().size(),
                    rows(there, "SHOW SNAPSHOTS copy").rows().size());
        }

        @Test
        void folderIsWrittenOnce() throws Exception {
            chaos(SINK);
            String out = folder.resolve("written").toString();
            execute(there, overwrite(out, "SELECT id, text FROM numbers"));
            assertSinkWasDisturbed();
            assertFolder(out, "SELECT id, text FROM numbers");
        }

        /**
         * A copy begins when the last task has taken one and a half times what others take. So it
         * costs half a task's time and the copy's, instead of nine times a task's.
         */
        @Test
        void stragglerIsOvertaken() throws Exception {
            int last = TASKS - 1;
            chaos("slow-task stage=0 task=%d factor=10".formatted(last));
            String light = "SELECT k, count(*), sum(id) FROM numbers GROUP BY k";
            String heavy =
                    light.replace("GROUP", "WHERE sha256(repeat(text, 400)) > '' GROUP"); // all
            assertNull(rows(there, heavy).sorted().difference(rows(local, light).sorted()));
            Ended slow = killed();
            assertEquals(last, slow.task());
            List<Ended> maps =
                    attempts.ended().stream().filter(each -> each.stage() == slow.stage()).toList();
            List<Ended> others =
                    maps.stream().filter(each -> each.counts() && each.task() != last).toList();
            Ended copy =
                    maps.stream()
                            .filter(each -> each.counts() && each.task() == last)
                            .findFirst()
                            .orElseThrow();
            assertTrue(copy.copy(), maps.toString());
            assertNotEquals(slow.host(), copy.host());
            long median =
                    others.stream().mapToLong(Ended::millis).sorted().skip(2).findFirst().orElse(0);
            long othersEnd = others.stream().mapToLong(Ended::end).max().orElse(0);
            long excess = copy.end() - Math.max(othersEnd, slow.begin() + median);
            String figures =
                    "median %d ms, copy after %d ms, took %d ms, excess %d ms, slow one ended %d ms after it"
                            .formatted(
                                    median,
                                    copy.begin() - slow.begin(),
                                    copy.millis(),
                                    excess,
                                    slow.end() - copy.end());
            System.out.println("straggler: " + figures);
            assertTrue(
                    copy.begin() - Math.max(othersEnd, slow.begin() + median * 3 / 2) < 1000,
                    figures);
            assertTrue(excess < median + Math.max(median, copy.millis()) + 1000, figures);
            assertTrue(slow.end() - copy.end() < 1000, figures);
            assertTrue(copy.end() - slow.begin() < 10 * median, figures);
        }
    }
}
