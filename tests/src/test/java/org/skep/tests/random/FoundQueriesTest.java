package org.skep.tests.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Queries that random ones were shrunk to, once answered wrongly or not at all. */
class FoundQueriesTest {
    @TempDir private static Path folder;
    private static Connection connection;

    /** A query and its rows, values separated by bars. */
    private record Case(String what, String sql, List<String> rows) {
        Case(String what, String sql, String... rows) {
            this(what, sql, List.of(rows));
        }
    }

    private static final List<Case> CASES =
            List.of(
                    new Case(
                            "days are added to dates",
                            "SELECT d + 1, 1 + d, d - 1 - 1 FROM a WHERE id = 1",
                            "2024-03-01|2024-03-01|2024-02-27"),
                    new Case(
                            "dates are subtracted",
                            "SELECT d - DATE '2024-02-01' FROM a WHERE id = 1",
                            "28"),
                    new Case(
                            "CASE of a query, compared twice",
                            "SELECT CASE (SELECT max(id) FROM a) WHEN 1 THEN 'x' WHEN 3 THEN 'y' END",
                            "y"),
                    new Case(
                            "a query as only argument",
                            "SELECT lower((SELECT 'A')), abs((SELECT min(k) FROM b))",
                            "a|1"),
                    new Case("one row of a query", "SELECT (SELECT s FROM a WHERE id = 2)", "b"),
                    new Case(
                            "one row for each outer row",
                            "SELECT id, (SELECT s FROM b WHERE b.k = a.id) FROM a ORDER BY id",
                            "1|x",
                            "2|y",
                            "3|null"),
                    new Case(
                            "several rows that no outer row asks for",
                            "SELECT id FROM a WHERE s = (SELECT 'a' FROM b WHERE b.k = a.id OR b.k = 9 AND a.id = 9)",
                            "1"),
                    new Case(
                            "several rows of another key",
                            "SELECT id, (SELECT n FROM c WHERE c.k = a.id) FROM a ORDER BY id",
                            "1|10",
                            "2|null",
                            "3|null"),
                    new Case(
                            "constant keys beside a correlated query",
                            "SELECT (SELECT max(s) FROM b WHERE b.k = a.id) FROM a WHERE NOT EXISTS (SELECT * FROM b WHERE k = 7) OR s = 'q' ORDER BY id",
                            "x",
                            "y",
                            "null"),
                    new Case(
                            "several constant keys",
                            "SELECT DISTINCT 1, id, 2 FROM a WHERE id > 5 OR s = 'a' AND NOT EXISTS (SELECT * FROM c WHERE c.k = a.id + 5)",
                            "1|1|2"),
                    new Case(
                            "a subquery beside a constant column",
                            "SELECT (SELECT 7 FROM b WHERE b.k >= t.c) FROM a JOIN (SELECT 2 AS c FROM a WHERE id = 1) t ON a.id = 1",
                            "7"),
                    new Case(
                            "an interval in a correlated query",
                            "SELECT id FROM a WHERE (SELECT max(TIMESTAMP '2024-01-31 00:00:00') - INTERVAL '1' MONTH FROM b WHERE b.k = a.id) < TIMESTAMP '2024-01-01 00:00:00' ORDER BY id",
                            "1",
                            "2"),
                    new Case(
                            "groups for null keys of a correlated query",
                            "SELECT count(*) FROM a WHERE id IN (SELECT k FROM b WHERE a.n IS DISTINCT FROM k)",
                            "2"),
                    new Case(
                            "a query compared with another",
                            "SELECT id FROM a WHERE (SELECT b.s FROM b WHERE b.k = a.id) IN"
                                    + " (SELECT s FROM b WHERE k >= a.id) ORDER BY id",
                            "1",
                            "2"),
                    new Case(
                            "the unknown of an IN as an operand",
                            "SELECT id FROM a WHERE true = coalesce(id > 1, false) AND"
                                    + " coalesce(s = 'a' AND id NOT IN (SELECT n FROM a), true)"
                                    + " OR true >= nullif(true, id NOT IN (SELECT n FROM a))"
                                    + " ORDER BY id",
                            "1",
                            "2",
                            "3"),
                    new Case(
                            "NULL in a join condition",
                            "SELECT a.s FROM a JOIN b ON CASE WHEN false THEN 1 END = b.k"
                                    + " GROUP BY a.s"),
                    new Case(
                            "INTERSECT of a half join",
                            "SELECT 1 FROM ((SELECT a.id FROM a LEFT ANTI JOIN c ON c.k = a.id)"
                                    + " INTERSECT (SELECT n - 3 FROM a WHERE s IS NULL)) t"
                                    + " RIGHT JOIN b ON b.k = t.id AND b.k > 1",
                            "1",
                            "1"),
                    new Case(
                            "numbers of two kinds in a range",
                            "SELECT id FROM a WHERE x > 1 AND x < 2.5 AND x <> 1.75e0 AND 100.00 NOT BETWEEN 2e2 AND 0.0",
                            "1"),
                    new Case(
                            "merged columns in all clauses",
                            "SELECT k, count(*) FROM b FULL JOIN c USING (k) WHERE k > 0 GROUP BY k HAVING k < 10 ORDER BY k",
                            "1|1",
                            "2|1",
                            "9|2"),
                    new Case(
                            "a merged column without select",
                            "SELECT b.s FROM b JOIN c USING (k) WHERE k = 1 ORDER BY k",
                            "x"),
                    new Case(
                            "a merged column of a right join",
                            "SELECT k AS z, sum(n) FROM b RIGHT JOIN c USING (k) GROUP BY ALL ORDER BY z",
                            "1|10",
                            "9|60"),
                    new Case(
                            "the total of no rows",
                            "SELECT k, count(*), sum(k), first(k), grouping(k) FROM b WHERE k > 5 GROUP BY CUBE (k)",
                            "null|0|null|null|1"),
                    new Case(
                            "the total of some rows",
                            "SELECT k, count(*), sum(k) FROM b GROUP BY ROLLUP (k) ORDER BY k NULLS LAST",
                            "1|1|1",
                            "2|1|2",
                            "null|2|3"),
                    new Case(
                            "HAVING without columns",
                            "SELECT count(*) FROM b GROUP BY ROLLUP (k) HAVING nullif(1, 1) = 1"),
                    new Case(
                            "a join condition that is never true",
                            "SELECT a.id FROM a JOIN b ON TRUE WHERE CASE WHEN b.k = 1 THEN a.d < a.d END"),
                    new Case(
                            "null in the row before",
                            "SELECT coalesce(lag(n, 1, 0) OVER (ORDER BY id), -1) FROM a ORDER BY id",
                            "0",
                            "-1",
                            "5"),
                    new Case(
                            "IN in an aggregate in a window",
                            "SELECT rank() OVER (ORDER BY count(CASE WHEN s IN ('a', 'b') THEN 1 END)) AS r FROM a GROUP BY id ORDER BY r",
                            "1",
                            "2",
                            "2"),
                    new Case(
                            "a correlated null that an anti-join keeps",
                            "SELECT id FROM a LEFT ANTI JOIN b ON b.k = a.n"
                                    + " WHERE nullif(id, 1) NOT IN (SELECT n FROM c WHERE c.k = a.n)"
                                    + " ORDER BY id",
                            "1",
                            "2",
                            "3"),
                    new Case(
                            "the correlated null of a total",
                            "SELECT t.n FROM (SELECT n, max(id) AS i FROM a WHERE n > 0 GROUP BY ROLLUP (n)) AS t"
                                    + " WHERE nullif(i, 3) NOT IN (SELECT n FROM c WHERE c.k = t.n)"
                                    + " ORDER BY n NULLS FIRST",
                            "null",
                            "5",
                            "6"),
                    new Case(
                            "a correlated aggregate that may be null",
                            "SELECT id FROM (SELECT id, max(n) AS m FROM a GROUP BY id) AS t"
                                    + " WHERE nullif(id, 1) NOT IN (SELECT n FROM c WHERE c.k = t.m)"
                                    + " ORDER BY id",
                            "1",
                            "2",
                            "3"),
                    new Case(
                            "a limit beside a query that is correlated above",
                            "SELECT (SELECT t.v FROM ((SELECT DISTINCT 2 AS v FROM b)"
                                    + " UNION ALL (SELECT k FROM c WHERE k = 5)) AS t WHERE a.id = 1)"
                                    + " FROM a ORDER BY id",
                            "2",
                            "null",
                            "null"),
                    new Case(
                            "a query correlated with both queries around it",
                            "SELECT id FROM a WHERE id NOT IN (SELECT k FROM b WHERE k NOT IN"
                                    + " (SELECT c.k FROM c WHERE c.k = a.id AND c.n > b.k)) ORDER BY id",
                            "1",
                            "3"),
                    new Case(
                            "values of queries correlated with both around them",
                            "SELECT id, (SELECT sum(coalesce((SELECT max(c.n) FROM c"
                                    + " WHERE c.k = a.id AND c.n > b.k), 100)) FROM b) FROM a ORDER BY id",
                            "1|20",
                            "2|200",
                            "3|200"),
                    new Case(
                            "a window in a correlated query",
                            "SELECT id, (SELECT sum(r) FROM (SELECT row_number() OVER (ORDER BY n) AS r"
                                    + " FROM c WHERE c.k >= a.id) AS t) FROM a ORDER BY id",
                            "1|6",
                            "2|3",
                            "3|3"),
                    new Case(
                            "a value of a query correlated with the one around the next",
                            "SELECT id, (SELECT sum((SELECT max(c.n) FROM c WHERE c.k = a.id) + b.k)"
                                    + " FROM b WHERE b.k >= a.id) FROM a ORDER BY id",
                            "1|23",
                            "2|null",
                            "3|null"),
                    new Case(
                            "a query of a query correlated with the one around both",
                            "SELECT id, (SELECT (SELECT max(c.k) FROM c WHERE c.n > a.n)) FROM a ORDER BY id",
                            "1|null",
                            "2|9",
                            "3|9"),
                    new Case(
                            "totals of no rows in a union of a correlated query",
                            "SELECT id, (SELECT sum(v) FROM (SELECT count(k) AS v FROM c WHERE c.k > a.id + 7"
                                    + " UNION ALL SELECT 5 + count(*) FROM c WHERE c.k = a.id) AS t)"
                                    + " FROM a ORDER BY id",
                            "1|8",
                            "2|5",
                            "3|5"));

