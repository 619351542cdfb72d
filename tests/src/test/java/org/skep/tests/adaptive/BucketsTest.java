package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins of tables that are bucketed alike, beside DuckDB over the files that they came from. */
class BucketsTest {
    @TempDir private Path folder;
    private BothEngines engines;

    @BeforeEach
    void open() throws SQLException {
        engines = new BothEngines(folder);
        engines.write(
                "users",
                "SELECT (CASE WHEN i % 97 = 5 THEN NULL ELSE i END)::INTEGER AS user_id,"
                        + " 'user ' || i AS name FROM range(700) t(i)");
        engines.write(
                "purchases",
                "SELECT i::INTEGER AS id, CASE WHEN i % 3 = 0 THEN 7 WHEN i % 50 = 1 THEN NULL"
                        + " ELSE i % 900 END::INTEGER AS user_id, (i % 100)::INTEGER AS amount"
                        + " FROM range(9000) t(i)");
        bucketed("users", 8, true);
        engines.set("batch_rows = 100");
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
    }

    private void bucketed(String table, int buckets, boolean sorted) throws SQLException {
        engines.run(
                "CREATE OR REPLACE TABLE %s_b CLUSTERED BY (user_id) %s INTO %d BUCKETS AS SELECT * FROM %s"
                        .formatted(table, sorted ? "SORTED BY (user_id)" : "", buckets, table));
    }

    /** Runs a join with the bucketed tables, and with the others on DuckDB; gives how it ran. */
    private String ran(String type) throws SQLException {
        String sql =
                "SELECT u.user_id, u.name, p.id, p.amount FROM users_b u "
                        + type
                        + " JOIN purchases_b p ON u.user_id = p.user_id";
        engines.assertSame(sql, sql.replace("_b ", " "));
        return engines.ran(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INNER", "LEFT", "RIGHT", "FULL"})
    void sortedFilesAreMergedAsTheyAreRead(String type) throws SQLException {
        bucketed("purchases", 8, true);
        String ran = ran(type);
        assertTrue(ran.contains("MapSideMergeJoin"), ran);
        assertTrue(ran.contains("by bucket in 8 tasks"), ran);
        assertFalse(ran.contains("Sort "), ran);
        assertFalse(ran.contains("hash("), ran);
        assertFalse(ran.contains("broadcast"), ran);
    }

    @Test
    void semiAndAntiJoins() throws SQLException {
        bucketed("purchases", 8, true);
        for (String exists : new String[] {"EXISTS", "NOT EXISTS"}) {
            String sql =
                    "SELECT u.name FROM users_b u WHERE %s (SELECT 1 FROM purchases_b p WHERE p.user_id = u.user_id)"
                            .formatted(exists);
            engines.assertSame(sql, sql.replace("_b ", " "));
            assertTrue(engines.ran(sql).contains("MapSideMergeJoin"), sql);
        }
    }

    @ParameterizedTest
    @CsvSource({"4,4", "16,8", "12,4", "2,2"})
    void numbersOfBucketsThatDivide(int buckets, int tasks) throws SQLException {
        bucketed("purchases", buckets, true);
        for (String type : new String[] {"INNER", "FULL"}) {
            String ran = ran(type);
            assertTrue(ran.contains("MapSideMergeJoin"), ran);
            assertTrue(ran.contains("by bucket in " + tasks + " tasks"), ran);
        }
    }

    @Test
    void severalFilesOfABucketAreMerged() throws SQLException {
        bucketed("purchases", 8, true);
        engines.run("INSERT INTO purchases_b SELECT id + 10000, user_id, amount FROM purchases");
        engines.run("DELETE FROM purchases_b WHERE id % 7 = 0");
        String sql =
                "SELECT u.name, p.id FROM users_b u FULL JOIN purchases_b p ON u.user_id = p.user_id";
        engines.assertSame(
                sql,
                "SELECT u.name, p.id FROM users u FULL JOIN (SELECT * FROM (SELECT id, user_id FROM purchases"
                        + " UNION ALL SELECT id + 10000, user_id FROM purchases) WHERE id % 7 <> 0) p ON u.user_id = p.user_id");
        assertTrue(engines.ran(sql).contains("MapSideMergeJoin"), engines.ran(sql));
    }

    @Test
    void whatFollowsIsTogetherAlready() throws SQLException {
        bucketed("purchases", 8, true);
        String sql =
                "SELECT p.user_id, count(*), sum(p.amount), min(u.name) FROM purchases_b p JOIN users_b u"
                        + " ON u.user_id = p.user_id GROUP BY p.user_id";
        engines.assertSame(sql, sql.replace("_b ", " "));
        String ran = engines.ran(sql);
        assertFalse(ran.contains("hash("), ran);
        assertTrue(ran.contains("Aggregate single"), ran);
    }

    @Test
    void unsortedFilesAreHashedBucketByBucket() throws SQLException {
        bucketed("purchases", 8, false);
        for (String type : new String[] {"INNER", "LEFT", "RIGHT", "FULL"}) {
            String ran = ran(type);
            assertTrue(ran.contains("HashJoin"), ran);
            assertTrue(ran.contains("by bucket in 8 tasks"), ran);
            assertFalse(ran.contains("hash("), ran);
        }
        assertReason("not all files of purchases_b are sorted by the key");
    }

    @Test
    void reasonsAgainstIt() throws SQLException {
        bucketed("purchases", 3, true);
        assertFalse(ran("INNER").contains("by bucket"));
        assertReason(", which have no common divisor");
        engines.run("CREATE OR REPLACE TABLE purchases_b AS SELECT * FROM purchases");
        assertFalse(ran("INNER").contains("by bucket"));
        assertReason("only users_b has buckets by the key");
        engines.run("ALTER TABLE purchases_b ADD PARTITION FIELD bucket(8, user_id)");
        assertFalse(ran("INNER").contains("by bucket"));
        assertReason("1 files of purchases_b were written before it had these buckets");
    }

    private void assertReason(String reason) throws SQLException {
        String why =
                String.join(
                        "\n",
                        engines.rows(
                                "EXPLAIN WHY SELECT u.name, p.id FROM purchases_b p JOIN users_b u ON u.user_id = p.user_id"));
        assertTrue(why.contains(reason), why);
    }
}
