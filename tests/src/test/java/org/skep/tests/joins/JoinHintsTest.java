package org.skep.tests.joins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of hints that cannot be followed; those that are followed are in golden plans. */
class JoinHintsTest {
    @TempDir private Path folder;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
        for (String table : List.of("users", "orders", "items")) {
            execute("CREATE TABLE %s (k INT, x STRING)".formatted(table));
            execute("INSERT INTO %s VALUES (1, 'a'), (2, 'b')".formatted(table));
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void assertWarned(String sql, String... expected) throws SQLException {
        List<String> warnings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getObject(1);
            }
            for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                warnings.add(w.getMessage());
            }
        }
        assertEquals(List.of(expected), warnings, sql);
    }

    @Test
    void followed() throws SQLException {
        String from = " * FROM users u JOIN orders ON u.k = orders.k";
        for (String hint :
                List.of(
                        "BROADCAST(u)",
                        "BroadcastJoin(U)",
                        "mapjoin(orders)",
                        "MERGE(u, orders)",
                        "SHUFFLE_MERGE(u)",
                        "MERGEJOIN(`orders`)",
                        "SHUFFLE_HASH(u)",
                        "STREAMTABLE(u)",
                        "BROADCAST(users)",
                        "BROADCAST(u), MERGE(items)")) {
            boolean third = hint.contains("items");
            String more = third ? " JOIN items ON items.x = orders.x" : "";
            assertWarned("SELECT /*+ " + hint + " */" + from + more);
        }
        assertWarned(
                "SELECT /*+ BROADCAST(`default`.orders) */ * FROM users u JOIN default.orders o ON u.k = o.k");
        assertWarned(
                "SELECT /*+ MERGE(items) */ count(*) FROM users JOIN orders USING (k) JOIN items USING (k)");
        assertWarned("SELECT /*+ BROADCAST(o) */ k FROM users LEFT SEMI JOIN orders o USING (k)");
        assertWarned(
                "SELECT /*+ MERGE(v) */ * FROM users JOIN (SELECT k, count(*) AS n FROM orders GROUP BY k) v ON users.k = v.k");
    }

    @Test
    void unknownNames() throws SQLException {
        assertWarned(
                "SELECT /*+ BRODCAST(u) */ * FROM users u JOIN orders o ON u.k = o.k",
                "L0103 (line 1, column 12): no hint 'BRODCAST': did you mean 'BROADCAST'?");
        assertWarned(
                "SELECT\n  /*+ MERGE(u),\n      BROADCAST(ordres) */ * FROM users u JOIN orders ON u.k = orders.k",
                "L0103 (line 3, column 7): the hint BROADCAST(ordres) is passed over: no 'ordres' in its FROM; did you mean 'orders'?");
        assertWarned(
                "SELECT /*+ BROADCAST(elsewhere) */ * FROM users u JOIN orders o ON u.k = o.k",
                "L0103 (line 1, column 12): the hint BROADCAST(elsewhere) is passed over: no 'elsewhere' in its FROM, which has u, o");
        // a column that is merged is no relation
        assertWarned(
                "SELECT /*+ MERGE(k) */ count(*) FROM users JOIN orders USING (k) JOIN items USING (k)",
                "L0103 (line 1, column 12): the hint MERGE(k) is passed over: no 'k' in its FROM, which has users, orders, items");
        // of another query block
        assertWarned(
                "SELECT /*+ BROADCAST(items) */ * FROM users u JOIN (SELECT * FROM items) o ON u.k = o.k",
                "L0103 (line 1, column 12): the hint BROADCAST(items) is passed over: no 'items' in its FROM, which has u, o");
        assertWarned(
                "SELECT /*+ BROADCAST(users) */ * FROM users",
                "L0103 (line 1, column 12): the hint BROADCAST(users) is passed over: its FROM joins nothing");
        assertWarned(
                "SELECT /*+ BROADCAST, MERGE() */ 1",
                "L0103 (line 1, column 12): the hint BROADCAST is passed over: it names no table",
                "L0103 (line 1, column 23): the hint MERGE is passed over: it names no table");
        assertWarned(
                "SELECT /*+ parallel(u 8) */ * FROM users u",
                "L0103 (line 1, column 12): no hint 'PARALLEL': joins are chosen by size, or by SET join_strategy; hints of joins are BROADCAST, MERGE, SHUFFLE_HASH and STREAMTABLE, another is CHECKPOINT");
    }

    @Test
    void checkpoints() throws SQLException {
        assertWarned("SELECT k FROM (SELECT /*+ CHECKPOINT */ k FROM users) t");
        assertWarned("SELECT * FROM (SELECT /*+ checkpoint */ k FROM users ORDER BY k LIMIT 1) t");
        assertWarned("WITH t AS (SELECT /*+ CHECKPOINT */ k FROM users) SELECT a.k FROM t a, t b");
        assertWarned(
                "WITH t AS (SELECT /*+ CHECKPOINT */ k FROM users) SELECT /*+ BROADCAST(o) */ * FROM t JOIN orders o ON o.k = t.k");
        assertWarned(
                "SELECT /*+ CHECKPOINT */ k FROM users",
                "L0103 (line 1, column 12): the hint CHECKPOINT is passed over: only a query in FROM, in WITH or of a view has rows that others read");
        assertWarned(
                "SELECT k FROM users u WHERE k IN (SELECT (SELECT max(v.x) FROM (SELECT /*+ CHECKPOINT */ o.k + u.k AS x FROM orders o) v) FROM orders)",
                "L0103 (line 1, column 76): the hint CHECKPOINT is not followed: the query is computed for each row of the one around it");
    }

    @Test
    void tooManyToTellOfAll() throws SQLException {
        String sql = "SELECT /*+ " + "no ".repeat(20_000) + "*/ 1";
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            int warnings = 0;
            String last = null;
            for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                warnings++;
                last = w.getMessage();
            }
            assertEquals(101, warnings);
            assertEquals("L0103: 19900 more hints are not followed", last);
        }
    }

    @Test
    void needless() throws SQLException {
        assertWarned(
                "SELECT /*+ REPARTITION(3, k), SKEW('users') */ k FROM users",
                "L0103 (line 1, column 12): the hint REPARTITION is passed over: Skep counts tasks by the size of their rows and reads small partitions together; SET shuffle_partitions sets how many there are",
                "L0103 (line 1, column 31): the hint SKEW is passed over: Skep finds hot keys while a query runs and spreads their rows; SHOW SKEW tells of them");
    }

    @Test
    void impossible() throws SQLException {
        String kept =
                "L0103 (line 1, column 12): the hint BROADCAST(u) is not followed: an outer join keeps rows of 'u' without a partner, which no task knows of a broadcast";
        for (String type : List.of("LEFT", "FULL")) {
            assertWarned(
                    "SELECT /*+ BROADCAST(u) */ * FROM users u %s JOIN orders o ON u.k = o.k"
                            .formatted(type),
                    kept);
        }
        for (String explain : List.of("EXPLAIN", "EXPLAIN VERBOSE", "EXPLAIN ANALYZE")) {
            String sql = "SELECT /*+ BROADCAST(u) */ * FROM users u LEFT JOIN orders o USING (k)";
            String place = "column " + (12 + explain.length() + 1);
            assertWarned(explain + " " + sql, kept.replace("column 12", place));
        }
        assertWarned("SELECT /*+ BROADCAST(u) */ * FROM users u RIGHT JOIN orders o ON u.k = o.k");
        assertWarned(
                "SELECT /*+ MERGE(u) */ * FROM users u JOIN orders o ON u.k < o.k",
                "L0103 (line 1, column 12): the hint MERGE(u) is not followed: there is no equality between the sides of its join");
        assertWarned(
                "SELECT /*+ BROADCAST(u) */ * FROM users u LEFT SEMI JOIN orders o ON u.k = o.k",
                "L0103 (line 1, column 12): the hint BROADCAST(u) is not followed: 'u' is the left side of a semi-join, which builds its right side");
        assertWarned(
                "SELECT /*+ BROADCAST(o), MERGE(u) */ * FROM users u JOIN orders o ON u.k = o.k",
                "L0103 (line 1, column 26): the hint MERGE(u) is not followed: its join follows the hint BROADCAST(o)");
        assertWarned(
                "SELECT /*+ MERGE(o) */ u.k FROM users u LEFT JOIN (SELECT k FROM orders GROUP BY k) o ON u.k = o.k",
                "L0103 (line 1, column 12): the hint MERGE(o) is not followed: no join is left that has 'o' as one of its sides");
        assertWarned(
                "SELECT /*+ BROADCAST(v) */ * FROM users u JOIN (VALUES (1), (2)) v(k) ON u.k = v.k",
                "L0103 (line 1, column 12): the hint BROADCAST(v) is not followed: 'v' reads no table, its join is chosen by its size");
    }

    /** A view's own hints are followed, and nobody who reads it is told of others. */
    @Test
    void inViews() throws SQLException {
        execute(
                "CREATE VIEW both AS SELECT /*+ MERGE(u), BROADCAST(nothing) */ u.k FROM users u JOIN orders o ON u.k = o.k");
        assertWarned("SELECT /*+ BROADCAST(b) */ * FROM both b JOIN items ON items.k = b.k");
        assertWarned("SELECT * FROM both");
    }
}
