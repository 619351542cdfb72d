package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.cluster.Attempts.Ended;
import org.skep.tests.cluster.OwnProcesses.Said;
import org.skep.tests.oracle.Rows;

/** A cluster of own processes, and what happens when its executors are killed. */
class LostExecutorsTest {
    @TempDir private static Path folder;

    private static OwnProcesses cluster;

    private Connection local;
    private Connection there;
    private Attempts attempts;
    private final AtomicInteger killed = new AtomicInteger();
    private final List<ProcessHandle> frozen = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        Held.bytes("0"); // what the driver has cannot be lost
        cluster = OwnProcesses.start(folder.resolve("cluster"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id, i %% 7 AS k, md5(i::VARCHAR) AS text FROM range(200000) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 20480)"
                            .formatted(folder.resolve("rows.parquet")));
        }
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        Held.standard();
        cluster.close();
        assertEquals(3, cluster.run("status").exit());
    }

    @BeforeEach
    void connect() throws SQLException, IOException, InterruptedException {
        local = connection("", "local");
        there = connection(cluster.url(), "cluster");
        attempts = Attempts.listen();
        for (String host : List.of("127.0.0.1", "127.0.0.2")) {
            while (executor(host).isEmpty()) {
                Thread.sleep(50);
            }
        }
    }

    private static Optional<ProcessHandle> executor(String host) throws IOException {
        return cluster.executor(host, SparkContext.getOrCreate().applicationId());
    }

    @AfterEach
    void disconnect() throws SQLException {
        local.close();
        there.close();
    }

    private static Connection connection(String url, String warehouse) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", url);
        Connection connection =
                DriverManager.getConnection("jdbc:skep:" + folder.resolve(warehouse), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET split_bytes = 64KB");
            statement.execute(
                    "CREATE TEMP VIEW numbers AS SELECT * FROM '%s'"
                            .formatted(folder.resolve("rows.parquet")));
        }
        return connection;
    }

    private static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Rows.of(statement.executeQuery(sql));
        }
    }

    private void assertSame(String sql) throws SQLException {
        String difference = rows(there, sql).sorted().difference(rows(local, sql).sorted());
        assertEquals(null, difference, sql);
    }

    /** Kills the executor of a host. */
    private Attempts.Action kill(String host) {
        return () -> killNow(host);
    }

    private void killNow(String host) throws IOException {
        executor(host).orElseThrow().destroyForcibly();
        killed.incrementAndGet();
    }

    private Attempts.Action freeze(String host) {
        return () -> {
            ProcessHandle executor = executor(host).orElseThrow();
            OwnProcesses.signal("STOP", executor);
            frozen.add(executor);
        };
    }

    private static final String SLOW =
            "SELECT k, count(*), max(sha256(repeat(text, 200))) FROM numbers GROUP BY k";

    @Test
    void startedTwiceIsRefusedAndStatusTells() throws IOException, InterruptedException {
        Said again = cluster.start();
        assertEquals(1, again.exit());
        assertTrue(again.out().contains("a cluster is running already"), again.out());
        Said status = cluster.run("status");
        assertEquals(0, status.exit(), status.out());
        assertTrue(status.out().contains("127.0.0.2:"), status.out());
        assertTrue(status.out().contains("application skep"), status.out());
        assertEquals(2, cluster.run("start", "--workers=none").exit());
        String secret =
                Files.readAllLines(folder.resolve("cluster/spark.properties")).stream()
                        .filter(line -> line.startsWith("spark.authenticate.secret "))
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .findFirst()
                        .orElseThrow();
        for (String host : List.of("127.0.0.1", "127.0.0.2")) {
            String command = OwnProcesses.commandLine(executor(host).orElseThrow());
            assertTrue(command.contains("CoarseGrainedExecutorBackend"), command);
            assertFalse(command.contains(secret));
        }
    }

    /** Its other tasks, and the one that it was at, run on the other executor or on a new one. */
    @Test
    void executorDiesWhileItMaps() throws SQLException {
        attempts.afterFirstTask(kill("127.0.0.2"));
        assertSame(SLOW);
        assertEquals(1, killed.get());
    }

    /** Exactly the maps that it had done run once more. */
    @Test
    void executorDiesAfterItsMaps() throws Exception {
        try (Statement statement = there.createStatement()) {
            statement.execute("SET join_strategy = hash");
        }
        // where the first task was: of a busy machine's executors one may do all the work
        attempts.afterFirstStage(() -> killNow(attempts.firstHost()));
        assertSame( // the right side's maps end first; the left side's take a while
                "SELECT count(*), max(a.hash) FROM (SELECT id, sha256(repeat(text, 200)) AS hash FROM numbers) a"
                        + " JOIN (SELECT id FROM numbers WHERE k < 3) b ON a.id = b.id");
        assertEquals(1, killed.get());
        List<Ended> ended = attempts.ended().stream().filter(Ended::counts).toList();
        Ended first = ended.get(0);
        List<Ended> maps =
                ended.stream().filter(each -> each.shuffle() == first.shuffle()).toList();
        List<Integer> lost =
                maps.stream()
                        .filter(map -> map.stage() == first.stage() && map.stageAttempt() == 0)
                        .filter(map -> map.host().equals(first.host()))
                        .map(Ended::task)
                        .sorted()
                        .toList();
        List<Integer> again =
                maps.stream()
                        .filter(map -> map.stage() != first.stage() || map.stageAttempt() > 0)
                        .map(Ended::task)
                        .sorted()
                        .toList();
        assertFalse(lost.isEmpty());
        assertEquals(lost, again, ended.toString());
    }

    private static final String WORDS =
            "SELECT w, count(*) FROM (SELECT %s explode(split(substr(text, 1, 3), 'a')) AS w FROM numbers) t GROUP BY w";

    /** What is grouped was read from files and split, so both are done again. */
    @Test
    void partitionIsRecomputedFromItsInputs() throws Exception {
        assertFalse(scannedAgain("").isEmpty());
    }

    /** The groups are made again of the checkpoint's files; nothing that came before is. */
    @Test
    void partitionIsRecomputedFromTheCheckpoint() throws Exception {
        assertEquals(List.of(), scannedAgain("/*+ CHECKPOINT */"));
        try (Stream<Path> files = Files.walk(folder.resolve("cluster/.checkpoints"))) {
            assertEquals(0, files.filter(file -> file.toString().contains("task")).count());
        }
    }

    /** One is read part by part, and whole by every task. */
    @Test
    void checkpointIsReadInTwoWays() throws SQLException {
        assertSame(
                "WITH c AS (SELECT /*+ CHECKPOINT */ id, k, text, rand() AS r FROM numbers WHERE k < 3)"
                        + " SELECT count(*), sum(a.id), sum(CASE WHEN a.r = d.r THEN 1 ELSE 0 END), max(d.text)"
                        + " FROM c a JOIN numbers b ON a.id = b.id JOIN c d ON d.id = a.id");
        assertSame("SELECT count(*) FROM (SELECT /*+ CHECKPOINT */ id FROM numbers WHERE k > 9) t");
    }

    /**
     * Attempts that did again what tasks of the first stage had done before its executor died, when
     * that stage had ended.
     */
    private List<Ended> scannedAgain(String hint) throws Exception {
        attempts.afterFirstStage(() -> killNow(attempts.firstHost()));
        assertSame(WORDS.formatted(hint));
        assertEquals(1, killed.get());
        List<Ended> ended = attempts.ended().stream().filter(Ended::counts).toList();
        Ended first = ended.get(0);
        return ended.stream()
                .filter(each -> each.work().equals(first.work()))
                .filter(each -> each.stage() != first.stage() || each.stageAttempt() > 0)
                .toList();
    }

    @Test
    void tableIsWrittenOnceThoughExecutorsDie() throws SQLException {
        for (Connection each : List.of(local, there)) {
            try (Statement statement = each.createStatement()) {
                statement.execute("CREATE TABLE copy AS SELECT id, k FROM numbers WHERE id < 0");
                if (each == there) {
                    attempts.afterFirstTask(kill("127.0.0.1"));
                }
                statement.execute(
                        "INSERT INTO copy SELECT id, k FROM numbers WHERE sha256(repeat(text, 200)) < '8'");
            }
        }
        assertEquals(1, killed.get());
        assertSame("SELECT count(*), sum(id), sum(k), count(DISTINCT id) FROM copy");
    }

    @Test
    void folderIsWrittenOnceThoughExecutorsDie() throws SQLException {
        String out = folder.resolve("out").toString();
        attempts.afterFirstTask(kill("127.0.0.2"));
        try (Statement statement = there.createStatement()) {
            statement.execute(
                    "INSERT OVERWRITE DIRECTORY '%s' STORED AS PARQUET SELECT id, k FROM numbers WHERE sha256(repeat(text, 200)) < '8'"
                            .formatted(out));
        }
        assertEquals(1, killed.get());
        String difference =
                rows(local, "SELECT count(*), sum(id), sum(k) FROM '" + out + "/*.parquet'")
                        .difference(
                                rows(
                                        local,
                                        "SELECT count(*), sum(id), sum(k) FROM numbers WHERE sha256(repeat(text, 200)) < '8'"));
        assertEquals(null, difference);
    }

    /** It is given up after a while, with what it had done, and the query goes on without it. */
    @Test
    void executorFreezes() throws SQLException, IOException, InterruptedException {
        attempts.afterFirstTask(freeze("127.0.0.2"));
        long start = System.nanoTime();
        try {
            assertSame(SLOW);
        } finally {
            for (ProcessHandle frozen : frozen) {
                OwnProcesses.signal("CONT", frozen);
            }
        }
        assertEquals(1, frozen.size());
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertTrue(seconds < 60, seconds + " s");
    }
}