    @BeforeAll
    static void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
        execute(
                "CREATE TEMP VIEW a AS SELECT * FROM (VALUES (1, 'a', DATE '2024-02-29', 1.5e0, CAST(NULL AS INT)),"
                        + " (2, 'b', NULL, 1.75e0, 5), (3, NULL, NULL, NULL, 6)) AS t(id, s, d, x, n)");
        execute("CREATE TEMP VIEW b AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) AS t(k, s)");
        execute(
                "CREATE TEMP VIEW c AS SELECT * FROM (VALUES (1, 10), (9, 20), (9, 40)) AS t(k, n)");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @TestFactory
    Stream<DynamicTest> cases() {
        return CASES.stream()
                .map(
                        found ->
                                DynamicTest.dynamicTest(
                                        found.what,
                                        () -> assertEquals(found.rows, rows(found.sql))));
    }

    /** The groups of the distinct values went out as often as memory was short. */
    @Test
    void distinctWhileMemoryIsShort() throws SQLException {
        execute("SET spill = always");
        execute("SET batch_rows = 3");
        try {
            assertEquals(
                    List.of("0|5|2550", "1|5|2500"),
                    rows(
                            "SELECT v % 2 AS g, count(DISTINCT v % 5), sum(v)"
                                    + " FROM (SELECT unnest(sequence(1, 100)) AS v)"
                                    + " GROUP BY v % 2 ORDER BY g"));
        } finally {
            execute("RESET spill");
            execute("RESET batch_rows");
        }
    }

