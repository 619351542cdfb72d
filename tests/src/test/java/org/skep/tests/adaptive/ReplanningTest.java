package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages planned anew by what others have put out, when estimates were wrong. */
class ReplanningTest {
    @TempDir private Path folder;
    private BothEngines engines;

    @BeforeEach
    void open() throws SQLException {
        engines = new BothEngines(folder);
        engines.writeFewAndMany();
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
    }

    /** 20 rows with 5,000 each are taken for 100. */
    private static final String EXPLODED =
            "(SELECT few.id * 5000 + k AS id, concat(name, '%s') AS name FROM few CROSS JOIN UNNEST(%s) AS t(k)) r";

    private static String exploded(boolean skep) {
        String padding = "x".repeat(200);
        return EXPLODED.formatted(padding, skep ? "sequence(0, 4999)" : "range(0, 5000)");
    }

    @Test
    void tooLargeBroadcastIsShuffled() throws SQLException {
        engines.set("memory = 8MB");
        engines.set("broadcast_bytes = 1MB");
        for (String type : List.of("JOIN", "LEFT JOIN")) {
            String sql =
                    "SELECT count(*), sum(length(r.name)), count(r.id), min(l.text) FROM many l "
                            + type
                            + " ";
            String on = " ON l.other = r.id";
            String plan = engines.ran(sql + exploded(true) + on);
            assertTrue(plan.contains("too much for a broadcast"), plan);
            engines.assertSame(sql + exploded(true) + on, sql + exploded(false) + on);
        }
        for (String exists : List.of("EXISTS", "NOT EXISTS")) {
            String sql = "SELECT count(*), sum(l.id) FROM many l WHERE " + exists;
            String where = " (SELECT 1 FROM %s WHERE r.id = l.other AND l.id > 500)";
            engines.assertSame(
                    sql + where.formatted(exploded(true)), sql + where.formatted(exploded(false)));
        }
    }

    @Test
    void largerBroadcastIsProbed() throws SQLException {
        String sql =
                "SELECT count(*), sum(length(r.name)), sum(l.id), min(l.text) FROM many l JOIN"
                        + " (SELECT few.id * 5000 + k AS id, name FROM few CROSS JOIN UNNEST(%s) AS t(k)) r"
                        + " ON l.other = r.id AND l.id %% 3 <> r.id %% 5 WHERE l.text LIKE '%%7%%'";
        String ours = sql.formatted("sequence(0, 19999)");
        String ran = engines.ran(ours);
        assertTrue(ran.contains("that one is broadcast instead"), ran);
        engines.assertSame(ours, sql.formatted("range(0, 20000)"));
    }

    /** Of 400,000 rows on the right only those are built that few rows on the left ask for. */
    @Test
    void rightSideOfSemiJoinIsReduced() throws SQLException {
        String right =
                "(SELECT few.id * 5000 + k AS id, k AS n FROM few CROSS JOIN UNNEST(%s) AS t(k)) r";
        String ours = right.formatted("sequence(0, 19999)");
        String duckdbs = right.formatted("range(0, 20000)");
        for (String exists : List.of("EXISTS", "NOT EXISTS")) {
            for (String few : List.of("'%%9999%%'", "'%%'")) {
                String sql =
                        "SELECT count(*), sum(l.id), min(l.text) FROM many l WHERE l.text LIKE "
                                + few
                                + " AND "
                                + exists
                                + " (SELECT 1 FROM %s WHERE r.id = l.other + l.id AND l.id %% 3 <> r.n %% 7)";
                String plan = engines.ran(sql.formatted(ours));
                assertTrue(plan.contains("its left side is computed first"), plan);
                assertTrue(plan.contains("those with a partner there are kept first"), plan);
                engines.assertSame(sql.formatted(ours), sql.formatted(duckdbs));
            }
        }
    }

    @Test
    void smallerSideIsBuilt() throws SQLException {
        engines.set("join_strategy = hash");
        engines.set("shuffle_partitions = 3");
        for (String type : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")) {
            String sql =
                    "SELECT count(*), sum(length(l.text)), sum(r.id), sum(length(r.name)) FROM (SELECT * FROM many WHERE text LIKE '%99%') l "
                            + type
                            + " ";
            String on = " ON l.other = r.id AND r.id % 3 <> l.id % 3";
            String plan = engines.ran(sql + exploded(true) + on);
            boolean mirrored = type.equals("RIGHT JOIN"); // by the planner, as a LEFT join
            assertEquals(!mirrored, plan.contains("the table is built of the latter"), plan);
            engines.assertSame(sql + exploded(true) + on, sql + exploded(false) + on);
        }
    }

    @Test
    void whatNeedsRowsThatAreNotThereIsLeftOut() throws SQLException {
        engines.set("join_strategy = hash");
        engines.set("shuffle_partitions = 3");
        String none = "(SELECT * FROM many WHERE text LIKE 'no such%') r";
        String inner = "SELECT l.id, r.text FROM many l JOIN " + none + " ON l.id = r.other";
        String plan = engines.ran(inner);
        assertTrue(plan.contains("what needs them is left out"), plan);
        assertTrue(plan.contains("stage 0 -> no stage, hash"), plan); // its reader is left out
        String last = plan.substring(0, plan.indexOf("-- the plan at first"));
        assertFalse(last.contains("HashJoin"), plan);
        assertEquals(List.of(), engines.rows(inner));
        assertEquals(
                List.of("0|null"), engines.rows("SELECT count(*), min(id) FROM (" + inner + ") q"));
        assertEquals(
                List.of("100000|0"),
                engines.rows(
                        "SELECT count(*), count(r.text) FROM many l LEFT JOIN "
                                + none
                                + " ON l.id = r.other"));
        assertEquals(
                List.of("20"),
                engines.rows(
                        "SELECT count(*) FROM (SELECT id FROM few UNION ALL SELECT id FROM ("
                                + inner
                                + ") q) u"));
    }

    @Test
    void smallPartitionsAreReadTogether() throws SQLException {
        engines.set("partition_bytes = 4KB"); // 1,000 partitions and more, by estimate
        engines.set("threads = 2");
        String sql = "SELECT other % 7 AS k, count(*), sum(id) FROM many GROUP BY other % 7";
        engines.assertSame(sql);
        engines.set("join_strategy = hash");
        String join =
                "SELECT l.id, r.text FROM many l LEFT JOIN (SELECT * FROM many WHERE text LIKE '%777%') r ON l.id = r.other WHERE l.text LIKE '%7777%'";
        engines.assertSame(join);
        engines.set("partition_bytes = 64KB");
        String plan = engines.ran(join);
        assertTrue(plan.contains("hold little, they are read by"), plan);
        engines.assertSame(join);
    }
}
