package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are combined before they are shuffled for a join, and count as often as they would have. */
class EagerAggregateTest {
    private static final String BELOW = "Aggregate partial of states";

    @TempDir private Path folder;
    private BothEngines engines;

    @BeforeEach
    void open() throws SQLException {
        engines = new BothEngines(folder);
        engines.write(
                "fact",
                "SELECT (CASE WHEN i % 50 = 7 THEN NULL ELSE i % 20 END)::INTEGER AS k, (i % 3)::BIGINT AS part,"
                        + " (CASE WHEN i % 13 = 0 THEN NULL ELSE i END)::INTEGER AS n, (i % 1000 / 4.0)::DECIMAL(12,2) AS price,"
                        + " 'text ' || (i % 100) AS text, i % 4 = 1 AS odd FROM range(40000) t(i)");
        engines.write(
                "dim",
                "SELECT (CASE WHEN i % 9 = 8 THEN NULL ELSE i % 30 END)::INTEGER AS k, (i % 3)::BIGINT AS part,"
                        + " 'name ' || (i % 7) AS name FROM range(90) t(i)");
        engines.set("join_strategy = hash", "split_bytes = 64KB", "shuffle_partitions = 3");
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
    }

    private void assertBelow(String sql) throws SQLException {
        String plan = engines.ran(sql);
        assertTrue(plan.contains(BELOW), plan);
        engines.assertSame(sql);
    }

    private void assertAbove(String sql) throws SQLException {
        String plan = engines.ran(sql);
        assertFalse(plan.contains(BELOW), plan);
        engines.assertSame(sql);
    }

    @Test
    void rowsCountAsOftenAsTheyFindPartners() throws SQLException {
        for (String skew : List.of("auto", "always")) {
            engines.set("skew = " + skew);
            for (String type : List.of("JOIN", "LEFT JOIN")) {
                assertBelow(
                        "SELECT d.name, count(*), count(f.n), sum(f.n), avg(f.price), min(f.n), max(f.price), bool_or(f.odd)"
                                + " FROM fact f %s dim d ON f.k = d.k GROUP BY d.name"
                                        .formatted(type));
            }
            assertBelow(
                    "SELECT d.name, f.part, sum(f.n) FROM dim d JOIN fact f ON f.k = d.k GROUP BY d.name, f.part");
            assertBelow(
                    "SELECT d.name, sum(f.price) FROM dim d JOIN fact f ON f.k = d.k AND f.part < d.part GROUP BY d.name");
            assertBelow("SELECT count(*), sum(f.n) FROM fact f JOIN dim d ON f.k = d.k");
            assertBelow(
                    "SELECT f.part, count(*), sum(n) FROM fact f WHERE EXISTS (SELECT 1 FROM dim d WHERE d.k = f.k AND d.part > f.part) GROUP BY f.part");
            assertBelow(
                    "SELECT f.part, count(*), sum(n) FROM fact f WHERE NOT EXISTS (SELECT 1 FROM dim d WHERE d.k = f.k) GROUP BY f.part");
            assertBelow(
                    "SELECT count(*), max(n) FROM fact f JOIN dim d ON f.k IS NOT DISTINCT FROM d.k WHERE d.name <> 'name 3'");
        }
    }

    @Test
    void noRowsGiveWhatTheyShould() throws SQLException {
        assertBelow(
                "SELECT count(*), sum(f.n) FROM fact f JOIN dim d ON f.k = d.k AND f.part > d.part + 100");
        engines.set("adaptive = false");
        assertBelow("SELECT count(*), sum(f.n) FROM fact f JOIN dim d ON f.k = d.k");
    }

    /** In one task after the join, when that has brought its groups together. */
    @Test
    void groupsOfTheJoinKey() throws SQLException {
        String sql =
                "SELECT f.k, count(*), sum(f.n) FROM fact f JOIN dim d ON f.k = d.k GROUP BY f.k";
        String plan = engines.ran(sql);
        assertTrue(plan.contains("Aggregate partial by k: count(*), sum(n)"), plan);
        assertTrue(plan.contains("Aggregate final by k"), plan);
        engines.assertSame(sql);
    }

    @Test
    void staysAboveWhereItMustOrDoesNotPay() throws SQLException {
        assertAbove(
                "SELECT d.name, sum(f.n + d.part) FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.name");
        assertAbove(
                "SELECT d.name, count(DISTINCT f.part) FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.name");
        assertAbove(
                "SELECT d.name, min(f.text) FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.name");
        assertAbove(
                "SELECT d.name, sum(f.price) FROM fact f JOIN dim d ON f.n = d.k GROUP BY d.name");
        assertAbove(
                "SELECT f.part, count(*), count(d.k) FROM dim d RIGHT JOIN fact f ON f.n = d.k GROUP BY f.part");
        assertAbove(
                "SELECT d.name, count(f.n) FROM dim d LEFT JOIN fact f ON f.k = d.k GROUP BY d.name");
        assertAbove(
                "SELECT d.name, count(*), sum(f.n) FROM fact f FULL JOIN dim d ON f.k = d.k GROUP BY d.name");
        engines.set("join_strategy = auto");
        assertAbove("SELECT d.name, sum(f.n) FROM fact f JOIN dim d ON f.k = d.k GROUP BY d.name");
    }

    /** The join would have dropped the only row of which the sum cannot be computed. */
    @Test
    void nothingFailsForRowsThatAreDropped() throws SQLException {
        engines.write(
                "large",
                "SELECT (i % 20)::INTEGER AS k, CASE WHEN i = 19 THEN 9223372036854775807 ELSE i END AS n FROM range(40000) t(i)");
        assertBelow(
                "SELECT d.name, sum(l.n) FROM large l JOIN dim d ON l.k = d.k WHERE d.k < 15 GROUP BY d.name");
    }
}
