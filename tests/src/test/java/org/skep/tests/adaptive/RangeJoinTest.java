package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins on ranges, beside DuckDB's rows. */
class RangeJoinTest {
    @TempDir private Path folder;
    private BothEngines engines;

    @BeforeEach
    void open() throws SQLException {
        engines = new BothEngines(folder);
        engines.write(
                "events",
                "SELECT i::INTEGER AS id, (CASE WHEN i % 31 = 3 THEN NULL ELSE i * 7919 % 5000 END)::BIGINT AS at,"
                        + " CASE WHEN i % 17 = 0 THEN 'NaN'::DOUBLE WHEN i % 19 = 0 THEN -0.0 ELSE (i % 40 - 20) / 4 END AS x,"
                        + " 'key number ' || (i % 300) AS word FROM range(2000) t(i)");
        engines.write(
                "spans",
                "SELECT i::INTEGER AS id, (i * 50)::BIGINT AS lo, (CASE WHEN i % 13 = 5 THEN NULL ELSE i * 50 + i % 7 * 30 - 20 END)::BIGINT AS hi,"
                        + " CASE WHEN i % 11 = 0 THEN 0.0 WHEN i % 23 = 0 THEN 'NaN'::DOUBLE ELSE (i % 30 - 15) / 2 END AS x,"
                        + " 'key number ' || (i * 3) AS word FROM range(100) t(i)");
        engines.set("batch_rows = 64", "split_bytes = 4KB");
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
    }

    private void assertRanged(String sql) throws SQLException {
        engines.assertSame(sql);
        String ran = engines.ran(sql);
        assertTrue(ran.contains("RangeJoin"), () -> sql + "\n" + ran);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INNER", "LEFT", "RIGHT", "FULL"})
    void rangesOfAllKinds(String type) throws SQLException {
        String join = "SELECT e.id, s.id AS span FROM events e " + type + " JOIN spans s ON ";
        assertRanged(join + "e.at BETWEEN s.lo AND s.hi");
        assertRanged(join + "e.at >= s.lo AND e.at < s.hi AND e.id % 3 <> s.id % 3");
        assertRanged(join + "s.lo BETWEEN e.at - 10 AND e.at + 10");
        assertRanged(join + "abs(e.id - s.id) <= 2 AND s.lo <= e.at AND s.hi >= e.at - 5");
        assertRanged(join + "e.at + 20 >= s.lo AND e.at - 20 <= s.hi"); // overlapping
        assertRanged(join + "e.at < s.lo AND e.id < 50");
        assertRanged(join + "s.hi < e.at AND e.id < 50");
        assertRanged(join + "e.x < s.x AND e.id < 200");
        assertRanged(join + "e.x >= s.x AND e.x <= s.x + 0.25 AND e.id < 200");
        assertRanged(join + "e.word > s.word AND e.word <= concat(s.word, '5')");
    }

    @Test
    void semiAndAntiJoins() throws SQLException {
        for (String exists : List.of("EXISTS", "NOT EXISTS")) {
            assertRanged(
                    "SELECT e.id FROM events e WHERE %s (SELECT 1 FROM spans s WHERE e.at BETWEEN s.lo AND s.hi)"
                            .formatted(exists));
        }
    }

    @Test
    void emptySides() throws SQLException {
        engines.assertSame(
                "SELECT count(*), count(s.id) FROM events e LEFT JOIN (SELECT * FROM spans WHERE lo < -1) s ON e.at BETWEEN s.lo AND s.hi");
        engines.assertSame(
                "SELECT count(*), count(e.id) FROM (SELECT * FROM events WHERE id < -1) e FULL JOIN spans s ON e.at BETWEEN s.lo AND s.hi");
    }

    /** An end that cannot be computed fails only where the condition itself would. */
    @Test
    void endsThatFail() throws SQLException {
        String sql =
                "SELECT count(*) FROM events e JOIN spans s ON s.id > 1000 AND e.at + 9223372036854775000 > s.lo";
        assertEquals(List.of("0"), engines.rows(sql));
        SQLException failure =
                assertThrows(
                        SQLException.class,
                        () -> engines.rows(sql.replace("s.id > 1000", "s.id >= 0")));
        assertTrue(failure.getMessage().contains("OVERFLOW"), failure.getMessage());
    }
}
