package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A session of ours and one of DuckDB's over the same files. */
final class BothEngines implements AutoCloseable {
    private final Path folder;
    private final Connection skep;
    private final Connection duckdb;

    BothEngines(Path folder) throws SQLException {
        this.folder = folder;
        this.skep = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
        this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Changes settings of ours, each written {@code name = value}. */
    void set(String... settings) throws SQLException {
        for (String setting : settings) {
            execute(skep, "SET " + setting);
        }
    }

    /** Runs a statement on ours. */
    void run(String sql) throws SQLException {
        execute(skep, sql);
    }

    /** Makes a table of the rows of DuckDB's answer, in row groups of a few thousand rows. */
    void write(String table, String query) throws SQLException {
        Path file = folder.resolve(table + ".parquet");
        execute(
                duckdb,
                "COPY (%s) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)".formatted(query, file));
        for (Connection connection : List.of(skep, duckdb)) {
            execute(connection, "CREATE TEMP VIEW %s AS SELECT * FROM '%s'".formatted(table, file));
        }
    }

    /** Tables of 20 and of 100,000 rows, the latter read by many tasks. */
    void writeFewAndMany() throws SQLException {
        write("few", "SELECT i::INTEGER AS id, 'name ' || i AS name FROM range(20) t(i)");
        write(
                "many",
                "SELECT i::INTEGER AS id, (i * 31 % 100000)::INTEGER AS other, 'a text of some length ' || i AS text"
                        + " FROM range(100000) t(i)");
        set("split_bytes = 64KB");
    }

    /** Fails unless both give the same rows, in any order. */
    void assertSame(String sql) throws SQLException {
        assertSame(sql, sql);
    }

    void assertSame(String ours, String duckdbs) throws SQLException {
        assertEquals(rows(duckdb, duckdbs), rows(skep, ours), ours);
    }

    /** Our rows, sorted, with a bar between values. */
    List<String> rows(String sql) throws SQLException {
        return rows(skep, sql);
    }

    /** What EXPLAIN ANALYZE says. */
    String ran(String sql) throws SQLException {
        try (Statement statement = skep.createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN ANALYZE " + sql)) {
            StringBuilder lines = new StringBuilder();
            while (result.next()) {
                lines.append(result.getString(1)).append('\n');
            }
            return lines.toString();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
            rows.sort(null);
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        skep.close();
        duckdb.close();
    }
}
