package org.skep.tests.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.tests.oracle.Rows;

/** Random INSERTs, DELETEs, UPDATEs and MERGEs leave the same rows in a table as DuckDB leaves. */
class RandomChangesTest {
    private static final long SEED = Long.getLong("changes.seed", 20261126);
    private static final int COUNT = Integer.getInteger("changes.count", 120);

    private Random dice;

    @ParameterizedTest
    @ValueSource(strings = {"", "PARTITIONED BY (g)", "PARTITIONED BY (bucket(3, id))"})
    void sameRows(String partitioning, @TempDir Path folder) throws SQLException {
        dice = new Random(SEED + partitioning.length());
        try (Connection ours = DriverManager.getConnection("jdbc:skep:" + folder);
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement skep = ours.createStatement();
                Statement oracle = duckdb.createStatement()) {
            skep.execute("CREATE TABLE t (id INT, g INT, v STRING) " + partitioning);
            oracle.execute("CREATE TABLE t (id INT, g INT, v VARCHAR)");
            skep.execute("SET threads = 2");
            for (int i = 0; i < COUNT; i++) {
                String sql = statement(i);
                long written = skep.executeUpdate(sql);
                assertEquals(
                        oracle.executeUpdate(sql),
                        written,
                        () -> "rows changed by: " + sql + " (seed " + SEED + ")");
                assertEquals(
                        rows(oracle), rows(skep), () -> "after: " + sql + " (seed " + SEED + ")");
            }
        }
    }

    private static List<List<Object>> rows(Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery(
                        "SELECT id, g, v FROM t ORDER BY id NULLS FIRST, g NULLS FIRST, v NULLS FIRST")) {
            return Rows.of(result).rows();
        }
    }

    private String statement(int number) {
        int kind = number < 3 ? 0 : dice.nextInt(10);
        if (kind < 3) {
            return "INSERT INTO t " + newRows();
        }
        if (kind < 5) {
            return "DELETE FROM t WHERE " + condition("t");
        }
        if (kind < 7) {
            return "UPDATE t SET " + assignments("t") + " WHERE " + condition("t");
        }
        return merge();
    }

    private String newRows() {
        StringBuilder rows = new StringBuilder("VALUES ");
        int count = 1 + dice.nextInt(8);
        for (int i = 0; i < count; i++) {
            rows.append(i == 0 ? "" : ", ")
                    .append("(%s, %s, %s)".formatted(number(40), number(4), text()));
        }
        return rows.toString();
    }

    private String merge() {
        StringBuilder merge =
                new StringBuilder(
                        "MERGE INTO t USING (SELECT k, min(w) AS w, max(u) AS u FROM (VALUES ");
        int count = 1 + dice.nextInt(6);
        for (int i = 0; i < count; i++) {
            merge.append(i == 0 ? "" : ", ")
                    .append("(%s, %s, %s)".formatted(number(40), number(4), text()));
        }
        merge.append(") x(k, w, u) GROUP BY k) s ON t.id = s.k");
        if (dice.nextInt(3) == 0) {
            merge.append(" AND (s.w IS NULL OR t.g <> s.w)");
        }
        if (dice.nextBoolean()) {
            String and = dice.nextBoolean() ? " AND " + condition("t") : " AND s.u IS NOT NULL";
            merge.append(" WHEN MATCHED").append(and).append(" THEN DELETE");
        }
        merge.append(" WHEN MATCHED THEN UPDATE SET ")
                .append(dice.nextBoolean() ? "g = s.w, v = s.u" : assignments("t"));
        if (dice.nextBoolean()) {
            merge.append(" WHEN NOT MATCHED AND s.w = 1 THEN INSERT (id, v) VALUES (s.k, 'new')");
        }
        if (dice.nextInt(3) > 0) {
            merge.append(" WHEN NOT MATCHED THEN INSERT (v, g, id) VALUES (s.u, s.w, s.k)");
        }
        if (dice.nextInt(3) == 0) {
            merge.append(" WHEN NOT MATCHED BY SOURCE AND ")
                    .append(condition("t"))
                    .append(dice.nextBoolean() ? " THEN DELETE" : " THEN UPDATE SET v = 'alone'");
        }
        return merge.toString();
    }

    private String assignments(String table) {
        return switch (dice.nextInt(5)) {
            case 0 -> "g = %s.g + 1".formatted(table);
            case 1 -> "v = " + text();
            case 2 -> "id = %s.g, g = %s.id %% 5".formatted(table, table);
            case 3 -> "g = NULL, v = upper(%s.v)".formatted(table);
            default -> "g = " + number(4);
        };
    }

    private String condition(String table) {
        String simple =
                switch (dice.nextInt(8)) {
                    case 0 -> "%s.id = %d".formatted(table, dice.nextInt(40));
                    case 1 -> "%s.id %% 5 = %d".formatted(table, dice.nextInt(5));
                    case 2 -> "%s.g = %d".formatted(table, dice.nextInt(4));
                    case 3 -> "%s.g IS NULL".formatted(table);
                    case 4 -> "%s.v > 'd'".formatted(table);
                    case 5 -> "%s.id IN (SELECT max(id) FROM t GROUP BY g)".formatted(table);
                    case 6 -> "%s.id NOT IN (%s, 3, 5)".formatted(table, number(9));
                    default -> "%s.id BETWEEN %d AND 30".formatted(table, dice.nextInt(30));
                };
        return dice.nextInt(4) == 0 ? "(%s OR %s.id = 7)".formatted(simple, table) : simple;
    }

    private String number(int below) {
        return dice.nextInt(8) == 0 ? "CAST(NULL AS INT)" : Integer.toString(dice.nextInt(below));
    }

    private String text() {
        return dice.nextInt(6) == 0
                ? "CAST(NULL AS VARCHAR)"
                : "'" + (char) ('a' + dice.nextInt(8)) + "'";
    }
}
