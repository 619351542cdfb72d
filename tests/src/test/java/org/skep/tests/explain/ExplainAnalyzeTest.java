package org.skep.tests.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainAnalyzeTest {
    @TempDir private Path temp;
    private Explained session;

    @BeforeEach
    void open() throws SQLException {
        session = new Explained(temp);
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    private static void assertHas(String text, String part) {
        assertTrue(text.contains(part), () -> "no '" + part + "' in\n" + text);
    }

    /** The first number that a pattern finds. */
    private static double number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), () -> pattern + " is not in\n" + text);
        return Double.parseDouble(found.group(1));
    }

    /** Bytes between stages, as the last line tells them. */
    private static double bytes(String text) {
        Matcher found = Pattern.compile("in all, ([0-9.]+) (bytes?|KB|MB) between").matcher(text);
        assertTrue(found.find(), text);
        double unit =
                found.group(2).equals("MB") ? 1 << 20 : found.group(2).equals("KB") ? 1024 : 1;
        return Double.parseDouble(found.group(1)) * unit;
    }

    @Test
    void combinerOfOneStage() throws SQLException {
        String text =
                session.text(
                        """
                        EXPLAIN ANALYZE SELECT w, COUNT(*)
                        FROM (VALUES ('hello'),('hello'),('hello'),('world'),('world')) t(w) GROUP BY w""");
        assertHas(text, "aggregate 5 -> 2 rows (60 % fewer)");
        assertHas(text, "nothing shuffled");
        assertHas(text, "1 task: ");
        assertHas(text, "5 rows in");
        assertHas(text, "Values 5 rows  [est 5, actual 5 rows, ");
        assertHas(text, "result: 2 rows");
    }

    @Test
    void combinerBeforeAShuffle() throws IOException, SQLException {
        session.file("texts/a.txt", "hello hello hello\n");
        session.file("texts/b.txt", "world\nworld\n");
        String text =
                session.text(
                        """
                        EXPLAIN ANALYZE SELECT w, COUNT(*) FROM text.`%s/*.txt`
                        LATERAL VIEW explode(split(line, ' ')) t AS w GROUP BY w"""
                                .formatted(temp.resolve("texts")));
        assertHas(text, "combiner 5 -> 2 rows (60 % fewer); 2 rows, ");
        assertHas(text, " shuffled, nothing spilled");
        assertHas(text, "2 tasks: time max ");
        assertHas(text, "rows in max 2, median 1.5 (1.3 x)");
        assertHas(text, "actual 5 rows");
    }

    @Test
    void distinctRowsAreCombinedToo() throws IOException, SQLException {
        for (int i = 0; i < 2; i++) {
            session.file("in/" + i + ".csv", "x\n1\n1\n2\n");
        }
        session.execute("SET shuffle_partitions = 2");
        String text =
                session.text(
                        "EXPLAIN ANALYZE SELECT DISTINCT x FROM '%s/*.csv'"
                                .formatted(temp.resolve("in")));
        assertHas(text, "combiner 6 -> 4 rows (33 % fewer); 4 rows, ");
        assertHas(text, "result: 2 rows");
    }

    @Test
    void everyKindOfOperatorIsCounted() throws SQLException {
        String text =
                session.text(
                        """
                        EXPLAIN ANALYZE SELECT a.n, row_number() OVER (ORDER BY a.n DESC) AS r
                        FROM (SELECT * FROM (VALUES (1), (2), (3)) v(n)
                              UNION ALL SELECT * FROM (VALUES (3), (4)) w(n)) a
                        JOIN (VALUES (2), (3), (4)) b(n) ON a.n = b.n
                        WHERE a.n % 2 = 0 OR a.n = 3
                        ORDER BY a.n LIMIT 2""");
        assertFalse(text.contains("actual 0 rows"), text);
        assertHas(text, "TopN 2 by n");
        assertTrue(
                text.lines()
                        .filter(line -> line.startsWith("*"))
                        .allMatch(line -> line.contains(" ms]")),
                text);
        assertHas(text, "result: 2 rows");
    }

    /** The tasks of a union run one input each; what is behind it in the plan is counted there. */
    @Test
    void behindAUnion() throws SQLException {
        session.execute("CREATE TABLE few (n INT)");
        session.execute("INSERT INTO few VALUES (2), (3), (4), (9)");
        String text =
                session.text(
                        """
                        EXPLAIN ANALYZE SELECT /*+ BROADCAST(few) */ u.n FROM
                        (SELECT * FROM (VALUES (1), (2), (3)) v(n)
                         UNION ALL SELECT * FROM (VALUES (3), (4)) w(n)) u
                        JOIN few ON u.n = few.n""");
        assertHas(text, "Union  [est 5, actual 5 rows, ");
        assertHas(text, "Values 3 rows  [est 3, actual 3 rows, ");
        assertHas(text, "Values 2 rows  [est 2, actual 2 rows, ");
        assertTrue(Pattern.compile("Read stage 0 +\\[.*actual 4 rows").matcher(text).find(), text);
    }

    /** B33: a broadcast and partial sums move far less than a reduce-side join. */
    @Test
    void broadcastJoinMovesLessThanAReduceSideJoin() throws SQLException {
        session.execute("CREATE TABLE users (user_id BIGINT, country STRING)");
        session.execute("CREATE TABLE purchases (user_id BIGINT, amount DOUBLE)");
        session.execute(
                "INSERT INTO users SELECT i, concat('country ', i % 10) FROM generate_series(1, 1000) g(i)");
        session.execute(
                "INSERT INTO purchases SELECT i % 1000, i * 0.5 FROM generate_series(1, 400000) g(i)");
        session.execute("SET split_bytes = 64KB");
        String query =
                """
                SELECT u.country, SUM(p.amount) AS revenue
                FROM purchases p JOIN users u USING (user_id) GROUP BY u.country""";
        String broadcast = session.text("EXPLAIN ANALYZE WHY " + query);
        assertHas(broadcast, "+ broadcast join, the right side to every task: ");
        assertHas(broadcast, "+ a partial aggregate in each task (the combiner)");
        assertHas(broadcast, " broadcast, nothing spilled");
        double told = number(broadcast, "a reduce-side join would move ([0-9.]+) x as many bytes");
        session.execute("SET join_strategy = hash");
        String shuffled = session.text("EXPLAIN ANALYZE WHY " + query);
        assertHas(shuffled, "+ shuffled hash join (reduce-side): ");
        assertHas(shuffled, "join_strategy = hash");
        assertTrue(told > 5, broadcast);
        assertTrue(bytes(shuffled) > 5 * bytes(broadcast), broadcast + "\n" + shuffled);
    }

    /** B24: the two jobs that one would write by hand. */
    @Test
    void usersWithThreeCategoriesAreTwoJobs() throws IOException, SQLException {
        for (int i = 0; i < 2; i++) {
            session.file(
                    "purchases/" + i + ".csv", "user_id,product_id\n" + "1,7\n2,1\n".repeat(50));
        }
        session.file("products.csv", "product_id,category\n0,a\n1,b\n7,c\n");
        session.execute("SET shuffle_partitions = 2");
        String text =
                session.text(
                        """
                        EXPLAIN MAPREDUCE SELECT user_id FROM '%s/purchases/*.csv' p
                        JOIN '%s/products.csv' pr ON p.product_id = pr.product_id
                        GROUP BY user_id HAVING COUNT(DISTINCT pr.category) >= 3"""
                                .formatted(temp, temp));
        String steps =
                """
                map of job 1
                look up (product_id) in the table: make a row with each match
                emit key (user_id, category), no value
                combine:
                by (user_id, category) to 2 reduce tasks
                reduce of job 1, map of job 2
                for each key (user_id, category) of stage 1, with all its values
                emit it once
                emit key (user_id), value (category)
                for each key (user_id): count(category)
                by (user_id) to 2 reduce tasks
                reduce of job 2, gives the result
                put together the partial count
                keep it only if count >= 3
                emit (user_id)""";
        int at = 0;
        for (String step : steps.split("\n")) {
            int found = text.indexOf(step, at);
            assertTrue(found >= 0, () -> "no '" + step + "' in its place in\n" + text);
            at = found + step.length();
        }
    }

    @Test
    void tellsWhatWasChangedOnTheWay() throws SQLException {
        session.execute("CREATE TABLE big (k BIGINT)");
        session.execute("CREATE TABLE small (k BIGINT)");
        for (int file = 0; file < 3; file++) {
            session.execute("INSERT INTO big SELECT i FROM generate_series(1, 60000) g(i)");
            session.execute("INSERT INTO small SELECT i FROM generate_series(1, 60000) g(i)");
        }
        session.execute("SET broadcast_bytes = 256KB");
        session.execute("SET shuffle_partitions = 4");
        String text =
                session.text(
                        """
                        EXPLAIN ANALYZE SELECT count(*) FROM big JOIN small ON big.k = small.k
                        WHERE abs(small.k) < 10""");
        assertHas(text, "-- the plan at first");
        assertHas(text, "-- the plan as it was run");
        assertHas(text, "broadcast instead of shuffling the other side");
    }

    @Test
    void countsSpilledBytes() throws SQLException {
        session.execute("CREATE TABLE t (k BIGINT)");
        session.execute("INSERT INTO t SELECT i FROM generate_series(1, 5000) g(i)");
        session.execute("SET spill = always");
        String text = session.text("EXPLAIN ANALYZE SELECT k FROM t ORDER BY k");
        assertTrue(Pattern.compile("[0-9.]+ (KB|bytes) spilled").matcher(text).find(), text);
    }

    @Test
    void doesNotWriteWhatItExplains() throws SQLException {
        session.execute("CREATE TABLE t (k BIGINT)");
        assertHas(session.text("EXPLAIN ANALYZE INSERT INTO t SELECT 1"), "result: 1 row");
        assertEquals("0", session.rows("SELECT count(*) FROM t").get(0).get(0));
    }

    @Test
    void verboseAndAnalyzeTogether() throws SQLException {
        String text = session.text("EXPLAIN (VERBOSE, ANALYZE) SELECT 1 + 1 AS two");
        assertHas(text, "-- prune columns");
        assertHas(text, "-- stages");
        assertHas(text, "actual 1 row, ");
    }
}
