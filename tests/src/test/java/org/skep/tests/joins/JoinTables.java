package org.skep.tests.joins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Small tables of the columns a, b, c, d, whose values are few, so that most rows have partners and
 * some have none, with nulls in all but d, which is the row's number.
 */
final class JoinTables {
    /** The rows of each table. */
    private static final int[] ROWS = {1, 3, 5, 7, 9, 12, 16, 24};

    static final int COUNT = ROWS.length;

    private JoinTables() {}

    /** Writes the files of the tables, and makes them known to DuckDB. */
    static void open(Path folder, Connection duckdb) throws IOException, SQLException {
        Files.createDirectories(folder);
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 1");
            for (int i = 0; i < COUNT; i++) {
                Path file = folder.toAbsolutePath().resolve("t" + i + ".parquet");
                statement.execute(
                        "COPY (%s) TO '%s' (FORMAT parquet)".formatted(query(i, ROWS[i]), file));
                statement.execute("CREATE VIEW t%d AS SELECT * FROM '%s'".formatted(i, file));
            }
        }
    }

    private static String query(int table, int rows) {
        // a linear congruence instead of random(): the same files on every machine
        return """
                SELECT CAST(CASE WHEN z %% 11 = 0 THEN NULL ELSE z %% 6 END AS INTEGER) AS a,
                    CAST(CASE WHEN z %% 5 = 0 THEN NULL ELSE z // 7 %% 5 END AS INTEGER) AS b,
                    CAST(CASE WHEN z %% 7 = 0 THEN NULL ELSE z // 3 %% 9 END AS INTEGER) AS c,
                    CAST(i AS INTEGER) AS d
                FROM (SELECT i, (i * 7919 + %d * 10459 + 17) %% 100003 AS z FROM range(%d) r(i))"""
                .formatted(table, rows);
    }
}