    /** A stage written for a shuffle and read as a broadcast was read in part. */
    @Test
    void aBuildSideThatTurnsOutSmall() throws IOException, SQLException {
        RandomQuery query =
                new RandomQuery(
                        0,
                        0,
                        Piece.of(
                                Kind.QUERY,
                                "SELECT t1.id, t2.id, t3.id FROM big t1 JOIN small t2 ON t1.k = t2.g"
                                        + " JOIN mid t3 ON t2.g = t3.k WHERE t3.f"),
                        false,
                        List.of(
                                "join_strategy = auto",
                                "broadcast_bytes = 10KB",
                                "split_bytes = 10KB",
                                "shuffle_partitions = 3"));
        try (TwoEngines engines = TwoEngines.open(folder.resolve("random"))) {
            assertEquals(new Verdict(Verdict.Kind.SAME, ""), engines.run(query));
        }
    }

    /** Calcite inferred a comparison with NULL and refused it. */
    @Test
    void aHavingThatComparesWithNull() throws SQLException {
        assertEquals(
                List.of(),
                rows(
                        "SELECT DISTINCT x FROM (SELECT CAST(NULL AS DATE) AS x FROM c"
                                + " GROUP BY ROLLUP (k, n)"
                                + " HAVING 'a' < CAST(NULL AS STRING) AND CAST(NULL AS BOOLEAN)) t"));
    }

    /** IN is written out in windows, so it must be in what the query is grouped by, too. */
    @Test
    void aListThatIsGroupedByAndInAWindow() throws SQLException {
        assertEquals(
                List.of("true|1"),
                rows(
                        "SELECT k NOT IN (100, 200) AS a, rank() OVER (PARTITION BY k NOT IN (100, 200)"
                                + " ORDER BY count(*)) FROM c GROUP BY k NOT IN (100, 200)"
                                + " HAVING k NOT IN (100, 200)"));
    }

    /** The condition got a cast where the query was grouped by it, and none yet in HAVING. */
    @Test
    void aHavingOfTheGroupedCondition() throws SQLException {
        assertEquals(
                List.of("3"),
                rows(
                        "SELECT count(*) FROM c GROUP BY k >= CAST(0 AS DOUBLE)"
                                + " HAVING k >= CAST(0 AS DOUBLE)"));
    }

    @Test
    void moreRowsThanOne() {
        SQLException failure =
                assertThrows(
                        SQLException.class, () -> rows("SELECT (SELECT n FROM c WHERE k = 9)"));
        assertEquals("21000", failure.getSQLState());
    }
}
