package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.cluster.Attempts.Ended;
import org.skep.tests.oracle.Rows;

/**
 * A map that runs again, because its executor was lost, and writes other rows than before: its file
 * was written over meanwhile. Whoever has read the former rows must read the new ones.
 */
class ChangedOutputTest {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");
    private static final int FILES = 6;
    private static final int KEYS = 700;
    private static final int PARTITIONS = 8;

    /** What each line of a file says: first all the one, then, as many bytes, the other. */
    private static final String BEFORE = "one";

    private static final String AFTER = "two";

    /** A group for each line; some 200 ms a task, so that others begin after the first's end. */
    private static final String GROUPS =
            "SELECT f, k, max(said) AS said FROM lines GROUP BY f, k HAVING sha256(repeat(max(said), 30000)) > ''";

    private static final String COUNTS =
            "SELECT f, count(*), min(said), max(said) FROM (%s) g GROUP BY f".formatted(GROUPS);

    @TempDir private static Path folder;

    private static OwnProcesses cluster;
    private static Connection keeper; // of what the tests' connections share

    private Connection there;
    private Attempts attempts;
    private volatile long changed;

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        Held.bytes("0"); // what the driver has cannot be lost
        cluster = OwnProcesses.start(folder.resolve("cluster"));
        cluster.set("spark.speculation false"); // of two attempts either may count
        Files.createDirectory(folder.resolve("lines"));
        Files.createDirectory(folder.resolve("parts"));
        writeParts();
        keeper = connection();
    }

    private static Connection connection() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", cluster.url());
        return DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"), properties);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException, SQLException {
        Held.standard();
        keeper.close();
        cluster.close();
    }

    private static void writeParts() throws IOException {
        for (int file = 0; file < FILES; file++) {
            StringBuilder lines = new StringBuilder("p,k\n");
            for (int key = 0; key < KEYS; key++) {
                lines.append(file).append(',').append(key).append('\n');
            }
            Files.writeString(folder.resolve("parts/%d.csv".formatted(file)), lines);
        }
    }

    private static void writeFiles(String said) throws IOException {
        for (int file = 0; file < FILES; file++) {
            StringBuilder lines = new StringBuilder("f,k,said\n");
            for (int key = 0; key < KEYS; key++) {
                lines.append(file).append(',').append(key).append(',').append(said).append('\n');
            }
            Files.writeString(folder.resolve("lines/%d.csv".formatted(file)), lines);
        }
    }

    @BeforeEach
    void connect() throws SQLException, IOException, InterruptedException {
        writeFiles(BEFORE);
        there = connection();
        execute("SET shuffle_partitions = " + PARTITIONS);
        execute("SET partition_bytes = 1");
        execute("SET split_bytes = 8KB"); // a file is one split
        for (String name : List.of("lines", "parts")) {
            execute(
                    "CREATE TEMP VIEW %s AS SELECT * FROM '%s/*.csv'"
                            .formatted(name, folder.resolve(name)));
        }
        attempts = Attempts.listen();
        // that of this process is counted too
        while (SparkContext.getOrCreate().getExecutorMemoryStatus().size() <= HOSTS.size()) {
            Thread.sleep(50);
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        there.close();
    }

    private static String application() {
        return SparkContext.getOrCreate().applicationId();
    }

    /** Successful attempts of the nth shuffle that was begun. */
    private static List<Ended> ofShuffle(int number, List<Ended> ended) {
        List<Ended> good = ended.stream().filter(Ended::counts).toList();
        List<Integer> shuffles =
                good.stream().map(Ended::shuffle).distinct().filter(each -> each >= 0).toList();
        return shuffles.size() <= number
                ? List.of()
                : good.stream().filter(each -> each.shuffle() == shuffles.get(number)).toList();
    }

    /** Writes the files over, and kills an executor that has written of the former rows. */
    private void change() throws IOException {
        changed = System.currentTimeMillis();
        writeFiles(AFTER);
        cluster.executor(attempts.firstHost(), application()).orElseThrow().destroyForcibly();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = there.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of each file all lines say the same, and some files have been read again. */
    private void assertWhole(String sql, long count) throws Exception {
        Rows rows;
        try (Statement statement = there.createStatement()) {
            rows = Rows.of(statement.executeQuery(sql));
        }
        assertEquals(FILES, rows.rows().size(), rows.rows().toString());
        boolean again = false;
        for (List<Object> row : rows.rows()) {
            assertEquals(BigDecimal.valueOf(count), row.get(1), rows.rows().toString());
            assertEquals(row.get(2), row.get(3), rows.rows().toString());
            again |= row.get(2).equals(AFTER);
        }
        assertTrue(again, rows.rows() + " " + attempts.ended());
    }

    /** Tasks that had ended before the change have run once more. */
    private void assertAllRanAgain(int shuffle) throws Exception {
        List<Ended> ended = ofShuffle(shuffle, attempts.ended());
        List<Ended> former = ended.stream().filter(each -> each.end() <= changed).toList();
        assertFalse(former.isEmpty(), ended.toString());
        for (Ended task : former) {
            boolean again =
                    ended.stream()
                            .anyMatch(
                                    each -> each.task() == task.task() && each.begin() >= changed);
            assertTrue(again, task + " of " + ended);
        }
    }

    /**
     * A task of the nth shuffle has ended where it is not lost with the executor that is killed.
     */
    private static Predicate<List<Ended>> ended(int shuffle) {
        return ended ->
                ofShuffle(shuffle, ended).stream()
                        .anyMatch(each -> !each.host().equals(ended.get(0).host()));
    }

    private static boolean areAllThere(int shuffle, int tasks, List<Ended> ended) {
        return ofShuffle(shuffle, ended).stream().map(Ended::task).distinct().count() == tasks;
    }

    /** The lost output is noticed by a later job, which runs again what an earlier one has done. */
    @Test
    void readersInFormerJobsRunAgain() throws Exception {
        attempts.whenEnded(ended -> areAllThere(1, PARTITIONS, ended), this::change);
        assertWhole(COUNTS, KEYS);
        assertAllRanAgain(1);
    }

    /** What a reader has put out so far is with the driver, which Spark does not know. */
    @Test
    void heldOutputOfFormerRowsIsNotRead() throws Exception {
        Held.now("40KB"); // less than the lines, more than the groups
        try {
            // wherever it ran: all others may be over before one on the other host
            attempts.whenEnded(ended -> !ofShuffle(1, ended).isEmpty(), this::change);
            assertWhole(COUNTS, KEYS);
            assertAllRanAgain(1);
        } finally {
            Held.now("0");
        }
    }

    /**
     * An executor that lives on must not join with the table that it has made of former rows. It is
     * kept busy until another has come, which takes a minute.
     */
    @Test
    @EnabledIfSystemProperty(named = "cluster.long", matches = "true")
    void tablesOfFormerRowsAreForgotten() throws Exception {
        execute("SET join_strategy = broadcast");
        execute("SET adaptive = false");
        execute("SET batch_rows = 64"); // of long texts
        // another executor, which has no table yet, is there before the last tasks begin
        execute("SET chaos = 'slow-task stage=1 factor=20'");
        attempts.whenEnded(ended(1), this::change);
        assertWhole(
                "SELECT f, count(*), min(said), max(said) FROM (SELECT l.f, l.said FROM parts LEFT JOIN lines l ON parts.k = l.k WHERE sha256(repeat(l.said || CAST(p AS STRING), 2000)) > '') j GROUP BY f",
                KEYS * FILES);
        assertAllRanAgain(1);
    }

    @Test
    void rowsThatAreOutCannotBeTakenBack() throws Exception {
        execute("SET batch_rows = 64");
        try (Statement statement = there.createStatement()) {
            ResultSet rows = statement.executeQuery(GROUPS);
            assertTrue(rows.next());
            change();
            SQLException late =
                    assertThrows(
                            SQLException.class,
                            () -> {
                                while (rows.next()) {
                                    assertEquals(3, rows.getString(3).length());
                                }
                            });
            assertLate(late);
        }
    }

    /** Nor can a table be made of both. */
    @Test
    void filesOfFormerRowsAreNotCommitted() throws Exception {
        attempts.whenEnded(
                ended -> ended.stream().anyMatch(each -> each.shuffle() < 0), this::change);
        assertLate(
                assertThrows(
                        SQLException.class, () -> execute("CREATE TABLE changed AS " + GROUPS)));
        assertThrows(SQLException.class, () -> execute("SELECT * FROM changed"));
    }

    private static void assertLate(SQLException late) {
        assertEquals("08006", late.getSQLState(), late.getMessage());
        assertTrue(
                late.getMessage().contains("tasks that ran again for it gave other rows"),
                late.getMessage());
        assertTrue(late.getMessage().contains("run the statement again"), late.getMessage());
    }
}
