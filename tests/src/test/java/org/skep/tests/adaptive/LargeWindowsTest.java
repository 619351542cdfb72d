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
import org.junit.jupiter.params.provider.ValueSource;

/** Window functions over a partition that has half of all rows, with little memory. */
class LargeWindowsTest {
    @TempDir Path folder;
    private BothEngines engines;

    @BeforeEach
    void tables() throws SQLException {
        engines = new BothEngines(folder);
        engines.write(
                "purchases",
                "SELECT i::INTEGER AS id, CASE WHEN i % 2 = 0 THEN 7 WHEN i % 10 = 1 THEN NULL"
                        + " ELSE i % 400 END::INTEGER AS user_id, (i * 7919 % 1000)::INTEGER AS amount,"
                        + " CASE WHEN i % 3 = 0 THEN NULL ELSE 'note ' || i % 5000 END AS note"
                        + " FROM range(100000) t(i)");
        engines.set("shuffle_partitions = 3", "split_bytes = 64KB", "memory = 4MB");
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
    }

    private static final String BY_AMOUNT = "(PARTITION BY user_id ORDER BY amount, id%s)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row_number() OVER $",
                "rank() OVER (PARTITION BY user_id ORDER BY amount)",
                "dense_rank() OVER (PARTITION BY user_id ORDER BY amount)",
                "lag(amount, 3, -1) OVER $",
                "lag(id, -2) OVER $",
                "lead(amount, 2) OVER $",
                "first_value(id) OVER $",
                "sum(amount) OVER (PARTITION BY user_id ORDER BY amount)",
                "sum(amount) OVER $ ROWS UNBOUNDED PRECEDING",
                "sum(amount) OVER $ ROWS BETWEEN UNBOUNDED PRECEDING AND 2 FOLLOWING",
                "max(note) OVER $ ROWS BETWEEN 5 PRECEDING AND 1 PRECEDING",
                "count(note) OVER $ ROWS BETWEEN CURRENT ROW AND 100 FOLLOWING",
                "last_value(note IGNORE NULLS) OVER $ ROWS UNBOUNDED PRECEDING",
                "count(*) OVER (ORDER BY amount)",
            })
    void streams(String call) throws SQLException {
        assertSame(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(amount) OVER (PARTITION BY user_id)",
                "min(note) OVER (PARTITION BY user_id)",
                "count(*) OVER ()",
                "ntile(7) OVER $",
                "round(percent_rank() OVER (PARTITION BY user_id ORDER BY amount), 9)",
                "round(cume_dist() OVER (PARTITION BY user_id ORDER BY amount), 9)",
                "last_value(id) OVER $ ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
                "amount - min(amount) OVER (PARTITION BY user_id) + row_number() OVER $",
            })
    void isSpilledAndReadAgain(String call) throws SQLException {
        assertSame(call);
        engines.set("spill = always");
        assertSame(call);
    }

    private void assertSame(String call) throws SQLException {
        String frame = call.replaceFirst(".*\\$ ?", "");
        String written =
                call.contains("$")
                        ? call.substring(0, call.indexOf('$'))
                                + BY_AMOUNT.formatted(frame.isEmpty() ? "" : " " + frame)
                        : call;
        engines.assertSame(
                "SELECT id % 50, count(w), min(w), max(w), sum(length(w::STRING) * (id % 97)) FROM"
                        + " (SELECT id, %s AS w FROM purchases) GROUP BY id %% 50"
                                .formatted(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "always"})
    void firstRowsOfEachPartition(String spill) throws SQLException {
        engines.set("spill = " + spill);
        for (String ranking : List.of("row_number", "rank", "dense_rank")) {
            String order = ranking.equals("row_number") ? "amount DESC, id" : "amount DESC";
            String over = ranking + "() OVER (PARTITION BY user_id ORDER BY " + order + ")";
            engines.assertSame("SELECT * FROM purchases QUALIFY " + over + " <= 4");
            engines.assertSame(
                    "SELECT * FROM (SELECT id, note, %s AS r FROM purchases) w WHERE r < 3 AND id > 100"
                            .formatted(over));
            engines.assertSame(
                    "SELECT id, sum(amount) %s, %s AS r FROM purchases QUALIFY r = 2"
                            .formatted(over.substring(over.indexOf("OVER")), over));
        }
    }

    @Test
    void fewRowsAreExchanged() throws SQLException {
        engines.set("memory = 100MB");
        String ran =
                engines.ran(
                        "SELECT * FROM purchases QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY amount DESC, id) <= 4");
        assertTrue(ran.contains("TopN 4 by amount desc, id for each user_id"), ran);
        int users = 161; // 7, null, and odd numbers below 400 that do not end in 1
        int most = number("(\\d+) tasks", ran) * 4 * users;
        int kept = number("for each user_id  \\[actual (\\d+) rows", ran);
        assertTrue(kept >= 4 * users && kept <= most, ran);
    }

    private static int number(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), text);
        return Integer.parseInt(found.group(1));
    }

    @Test
    void functionsThatLookFurtherSeeAllRows() throws SQLException {
        String over = "OVER (PARTITION BY user_id ORDER BY amount, id)";
        String apart =
                "SELECT id, lead(id) %s AS n, row_number() %s AS r FROM purchases QUALIFY r = 1"
                        .formatted(over, over);
        engines.assertSame(apart);
        String ran = engines.ran(apart);
        assertTrue(0 < ran.indexOf("TopN") && ran.indexOf("TopN") < ran.indexOf("lead("), ran);
        String together =
                "SELECT id, sum(amount) %s AS n, rank() %s AS r, percent_rank() %s AS p FROM purchases QUALIFY r = 1"
                        .formatted(over, over, over);
        assertFalse(engines.ran(together).contains("TopN"));
        engines.assertSame(together);
    }

    @Test
    void limitsReachScans() throws SQLException {
        String both = "(SELECT id + 1 AS n FROM purchases UNION ALL SELECT amount FROM purchases)";
        for (int offset : List.of(0, 99_990, 199_995)) {
            String sql = "SELECT count(*) FROM (SELECT n FROM %s LIMIT 20 OFFSET %d)";
            engines.assertSame(sql.formatted(both, offset));
        }
        assertEquals(
                List.of("0"),
                engines.rows("SELECT count(*) FROM (SELECT 1 FROM purchases LIMIT 0)"));
    }
}
