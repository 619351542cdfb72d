package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Joins with hot keys: half of the purchases are by user 7, a tenth by nobody, and some by users
 * who are not known. Rows are DuckDB's.
 */
class SkewTest {
    @TempDir private Path folder;
    private Connection skep;
    private Connection duckdb;

    @BeforeEach
    void open() throws SQLException {
        skep = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        write(
                "purchases",
                "SELECT i::INTEGER AS id, CASE WHEN i % 2 = 0 THEN 7 WHEN i % 10 = 1 THEN NULL"
                        + " ELSE i % 400 END::INTEGER AS user_id, (i * 7 % 100)::INTEGER AS amount"
                        + " FROM range(20000) t(i)");
        write(
                "users",
                "SELECT (CASE WHEN i % 97 = 5 THEN NULL ELSE i END)::INTEGER AS user_id,"
                        + " 'user ' || i AS name, (i % 5)::INTEGER AS country FROM range(300) t(i)");
        for (String setting :
                List.of(
                        "join_strategy = hash",
                        "shuffle_partitions = 4",
                        "split_bytes = 4KB",
                        "skew_bytes = 0")) {
            execute(skep, "SET " + setting);
        }
    }

    @AfterEach
    void close() throws SQLException {
        skep.close();
        duckdb.close();
    }

    @ParameterizedTest
    @CsvSource({
        "hash,INNER",
        "hash,LEFT",
        "hash,RIGHT",
        "hash,FULL",
        "merge,INNER",
        "merge,LEFT",
        "merge,RIGHT",
        "merge,FULL"
    })
    void joinsOfEachKind(String strategy, String type) throws SQLException {
        execute(skep, "SET join_strategy = " + strategy);
        String join = "%s " + type + " JOIN %s ON p.user_id = u.user_id";
        String columns = "SELECT p.id, p.user_id, u.user_id AS other, u.name FROM ";
        assertSplit(columns + join.formatted("purchases p", "users u"));
        assertSplit(columns + join.formatted("users u", "purchases p"));
        // both sides have the key, and nulls
        assertSplit(
                "SELECT p.id, q.amount FROM purchases p "
                        + type
                        + " JOIN (SELECT * FROM purchases WHERE id % 900 IN (0, 1, 11)) q ON p.user_id = q.user_id");
    }

    @ParameterizedTest
    @CsvSource({"hash", "merge"})
    void semiAndAntiJoins(String strategy) throws SQLException {
        execute(skep, "SET join_strategy = " + strategy);
        for (String exists : List.of("EXISTS", "NOT EXISTS")) {
            assertSplit(
                    "SELECT id, user_id FROM purchases p WHERE %s (SELECT 1 FROM users u WHERE u.user_id = p.user_id)"
                            .formatted(exists));
            assertSplit(
                    "SELECT user_id, name FROM users u WHERE %s (SELECT 1 FROM purchases p WHERE u.user_id = p.user_id)"
                            .formatted(exists));
            assertSame( // which hot rows have a partner, the keys alone do not tell
                    "SELECT user_id, name FROM users u WHERE %s (SELECT 1 FROM purchases p WHERE u.user_id = p.user_id AND p.amount > 10 * u.country + 55)"
                            .formatted(exists));
        }
    }

    @ParameterizedTest
    @CsvSource({"INNER,true", "LEFT,true", "RIGHT,false", "FULL,false"})
    void furtherConditions(String type, boolean split) throws SQLException {
        String sql =
                "SELECT p.id, u.name FROM purchases p "
                        + type
                        + " JOIN users u ON p.user_id = u.user_id AND p.amount > 10 * u.country + 55";
        assertSame(sql);
        assertEquals(split, decisions(sql).contains("skew split applied"));
    }

    @Test
    void keysOfSeveralColumnsAndSeveralHotKeys() throws SQLException {
        write(
                "visits",
                "SELECT CASE WHEN i % 3 = 0 THEN 'a' WHEN i % 3 = 1 THEN 'b' ELSE 'c' || i % 500 END AS page,"
                        + " (CASE WHEN i % 3 = 2 THEN i % 7 ELSE 1 END)::BIGINT AS day FROM range(30000) t(i)");
        write(
                "pages",
                "SELECT x AS page, y::BIGINT AS day, x || y AS title FROM (SELECT unnest(['a', 'b', 'c1', 'c7', 'd']) AS x),"
                        + " range(4) r(y)");
        String sql =
                "SELECT v.page, v.day, g.title FROM visits v LEFT JOIN pages g ON v.page = g.page AND v.day = g.day";
        assertSplit(sql);
        assertTrue(decisions(sql).contains("page = "), decisions(sql));
    }

