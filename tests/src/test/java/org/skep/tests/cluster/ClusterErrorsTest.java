package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.util.AccumulatorContext$;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.oracle.Rows;

/** Errors, cancellation and results that are not read to their end, on a cluster. */
@Timeout(60)
class ClusterErrorsTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM %s a, %s b WHERE a.id * b.id %% 7 = 8"
                    .formatted(numbers(100_000), numbers(100_000));

    @TempDir private static Path folder;
    private static Connection cluster;
    private static Connection local;

    @BeforeAll
    static void connect() throws SQLException {
        String url = "jdbc:skep:" + folder.resolve("warehouse");
        Held.bytes("0"); // errors of tasks of the cluster are meant
        local = DriverManager.getConnection(url);
        cluster = DriverManager.getConnection(url + "?cluster=local[2]");
    }

    @AfterAll
    static void close() throws SQLException {
        cluster.close();
        local.close();
        Held.standard();
    }

    private static String numbers(int count) {
        return "(SELECT id FROM UNNEST(sequence(1, %d)) AS s(id))".formatted(count);
    }

    private static void sameError(String sql) {
        sameError(cluster, sql);
    }

    private static void sameError(Connection cluster, String sql) {
        SQLException expected = assertThrows(SQLException.class, () -> rows(local, sql));
        SQLException actual = assertThrows(SQLException.class, () -> rows(cluster, sql));
        assertEquals(expected.getSQLState(), actual.getSQLState());
        assertEquals(expected.getMessage(), actual.getMessage());
    }

    private static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Rows.of(statement.executeQuery(sql));
        }
    }

    @Test
    void errorsOfTheQueryAreTheSame() {
        sameError("SELECT CAST('x' || id AS INTEGER) FROM " + numbers(10));
        sameError("SELECT count(*) FROM " + numbers(1000) + " GROUP BY CAST('x' || id AS INTEGER)");
        sameError("SELECT (SELECT id FROM " + numbers(3) + ")");
    }

    @Test
    void aQueryAfterAnErrorRuns() throws SQLException {
        sameError("SELECT CAST('x' || id AS INTEGER) FROM " + numbers(10));
        assertEquals(
                null,
                rows(cluster, "SELECT sum(id) FROM " + numbers(1000))
                        .difference(rows(local, "SELECT sum(id) FROM " + numbers(1000))));
    }

    /** Spark logs that and says that all is well. */
    @Test
    void reportsThatDoNotArriveAreAnError() throws SQLException {
        Path file = folder.resolve("rows.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id FROM range(100000) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 10240)"
                            .formatted(file));
        }
        try (Statement statement = cluster.createStatement()) {
            statement.execute("SET split_bytes = 64KB"); // several tasks
        }
        String slow =
                "SELECT id % 7, max(sha256(repeat(CAST(id AS STRING), 300))) FROM '"
                        + file
                        + "' GROUP BY id % 7 ORDER BY 1";
        Rows right = rows(local, slow);
        assertEquals(null, rows(cluster, slow).difference(right));
        Attempts.listen().afterFirstTask(AccumulatorContext$.MODULE$::clear);
        SQLException error = assertThrows(SQLException.class, () -> rows(cluster, slow));
        assertTrue(error.getMessage().contains("nothing was heard of"), error.getMessage());
        assertEquals(null, rows(cluster, slow).difference(right));
    }

    @Test
    void cancelEndsTheQuery() throws Exception {
        try (Statement statement = cluster.createStatement()) {
            assertCancelled(statement);
        }
    }

    private static void assertCancelled(Statement statement) throws Exception {
        CompletableFuture<SQLException> error =
                CompletableFuture.supplyAsync(
                        () ->
                                assertThrows(
                                        SQLException.class,
                                        () -> Rows.of(statement.executeQuery(ENDLESS))));
        TimeUnit.SECONDS.sleep(2);
        statement.cancel();
        assertEquals("57014", error.get(20, TimeUnit.SECONDS).getSQLState());
    }

    /** What runs in this process for it reads little. */
    @Test
    void smallStagesAreCancelledToo() throws Exception {
        cluster.close();
        Held.standard();
        try (Connection near =
                        DriverManager.getConnection(
                                "jdbc:skep:" + folder.resolve("warehouse") + "?cluster=local[2]");
                Statement statement = near.createStatement()) {
            sameError(near, "SELECT CAST('x' || id AS INTEGER) FROM " + numbers(10));
            // more than can be held: the stage runs again, on the cluster
            String much =
                    "SELECT count(DISTINCT sha256(CAST(id AS STRING))) FROM " + numbers(200_000);
            assertEquals(null, rows(near, much).difference(rows(local, much)));
            assertCancelled(statement);
        } finally {
            local.close();
            connect();
        }
    }

    @Test
    void aResultMayBeLeft() throws SQLException {
        try (Statement statement = cluster.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM " + numbers(1000000))) {
            assertTrue(rows.next());
        }
    }
}
