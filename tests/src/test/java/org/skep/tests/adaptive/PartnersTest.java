package org.skep.tests.adaptive;

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

/** Rows that will find no partner on the side that has ended are not shuffled. */
class PartnersTest {
    private static final String DROPPED = "without a partner among them are dropped";
    private static final List<String> TYPES =
            List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");

    @TempDir private Path folder;
    private BothEngines engines;

    @BeforeEach
    void open() throws SQLException {
        engines = new BothEngines(folder);
        engines.write(
                "few",
                "SELECT (CASE WHEN i % 9 = 0 THEN NULL ELSE i * 700 END)::INTEGER AS id, (i % 10)::BIGINT AS tens,"
                        + " CASE WHEN i % 7 = 0 THEN NULL ELSE 'text ' || (i * 700) END AS text, i / 4.0 AS number"
                        + " FROM range(100) t(i)");
        engines.write(
                "many",
                "SELECT (CASE WHEN i % 11 = 0 THEN NULL ELSE i END)::INTEGER AS id, (i % 13)::BIGINT AS tens,"
                        + " CASE WHEN i % 5 = 0 THEN NULL ELSE 'text ' || i END AS text, i / 8.0 AS number"
                        + " FROM range(40000) t(i)");
        engines.set("split_bytes = 64KB", "shuffle_partitions = 3", "broadcast_bytes = 0");
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
    }

    /** What a join over conditions gives, whatever the type of the join. */
    private void assertSame(String type, String on) throws SQLException {
        String small = "(SELECT * FROM few WHERE tens <> 4) s";
        engines.assertSame(
                "SELECT count(*), sum(l.id), sum(s.id), count(l.text), min(s.text), max(l.text) FROM many l %s %s ON %s"
                        .formatted(type, small, on));
        engines.assertSame(
                "SELECT count(*), sum(l.id), sum(s.id), count(l.text), min(s.text), max(l.text) FROM %s %s many l ON %s"
                        .formatted(small, type, on));
    }

    @Test
    void rowsAreDuckDbsForEachTypeAndKey() throws SQLException {
        for (String strategy : List.of("hash", "merge")) {
            engines.set("join_strategy = " + strategy);
            for (String type : TYPES) {
                assertSame(type, "l.id = s.id");
                assertSame(type, "l.text = s.text");
                assertSame(type, "l.number = s.number");
                assertSame(type, "l.id = s.id AND l.tens = s.tens");
                assertSame(type, "l.text = s.text AND l.tens = s.tens AND l.id > s.number");
                assertSame(type, "l.id + 1 = s.id + 1");
            }
            for (String exists : List.of("EXISTS", "NOT EXISTS")) {
                engines.assertSame(
                        "SELECT count(*), sum(l.id) FROM many l WHERE %s (SELECT 1 FROM few s WHERE s.id = l.id AND s.tens > 2)"
                                .formatted(exists));
            }
            engines.assertSame("SELECT id, text FROM many INTERSECT SELECT id, text FROM few");
            engines.assertSame("SELECT id, text FROM few EXCEPT SELECT id, text FROM many");
        }
    }

    @Test
    void onlyRowsWithPartnersAreShuffled() throws SQLException {
        for (String strategy : List.of("hash", "merge")) {
            engines.set("join_strategy = " + strategy);
            for (String on : List.of("l.id = s.id", "l.text = s.text", "l.number = s.number")) {
                String sql = "SELECT l.id, s.text FROM many l JOIN few s ON " + on;
                String plan = engines.ran(sql);
                assertTrue(plan.contains(DROPPED), plan);
                long given = rowsOf("PartnerFilter", plan);
                assertTrue(given < 300, given + " rows\n" + plan);
                engines.assertSame(sql);
            }
        }
    }

    /** Each value of each key alone is frequent, only pairs of them are rare. */
    @Test
    void keysAreLookedForTogether() throws SQLException {
        engines.set("join_strategy = hash", "split_bytes = 4KB");
        engines.write(
                "pairs", "SELECT (i % 200) AS a, 'b ' || (i // 200) AS b FROM range(40000) t(i)");
        engines.write(
                "diagonal",
                "SELECT i AS a, 'b ' || (199 - i) AS b, i * 2 AS c FROM range(200) t(i)");
        String sql = "SELECT p.a, p.b, c FROM pairs p JOIN diagonal d ON p.a = d.a AND p.b = d.b";
        String plan = engines.ran(sql);
        assertTrue(plan.contains(DROPPED), plan);
        assertTrue(rowsOf("PartnerFilter", plan) < 4000, plan);
        engines.assertSame(sql);
    }