    @Test
    void whatFollowsTheJoinGetsEqualKeysTogether() throws SQLException {
        assertSplit(
                "SELECT p.user_id, count(*), sum(p.amount), min(u.name), avg(p.amount) FROM purchases p"
                        + " JOIN users u ON p.user_id = u.user_id GROUP BY p.user_id");
        assertSplit(
                "SELECT u.user_id, u.name, count(DISTINCT p.amount) FROM purchases p JOIN users u"
                        + " ON p.user_id = u.user_id GROUP BY u.user_id, u.name");
        assertSplit(
                "SELECT p.id, row_number() OVER (PARTITION BY p.user_id ORDER BY p.amount, p.id) AS r"
                        + " FROM purchases p JOIN users u ON p.user_id = u.user_id");
        assertSplit(
                "SELECT p.id, u.name, v.name AS again FROM purchases p JOIN users u ON p.user_id = u.user_id"
                        + " LEFT JOIN users v ON p.user_id = v.user_id");
        assertSplit(
                "SELECT p.id, s.n FROM purchases p JOIN (SELECT user_id, count(*) AS n FROM users GROUP BY user_id) s"
                        + " ON p.user_id = s.user_id");
    }

    @Test
    void handSaltedJoin() throws SQLException {
        assertSame(
                "WITH l AS (SELECT *, id % 10 AS salt FROM purchases WHERE user_id IS NOT NULL),"
                        + " s AS (SELECT * FROM (SELECT * FROM users WHERE user_id IS NOT NULL) CROSS JOIN (SELECT DISTINCT id % 10 AS salt FROM purchases) t)"
                        + " SELECT s.user_id, s.name, l.id FROM l JOIN s"
                        + " ON concat(l.user_id, '_', l.salt) = concat(s.user_id, '_', s.salt)");
    }

    @Test
    void hotRowsAreSharedOutEvenly() throws SQLException {
        List<String> plan =
                rows(
                        skep,
                        "EXPLAIN ANALYZE SELECT count(*) FROM purchases p JOIN users u ON p.user_id = u.user_id");
        assertTrue(
                plan.stream()
                        .anyMatch(
                                line ->
                                        line.matches(
                                                ".*gave 20000 rows, about (4[5-9]|5[0-9]|6[0-5]) % of them with user_id = 7.*skew split applied.*")),
                String.join("\n", plan));
    }

    @Test
    void sparksWordsForIt() throws SQLException {
        String sql = "SELECT count(*) FROM purchases p JOIN users u ON p.user_id = u.user_id";
        execute(skep, "SET spark.sql.adaptive.skewJoin.enabled = false");
        assertFalse(decisions(sql).contains("skew split applied"));
        execute(skep, "SET spark.sql.adaptive.skewJoin.enabled = true");
        assertTrue(decisions(sql).contains("skew split applied"));
        execute(skep, "SET spark.sql.adaptive.enabled = false");
        assertFalse(decisions(sql).contains("skew split applied"));
    }

    private void assertSplit(String sql) throws SQLException {
        assertSame(sql);
        String plan = decisions(sql);
        assertTrue(plan.contains("skew split applied"), () -> sql + "\n" + plan);
    }

    private void assertSame(String sql) throws SQLException {
        assertEquals(rows(duckdb, sql), rows(skep, sql), sql);
    }

    private String decisions(String sql) throws SQLException {
        return String.join("\n", rows(skep, "EXPLAIN ANALYZE " + sql));
    }

    private void write(String table, String query) throws SQLException {
        Path file = folder.resolve(table + ".parquet");
        execute(
                duckdb,
                "COPY (%s) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)".formatted(query, file));
        for (Connection connection : List.of(skep, duckdb)) {
            execute(connection, "CREATE TEMP VIEW %s AS SELECT * FROM '%s'".formatted(table, file));
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
            if (!sql.startsWith("EXPLAIN")) {
                rows.sort(null);
            }
            return rows;
        }
    }
}
