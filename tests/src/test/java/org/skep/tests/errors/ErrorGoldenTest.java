package org.skep.tests.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every error has a code, a place, the value and a hint. All cases share one connection: after each
 * error it still answers, and neither the warehouse nor the folder for results has changed.
 */
class ErrorGoldenTest {
    /** Folders and files of the warehouse have parts that no other has; times differ, too. */
    private static final Pattern RANDOM =
            Pattern.compile(
                    "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=-)[0-9a-f]{8}(?=/)"
                            + "|(?<=one is of )[0-9-]+ [0-9:.]+");

    private static final Path GOLDENS = Path.of("src/test/resources/errors");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
    private static final String MARK = "\n----\n";

    /** Relative, so that messages and marks are as long on every machine. */
    private static final Path PLACE = Path.of("target/errors");

    private static final List<String> SETUP =
            List.of(
                    "CREATE OR REPLACE TABLE sales AS SELECT * FROM (VALUES (1, 'EU', 10.50), (2, 'US', 20.00)) v(id, region, amount)",
                    "CREATE OR REPLACE TABLE stores AS SELECT * FROM (VALUES (1, 'EU')) v(id, region)",
                    "CREATE OR REPLACE VIEW recent AS SELECT id, region FROM sales",
                    "CREATE OR REPLACE TABLE parts PARTITIONED BY (region) AS SELECT 1 AS id, 'EU' AS region, CAST(NULL AS INT) AS n",
                    "ALTER TABLE parts ADD PARTITION FIELD bucket(4, id)",
                    "CREATE OR REPLACE TABLE goods (id INT NOT NULL, name STRING, qty INT, CHECK (qty > 0))",
                    "INSERT INTO goods VALUES (0, 'cap', 1)");

    private static Connection connection;

    @BeforeAll
    static void open() throws IOException, SQLException {
        clear();
        connection = DriverManager.getConnection("jdbc:skep:" + PLACE.resolve("warehouse"));
        for (String sql : SETUP) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
        BadInputs.write(PLACE.resolve("in"), connection);
    }

    private static void clear() throws IOException {
        if (Files.exists(PLACE)) {
            try (Stream<Path> all = Files.walk(PLACE)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @TestFactory
    Stream<DynamicTest> errors() throws IOException {
        try (Stream<Path> files = Files.list(GOLDENS)) {
            return files.sorted().toList().stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException, SQLException {
        String expected = Files.readString(file);
        int mark = expected.indexOf(MARK);
        String sql = mark < 0 ? expected.strip() : expected.substring(0, mark);
        List<String> before = tree();
        String actual = sql + MARK + error(sql) + "\n";
        assertEquals(before, tree(), "files written by a statement that failed");
        assertEquals(1, one(), "the connection after the error");
        if (REWRITE) {
            Files.writeString(file, actual);
        } else {
            assertEquals(expected, actual);
        }
    }

    private static String error(String sql) throws SQLException {
        String text =
                sql.replace("${deep}", "(".repeat(10_000) + "1" + ")".repeat(10_000))
                        .replace("${long}", "x".repeat(300));
        try (Statement statement = connection.createStatement()) {
            SQLException error = assertThrows(SQLException.class, () -> run(statement, text), sql);
            String here = Path.of("").toAbsolutePath() + "/";
            return RANDOM.matcher(error.getMessage().replace(here, "")).replaceAll("…").strip();
        }
    }

    private static void run(Statement statement, String sql) throws SQLException {
        if (statement.execute(sql)) {
            ResultSet rows = statement.getResultSet();
            int count = 0;
            while (rows.next()) {
                count++;
            }
            throw new AssertionError(count + " rows, and no error");
        }
    }

    private static int one() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static List<String> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(PLACE)) {
            return paths.map(Path::toString)
                    .filter(
                            path ->
                                    !path.contains(
                                            "catalog")) // SQLite's own journal comes and goes
                    .sorted()
                    .toList();
        }
    }
}
