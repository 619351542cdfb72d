package org.skep.tests.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitioned writes make full row groups, however little memory they have. */
class RowGroupsTest {
    private static final String ROWS =
            "SELECT i, concat('some text ', i) AS s, i % 3 AS part FROM generate_series(1, 600000) g(i)";

    @TempDir private Path folder;

    @Test
    void fullRowGroupsWithLittleMemory() throws SQLException {
        try (Connection skep =
                        DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            execute(skep, "SET memory = '4MB'");
            execute(skep, "CREATE TABLE t PARTITIONED BY (part) AS " + ROWS);
            assertEquals(
                    List.of("3|6|77120|122880|600000"), // 200,000 rows a file
                    rows(
                            duckdb,
                            """
                            SELECT count(DISTINCT file_name), count(*), min(n), max(n), sum(n)
                            FROM (SELECT DISTINCT file_name, row_group_id, row_group_num_rows AS n
                                  FROM parquet_metadata('%s/data/**/*.parquet'))
                            """
                                    .formatted(folder.resolve("warehouse"))));
            assertEquals(
                    List.of("600000|180000300000|600000"),
                    rows(skep, "SELECT count(*), sum(i), count(DISTINCT s) FROM t"));
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
            return rows;
        }
    }
}
