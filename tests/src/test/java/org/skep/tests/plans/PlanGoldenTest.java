package org.skep.tests.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/** Plans over the TPC-H tables at scale 0.01, and over folders of the SQL tests' inputs. */
class PlanGoldenTest {
    private static final Path GOLDENS = Path.of("src/test/resources/plans");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
    private static final String MARK = "\n----\n";

    /** What plans depend on beside the data, as it would be on a machine of four cores. */
    private static final List<String> SETTINGS =
            List.of(
                    "threads = 4",
                    "memory = 1GB",
                    "split_bytes = 64KB",
                    "broadcast_bytes = 256KB",
                    "shuffle_partitions = 4");

    private static Connection connection;

    @BeforeAll
    static void open() throws IOException, SQLException {
        Path folder = smallRowGroups(TpchData.parquet(Path.of("target/tpch"), 0.01));
        connection = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
        for (String setting : SETTINGS) {
            execute("SET " + setting);
        }
        for (String table : TpchData.tables()) {
            Path file = folder.resolve(table + ".parquet");
            execute("CREATE TEMP VIEW %s AS SELECT * FROM '%s'".formatted(table, file));
        }
        execute("DROP TABLE IF EXISTS flags");
        execute("CREATE TABLE flags (flag STRING, n BIGINT)");
        execute("DROP TABLE IF EXISTS months");
        execute(
                "CREATE TABLE months (k BIGINT, day DATE, price DECIMAL(15,2) CHECK (price > 0))"
                        + " PARTITIONED BY (months(day)) SORTED BY (k)");
    }

    /** The same rows in files that are read by several tasks, as larger ones would be. */
    private static Path smallRowGroups(Path data) throws IOException, SQLException {
        Path folder = Files.createDirectories(Path.of("target/plans"));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1"); // row groups in the order of the rows
            for (String table : TpchData.tables()) {
                String file = table + ".parquet";
                if (!Files.exists(folder.resolve(file))) {
                    statement.execute(
                            "COPY (SELECT * FROM '%s') TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
                                    .formatted(data.resolve(file), folder.resolve(file)));
                }
            }
        }
        return folder;
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @TestFactory
    Stream<DynamicTest> plans() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDENS)) {
            return files
                    .filter(file -> file.toString().endsWith(".plan"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            GOLDENS.relativize(file).toString(),
                                            () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException, SQLException {
        String expected = Files.readString(file);
        String actual = query(file, expected) + MARK;
        actual += explain(query(file, expected));
        if (REWRITE) {
            Files.writeString(file, actual);
        } else {
            assertEquals(expected, actual);
        }
    }

    /** What stands in the file; a TPC-H query is the one that is also run. */
    private static String query(Path file, String content) {
        String name = file.getFileName().toString();
        if (file.getParent().endsWith("tpch")) {
            return TpchQueries.text(Integer.parseInt(name.replaceAll("\\D", ""))).strip();
        }
        int mark = content.indexOf(MARK);
        return mark < 0 ? content.strip() : content.substring(0, mark);
    }

    /** A file may say itself how to explain its query. */
    private static String explain(String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        String query = sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
        String explained = query.startsWith("EXPLAIN") ? query : "EXPLAIN\n" + query;
        try (Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery(explained)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
