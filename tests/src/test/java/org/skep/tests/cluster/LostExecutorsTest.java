package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.cluster.OwnProcesses.Said;
import org.skep.tests.oracle.Rows;

/** A cluster of own processes, and what happens when its executors are killed. */
class LostExecutorsTest {
    @TempDir private static Path folder;

    private static final String OF_FIRST_TASK = "the host of the task that ended first";

    private static OwnProcesses cluster;

    private Connection local;
    private Connection there;
    private final Attempts attempts = new Attempts();

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
        SparkContext.getOrCreate().addSparkListener(attempts);
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

    /**
     * A task that ended well.
     *
     * @param shuffle that it wrote, -1 for none
     */
    private record Ended(int stage, int attempt, int shuffle, int task, String host) {}

    /** What the scheduler tells of tasks and stages, and what is to be done then. */
    private static final class Attempts extends SparkListener {
        final List<Ended> ended = Collections.synchronizedList(new ArrayList<>());
        final Map<Integer, Integer> shuffles = new ConcurrentHashMap<>(); // by stage
        final AtomicInteger killed = new AtomicInteger();
        final AtomicReference<String> killAfterFirstTask = new AtomicReference<>();
        final AtomicReference<String> freezeAfterFirstTask = new AtomicReference<>();
        final List<ProcessHandle> frozen = Collections.synchronizedList(new ArrayList<>());
        final AtomicReference<String> killAfterFirstStage = new AtomicReference<>();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (end.reason().toString().equals("Success")) {
                ended.add(
                        new Ended(
                                end.stageId(),
                                end.stageAttemptId(),
                                shuffles.getOrDefault(end.stageId(), -1),
                                end.taskInfo().partitionId(),
                                end.taskInfo().host()));
                kill(killAfterFirstTask);
                freeze(freezeAfterFirstTask.getAndSet(null));
            }
        }

        private void freeze(String host) {
            if (host != null) {
                try {
                    ProcessHandle executor = executor(host).orElseThrow();
                    OwnProcesses.signal("STOP", executor);
                    frozen.add(executor);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
            scala.Option<Object> shuffle = submitted.stageInfo().shuffleDepId();
            shuffles.put(
                    submitted.stageInfo().stageId(),
                    shuffle.isDefined() ? (Integer) shuffle.get() : -1);
        }

        @Override
        public void onStageCompleted(SparkListenerStageCompleted completed) {
            kill(killAfterFirstStage);
        }

        private void kill(AtomicReference<String> host) {
            String asked = host.getAndSet(null);
            if (asked != null) {
                try {
                    executor(asked.equals(OF_FIRST_TASK) ? ended.get(0).host : asked)
                            .orElseThrow()
                            .destroyForcibly();
                    killed.incrementAndGet();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        List<Ended> of(int shuffle) {
            synchronized (ended) {
                return ended.stream().filter(task -> task.shuffle == shuffle).toList();
            }
        }
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
        attempts.killAfterFirstTask.set("127.0.0.2");
        assertSame(SLOW);
        assertEquals(1, attempts.killed.get());
    }

    /** Exactly the maps that it had done run once more. */
    @Test
    void executorDiesAfterItsMaps() throws SQLException {
        try (Statement statement = there.createStatement()) {
            statement.execute("SET join_strategy = hash");
        }
        attempts.killAfterFirstStage.set(OF_FIRST_TASK);
        assertSame( // the right side's maps end first; the left side's take a while
                "SELECT count(*), max(a.hash) FROM (SELECT id, sha256(repeat(text, 200)) AS hash FROM numbers) a"
                        + " JOIN (SELECT id FROM numbers WHERE k < 3) b ON a.id = b.id");
        assertEquals(1, attempts.killed.get());
        Ended first = attempts.ended.get(0);
        String dead = first.host;
        List<Integer> lost =
                attempts.of(first.shuffle).stream()
                        .filter(task -> task.stage == first.stage && task.attempt == 0)
                        .filter(task -> task.host.equals(dead))
                        .map(Ended::task)
                        .sorted()
                        .toList();
        List<Integer> again =
                attempts.of(first.shuffle).stream()
                        .filter(task -> task.stage != first.stage || task.attempt > 0)
                        .map(Ended::task)
                        .sorted()
                        .toList();
        assertFalse(lost.isEmpty());
        assertEquals(lost, again, attempts.ended.toString());
    }

    @Test
    void tableIsWrittenOnceThoughExecutorsDie() throws SQLException {
        for (Connection each : List.of(local, there)) {
            try (Statement statement = each.createStatement()) {
                statement.execute("CREATE TABLE copy AS SELECT id, k FROM numbers WHERE id < 0");
                if (each == there) {
                    attempts.killAfterFirstTask.set("127.0.0.1");
                }
                statement.execute(
                        "INSERT INTO copy SELECT id, k FROM numbers WHERE sha256(repeat(text, 200)) < '8'");
            }
        }
        assertEquals(1, attempts.killed.get());
        assertSame("SELECT count(*), sum(id), sum(k), count(DISTINCT id) FROM copy");
    }

    @Test
    void folderIsWrittenOnceThoughExecutorsDie() throws SQLException {
        String out = folder.resolve("out").toString();
        attempts.killAfterFirstTask.set("127.0.0.2");
        try (Statement statement = there.createStatement()) {
            statement.execute(
                    "INSERT OVERWRITE DIRECTORY '%s' STORED AS PARQUET SELECT id, k FROM numbers WHERE sha256(repeat(text, 200)) < '8'"
                            .formatted(out));
        }
        assertEquals(1, attempts.killed.get());
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
        attempts.freezeAfterFirstTask.set("127.0.0.2");
        long start = System.nanoTime();
        try {
            assertSame(SLOW);
        } finally {
            for (ProcessHandle frozen : attempts.frozen) {
                OwnProcesses.signal("CONT", frozen);
            }
        }
        assertEquals(1, attempts.frozen.size());
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertTrue(seconds < 60, seconds + " s");
    }
}
