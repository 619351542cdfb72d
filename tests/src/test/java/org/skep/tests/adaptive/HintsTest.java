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

/** What hints ask for is not planned anew, whatever the stages have put out. */
class HintsTest {
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

    /** Some rows with thousands each, taken for a few. */
    private static String exploded(String sequence, String name) {
        return "(SELECT few.id * 5000 + k AS id, %s AS name FROM few CROSS JOIN UNNEST(%s) AS t(k)) r"
                .formatted(name, sequence);
    }

    @Test
    void broadcastStays() throws SQLException {
        String sql =
                "SELECT %s count(*), sum(length(r.name)), sum(l.id), min(l.text) FROM many l JOIN %s"
                        + " ON l.other = r.id AND l.id %% 3 <> r.id %% 5 WHERE l.text LIKE '%%7%%'";
        String ours = exploded("sequence(0, 19999)", "name");
        String free = engines.ran(sql.formatted("", ours));
        assertTrue(free.contains("that one is broadcast instead"), free);
        String hinted = sql.formatted("/*+ BROADCAST(r) */", ours);
        String ran = engines.ran(hinted);
        assertFalse(ran.contains("that one is broadcast instead"), ran);
        assertTrue(ran.contains("BroadcastJoin inner on $3 = id"), ran);
        engines.assertSame(hinted, sql.formatted("", exploded("range(0, 20000)", "name")));
    }

    @Test
    void broadcastTooLargeForMemoryIsShuffled() throws SQLException {
        engines.set("memory = 8MB");
        String sql =
                "SELECT %s count(*), sum(length(r.name)), min(l.text) FROM many l JOIN %s ON l.other = r.id";
        String padded = "concat(name, '%s')".formatted("x".repeat(200));
        String hinted = sql.formatted("/*+ MAPJOIN(r) */", exploded("sequence(0, 4999)", padded));
        String ran = engines.ran(hinted);
        assertTrue(ran.contains("although the hint MAPJOIN(r) asks for a broadcast"), ran);
        engines.assertSame(hinted, sql.formatted("", exploded("range(0, 5000)", padded)));
    }

    /** Also one that is small enough to be broadcast, and a build side that is the larger one. */
    @Test
    void shuffledHashJoinStays() throws SQLException {
        engines.set("broadcast_bytes = 200KB", "shuffle_partitions = 3");
        String small = "(SELECT * FROM many WHERE text LIKE '%99%') r";
        String sql =
                "SELECT %s count(*), sum(l.id), min(r.text) FROM many l JOIN %s ON l.id = r.other";
        String free = engines.ran(sql.formatted("", small.replace("%99%", "%999%")));
        assertTrue(free.contains("broadcast instead of shuffling"), free);
        String hinted = sql.formatted("/*+ SHUFFLE_HASH(r) */", small.replace("%99%", "%999%"));
        String ran = engines.ran(hinted);
        assertFalse(ran.contains("broadcast instead"), ran);
        assertTrue(ran.contains("HashJoin inner on id = other"), ran);
        engines.assertSame(hinted);
        String large = sql.formatted("/*+ SHUFFLE_HASH(l) */", small);
        ran = engines.ran(large);
        assertFalse(ran.contains("the table is built of the latter"), ran);
        assertTrue(ran.contains("HashJoin inner on other = id"), ran);
        engines.assertSame(large);
    }

    @Test
    void streamedTableIsProbed() throws SQLException {
        engines.set("join_strategy = hash");
        engines.set("shuffle_partitions = 3");
        String small = "(SELECT * FROM many WHERE text LIKE '%99%') r";
        for (String type : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")) {
            String sql =
                    "SELECT /*+ STREAMTABLE(r) */ count(*), sum(l.id), min(r.text) FROM many l %s %s ON l.id = r.other"
                            .formatted(type, small);
            String ran = engines.ran(sql);
            assertFalse(ran.contains("the table is built of the latter"), ran);
            assertTrue(ran.contains("on other = id"), ran);
            engines.assertSame(sql);
        }
    }

    @Test
    void rowsAreTheSameHoweverTheyAreJoined() throws SQLException {
        engines.set("broadcast_bytes = 200KB", "shuffle_partitions = 3");
        for (String type : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")) {
            for (String hint : List.of("BROADCAST", "MERGE", "SHUFFLE_HASH", "STREAMTABLE")) {
                for (String named : List.of("l", "r", "r, l")) {
                    engines.assertSame(
                            "SELECT /*+ %s(%s) */ count(*), count(l.id), count(r.id), sum(l.id), min(r.text), min(few.name)"
                                            .formatted(hint, named)
                                    + " FROM (SELECT * FROM many WHERE id %% 3 = 0) l %s (SELECT * FROM many WHERE text LIKE '%%99%%') r"
                                            .formatted(type)
                                    + " ON l.id = r.other AND r.id > 1000 LEFT JOIN few ON few.id = l.other");
                }
            }
        }
    }
}
