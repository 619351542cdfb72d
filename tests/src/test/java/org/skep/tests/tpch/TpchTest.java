package org.skep.tests.tpch;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.skep.tests.oracle.Rows;

/**
 * The 22 queries of TPC-H over Parquet files give DuckDB's answers. The scale is {@code
 * -Dtpch.scale} (0.01 unless said), the data is kept in {@code -Dtpch.folder}.
 */
class TpchTest {
    private static final double SCALE =
            Double.parseDouble(System.getProperty("tpch.scale", "0.01"));
    private static final Path ROOT = Path.of(System.getProperty("tpch.folder", "target/tpch"));

    private static Connection skep;
    private static Connection duckdb;

    @BeforeAll
    static void open() throws IOException, SQLException {
        Path folder = TpchData.parquet(ROOT, SCALE).toAbsolutePath();
        skep = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        for (String table : TpchData.tables()) {
            String file = folder.resolve(table + ".parquet").toString();
            String view = "CREATE TEMP VIEW %s AS SELECT * FROM '%s'".formatted(table, file);
            execute(skep, view);
            execute(duckdb, view);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        skep.close();
        duckdb.close();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @TestFactory
    Stream<DynamicTest> queries() {
        return IntStream.rangeClosed(1, 22)
                .mapToObj(
                        number ->
                                DynamicTest.dynamicTest(
                                        "query " + number,
                                        () -> compare(TpchQueries.text(number))));
    }

    /** A view's text goes another way to the planner than a statement's. */
    @TestFactory
    Stream<DynamicTest> queriesAsViews() {
        return IntStream.rangeClosed(1, 22)
                .mapToObj(
                        number ->
                                DynamicTest.dynamicTest(
                                        "query " + number + " as a view",
                                        () -> compareView(TpchQueries.text(number))));
    }

    private static void compareView(String sql) throws SQLException {
        execute(skep, "CREATE OR REPLACE TEMP VIEW answer AS " + sql);
        Rows expected = rows(skep, sql);
        Rows actual = rows(skep, "SELECT * FROM answer");
        assertNull(actual.sorted().difference(expected.sorted()), sql);
    }

    private static void compare(String sql) throws SQLException {
        Rows expected = rows(duckdb, sql);
        Rows actual = rows(skep, sql);
        // The queries' own orders leave ties, so both results are brought into a total one.
        assertNull(actual.sorted().difference(expected.sorted()), sql);
    }

    private static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Rows.of(statement.executeQuery(sql));
        }
    }
}
