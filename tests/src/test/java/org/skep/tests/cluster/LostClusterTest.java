package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that goes away, or that there never was, costs an error and not a night. */
class LostClusterTest {
    private static final String ONE = "SELECT count(*) FROM generate_series(1, 10) g(i)";

    @TempDir private Path folder;

    @BeforeAll
    static void allOnExecutors() {
        Held.bytes("0");
    }

    @AfterAll
    static void asBefore() {
        Held.standard();
    }

    private Connection connection(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", url);
        return DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"), properties);
    }

    private interface Ending {
        void run() throws IOException;
    }

    /** A thread that does something as soon as a task runs. */
    private static Thread whenTasksRun(Ending ending) {
        RunningTasks tasks = new RunningTasks();
        SparkContext.getOrCreate().addSparkListener(tasks);
        return new Thread(
                () -> {
                    try {
                        while (!tasks.any("127.0.0.1") && !tasks.any("127.0.0.2")) {
                            Thread.sleep(10);
                        }
                        ending.run();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Test
    void nobodyIsLeftToRunAQuery() throws IOException, InterruptedException, SQLException {
        try (OwnProcesses cluster = OwnProcesses.start(folder.resolve("cluster"))) {
            cluster.set("spark.skep.executors.wait 30s"); // also for the first ones to come
            allWorkersEndIn(cluster);
            cluster.set("spark.skep.executors.wait 5s");
            assertRefused(cluster, "08006", "given this program no executor within 5 s");
            cluster.set("spark.skep.executors.wait soon");
            assertRefused(cluster, "22023", "spark.skep.executors.wait is no time: 'soon'");
        }
    }

    /** Spark gives up after three tries of 20 s. */
    @Test
    @EnabledIfSystemProperty(named = "cluster.long", matches = "true")
    void theSecretIsAnother() throws IOException, InterruptedException {
        try (OwnProcesses cluster = OwnProcesses.start(folder.resolve("cluster"))) {
            cluster.set("spark.authenticate.secret another");
            assertRefused(cluster, "08006", "does not let this program in");
        }
    }

    private void assertRefused(OwnProcesses cluster, String state, String says) {
        SQLException refused =
                assertThrows(SQLException.class, () -> connection(cluster.url()).close());
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
        assertEquals(state, refused.getSQLState(), refused.getMessage());
    }

    private void allWorkersEndIn(OwnProcesses cluster)
            throws IOException, InterruptedException, SQLException {
        try (Connection connection = connection(cluster.url());
                Statement statement = connection.createStatement()) {
            Step.rows(connection, ONE); // connects, which may take a while
            Thread ending = whenTasksRun(cluster::endWorkers);
            ending.start();
            SQLException lost =
                    assertThrows(
                            SQLException.class,
                            () ->
                                    statement
                                            .executeQuery(
                                                    "SELECT max(sha256(repeat(CAST(i AS STRING), 1000))) FROM generate_series(1, 4000000) g(i)")
                                            .next());
            ending.join();
            assertEquals("08006", lost.getSQLState(), lost.getMessage());
            assertTrue(lost.getMessage().contains("lost its last executor"), lost.getMessage());
        }
    }

    /**
     * A query does not need the master while it runs. A master that was started again knows nothing
     * of this process, which therefore connects anew.
     */
    @Test
    void theMasterEndsInAQueryAndComesAgain()
            throws IOException, InterruptedException, SQLException {
        try (OwnProcesses cluster = OwnProcesses.start(folder.resolve("cluster"));
                Connection connection = connection(cluster.url());
                Statement statement = connection.createStatement()) {
            Step.rows(connection, ONE);
            String count =
                    "SELECT count(*), count(DISTINCT sha256(repeat(CAST(i AS STRING), 1000))) FROM generate_series(1, 100000) g(i)";
            Thread ending = whenTasksRun(cluster::killMaster);
            ending.start();
            assertEquals("[[100000, 100000]]", Step.rows(connection, count).rows().toString());
            ending.join();
            // the executors are still there
            assertEquals("[[100000, 100000]]", Step.rows(connection, count).rows().toString());
            cluster.run("stop");
            assertEquals(0, cluster.start().exit());
            assertEquals("[[100000, 100000]]", Step.rows(connection, count).rows().toString());
            cluster.run("stop");
            SQLException none =
                    assertThrows(SQLException.class, () -> statement.executeQuery(count).next());
            assertEquals("08006", none.getSQLState(), none.getMessage());
            assertTrue(none.getMessage().contains("no master answers"), none.getMessage());
        }
    }

    @Test
    void nobodyAnswers() {
        SQLException none =
                assertThrows(SQLException.class, () -> connection("spark://127.0.0.1:1").close());
        assertEquals("08006", none.getSQLState());
        assertTrue(none.getMessage().contains("no master answers at spark://127.0.0.1:1"));
        SQLException port =
                assertThrows(SQLException.class, () -> connection("spark://somewhere").close());
        assertTrue(port.getMessage().contains("no port in the address 'somewhere'"));
        SQLException name = assertThrows(SQLException.class, () -> connection("mesos").close());
        assertTrue(name.getMessage().contains("Could not parse Master URL: 'mesos'"));
    }
}
