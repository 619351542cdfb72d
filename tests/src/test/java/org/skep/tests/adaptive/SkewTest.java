package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private BothEngines engines;

    @BeforeEach
    void open() throws SQLException {
        engines = new BothEngines(folder);
        engines.write(
                "purchases",
                "SELECT i::INTEGER AS id, CASE WHEN i % 2 = 0 THEN 7 WHEN i % 10 = 1 THEN NULL"
                        + " ELSE i % 400 END::INTEGER AS user_id, (i * 7 % 100)::INTEGER AS amount"
                        + " FROM range(20000) t(i)");
        engines.write(
                "users",
                "SELECT (CASE WHEN i % 97 = 5 THEN NULL ELSE i END)::INTEGER AS user_id,"
                        + " 'user ' || i AS name, (i % 5)::INTEGER AS country FROM range(300) t(i)");
        engines.set(
                "join_strategy = hash",
                "shuffle_partitions = 4",
                "split_bytes = 4KB",
                "skew_bytes = 0");
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
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
        engines.set("join_strategy = " + strategy);
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
        engines.set("join_strategy = " + strategy);
        for (String exists : List.of("EXISTS", "NOT EXISTS")) {
            assertSplit(
                    "SELECT id, user_id FROM purchases p WHERE %s (SELECT 1 FROM users u WHERE u.user_id = p.user_id)"
                            .formatted(exists));
            assertSplit(
                    "SELECT user_id, name FROM users u WHERE %s (SELECT 1 FROM purchases p WHERE u.user_id = p.user_id)"
                            .formatted(exists));
            engines.assertSame( // which hot rows have a partner, the keys alone do not tell
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
        engines.assertSame(sql);
        assertEquals(split, engines.ran(sql).contains("skew split applied"));
    }

    @Test
    void keysOfSeveralColumnsAndSeveralHotKeys() throws SQLException {
        engines.write(
                "visits",
                "SELECT CASE WHEN i % 3 = 0 THEN 'a' WHEN i % 3 = 1 THEN 'b' ELSE 'c' || i % 500 END AS page,"
                        + " (CASE WHEN i % 3 = 2 THEN i % 7 ELSE 1 END)::BIGINT AS day FROM range(30000) t(i)");
        engines.write(
                "pages",
                "SELECT x AS page, y::BIGINT AS day, x || y AS title FROM (SELECT unnest(['a', 'b', 'c1', 'c7', 'd']) AS x),"
                        + " range(4) r(y)");
        String sql =
                "SELECT v.page, v.day, g.title FROM visits v LEFT JOIN pages g ON v.page = g.page AND v.day = g.day";
        assertSplit(sql);
        assertTrue(engines.ran(sql).contains("page = "), engines.ran(sql));
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
        engines.assertSame(
                "WITH l AS (SELECT *, id % 10 AS salt FROM purchases WHERE user_id IS NOT NULL),"
                        + " s AS (SELECT * FROM (SELECT * FROM users WHERE user_id IS NOT NULL) CROSS JOIN (SELECT DISTINCT id % 10 AS salt FROM purchases) t)"
                        + " SELECT s.user_id, s.name, l.id FROM l JOIN s"
                        + " ON concat(l.user_id, '_', l.salt) = concat(s.user_id, '_', s.salt)");
    }

    @Test
    void hotRowsAreSharedOutEvenly() throws SQLException {
        String ran =
                engines.ran(
                        "SELECT sum(p.amount * 2) FROM purchases p JOIN users u ON p.user_id = u.user_id");
        assertTrue(
                ran.lines()
                        .anyMatch(
                                line ->
                                        line.matches(
                                                ".*gave 15900 rows, about (5[5-9]|6[0-9]|7[0-5]) % of them with user_id = 7.*skew split applied.*")),
                ran);
    }

    @Test
    void hotRowsAreNotReadToBeDropped() throws SQLException {
        engines.set("skew = always");
        for (String type : List.of("INNER", "LEFT", "FULL", "LEFT ANTI")) {
            String ran =
                    engines.ran(
                            "SELECT sum(p.amount * 2) FROM purchases p %s JOIN users u ON p.user_id = u.user_id"
                                    .formatted(type));
            Matcher cold =
                    Pattern.compile("NOT .*\\R.*Read stage \\d+  \\[.* (\\d+) rows").matcher(ran);
            assertTrue(cold.find(), ran);
            assertTrue(Integer.parseInt(cold.group(1)) < 12_000, ran); // 20,000 with the hot ones
        }
    }

    @Test
    void sparksWordsForIt() throws SQLException {
        String sql =
                "SELECT sum(p.amount * 2) FROM purchases p JOIN users u ON p.user_id = u.user_id";
        engines.set("spark.sql.adaptive.skewJoin.enabled = false");
        assertFalse(engines.ran(sql).contains("skew split applied"));
        engines.set("spark.sql.adaptive.skewJoin.enabled = true");
        assertTrue(engines.ran(sql).contains("skew split applied"));
        engines.set("spark.sql.adaptive.enabled = false");
        assertFalse(engines.ran(sql).contains("skew split applied"));
    }

    private void assertSplit(String sql) throws SQLException {
        engines.assertSame(sql);
        String ran = engines.ran(sql);
        assertTrue(ran.contains("skew split applied"), () -> sql + "\n" + ran);
    }
}