    /** The keys go through an aggregate and another shuffle, down to where rows are read. */
    @Test
    void lowestStageIsFiltered() throws SQLException {
        engines.set("join_strategy = hash");
        String sql =
                "SELECT m.id, m.n, few.text FROM few JOIN (SELECT id, count(*) AS n FROM many GROUP BY id) m ON m.id = few.id";
        String plan = engines.ran(sql);
        assertTrue(plan.contains(DROPPED), plan);
        assertTrue(plan.contains("filtered by joins on id"), plan);
        engines.assertSame(sql);
        engines.set("broadcast_bytes = 10MB", "join_strategy = auto");
        plan = engines.ran(sql);
        assertTrue(plan.contains("BroadcastJoin"), plan);
        assertTrue(plan.contains(DROPPED), plan);
        engines.assertSame(sql);
        String windows =
                "SELECT m.id, m.n, few.text FROM few JOIN (SELECT id, tens, sum(tens) OVER (PARTITION BY %s) AS n FROM many) m ON m.id = few.id";
        assertTrue(engines.ran(windows.formatted("id")).contains(DROPPED));
        engines.assertSame(windows.formatted("id"));
        assertFalse(engines.ran(windows.formatted("tens")).contains(DROPPED));
        engines.assertSame(windows.formatted("tens"));
        String first =
                "SELECT m.id, m.tens, few.text FROM few JOIN (SELECT * FROM (SELECT id, tens, row_number() OVER (PARTITION BY id ORDER BY tens) AS n FROM many) w WHERE n = 1) m ON m.id = few.id";
        assertTrue(engines.ran(first).contains(DROPPED));
        engines.assertSame(first);
    }

    @Test
    void nothingIsFilteredWhereThatIsWrongOrNotWorthIt() throws SQLException {
        engines.set("join_strategy = hash");
        String each = "SELECT l.id, s.text FROM many l %s few s ON l.id = s.id";
        for (String type : List.of("LEFT JOIN", "FULL JOIN")) {
            assertFalse(engines.ran(each.formatted(type)).contains(DROPPED));
        }
        String equals = "SELECT l.id, r.text FROM many l JOIN many r ON l.id = r.id";
        assertFalse(engines.ran(equals).contains(DROPPED));
        engines.write("each", "SELECT i AS id, i % 7 AS n FROM range(10000) t(i)");
        String whole = "SELECT l.id, r.n FROM many l JOIN each r ON l.id = r.id";
        assertFalse(engines.ran(whole).contains(DROPPED)); // all rows may have a partner
        engines.assertSame(whole);
        String limited =
                "SELECT l.id, s.text FROM (SELECT * FROM many ORDER BY number LIMIT 900) l JOIN few s ON l.id = s.id";
        assertFalse(engines.ran(limited).contains(DROPPED));
        engines.assertSame(limited);
        engines.set("adaptive = false");
        assertFalse(engines.ran(each.formatted("JOIN")).contains(DROPPED));
    }

    @Test
    void noRowsAndOnlyNullsHaveNoPartner() throws SQLException {
        engines.write("nulls", "SELECT NULL::INTEGER AS id, i AS n FROM range(50) t(i)");
        for (String strategy : List.of("hash", "merge")) {
            engines.set("join_strategy = " + strategy);
            for (String type : TYPES) {
                String sql =
                        "SELECT count(*), sum(l.id), sum(s.n) FROM many l %s %s s ON l.id = s.id";
                engines.assertSame(sql.formatted(type, "nulls"));
                engines.assertSame(sql.formatted(type, "(SELECT * FROM nulls WHERE n > 1000)"));
            }
        }
    }

    /** Without memory for the keys every row is shuffled, as before. */
    @Test
    void littleMemoryIsEnough() throws SQLException {
        engines.set("join_strategy = hash", "memory = 1MB");
        engines.write("half", "SELECT i * 3 AS id, i AS n FROM range(20000) t(i)");
        engines.write("whole", "SELECT i AS id, i % 7 AS n FROM range(60000) t(i)");
        String sql =
                "SELECT w.id, h.n FROM whole w JOIN (SELECT * FROM half WHERE n % 5 <> 1) h ON w.id = h.id";
        assertTrue(engines.ran(sql).contains(DROPPED));
        engines.assertSame(sql);
        engines.set("memory = 1GB", "spill = always");
        engines.assertSame(sql);
    }

    @Test
    void isExplained() throws SQLException {
        engines.set("join_strategy = hash");
        String sql = "SELECT l.id, s.text FROM many l JOIN few s ON l.id = s.id";
        String words = engines.ran("MAPREDUCE " + sql);
        assertTrue(words.contains("load the keys (id) of stage 0"), words);
        assertTrue(words.contains("keep it only if (id) is one of them"), words);
        String plan = engines.ran(sql);
        for (String part :
                List.of(
                        "stage 0 -> stage 1, stage 2, hash(id)",
                        "  46 rows, ", // of 36,364 with a key
                        "* PartnerFilter id = id  [",
                        "*   Scan many.parquet parquet [id], filtered by joins on id,",
                        "*   Read stage 0  [",
                        "-- stage 0 gave 100 rows: rows of stage 1 without a partner among them are dropped before the shuffle")) {
            assertTrue(plan.contains(part), part + " is not in\n" + plan);
        }
    }

    /** The rows that the first node of a kind gave. */
    private static long rowsOf(String node, String plan) {
        Matcher line = Pattern.compile(node + " .*actual (\\d+) rows").matcher(plan);
        assertTrue(line.find(), plan);
        return Long.parseLong(line.group(1));
    }
}
