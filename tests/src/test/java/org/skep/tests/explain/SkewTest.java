package org.skep.tests.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkewTest {
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

    /** B41: one reduce task has ten times the rows of the others. */
    @Test
    void oneKeyHasMostRows() throws SQLException {
        session.execute("CREATE TABLE sales (k BIGINT, v STRING)");
        for (int file = 0; file < 4; file++) {
            session.execute(
                    """
                    INSERT INTO sales SELECT CASE WHEN i <= 12500 THEN 0 ELSE i % 40 END, CAST(i AS STRING)
                    FROM generate_series(1, 17500) g(i)""");
        }
        session.execute("SET shuffle_partitions = 3");
        session.rows("SELECT k, v, row_number() OVER (PARTITION BY k ORDER BY v) FROM sales");
        List<List<String>> skew = session.rows("SHOW SKEW FOR QUERY LAST");
        assertEquals(2, skew.size());
        List<String> reduce = skew.get(1);
        assertEquals("1", reduce.get(0));
        assertEquals("3", reduce.get(1));
        double median = Double.parseDouble(reduce.get(2));
        double max = Double.parseDouble(reduce.get(3));
        assertTrue(max > 50000, reduce.toString());
        assertTrue(median < 15000, reduce.toString());
        assertEquals(max / median, Double.parseDouble(reduce.get(4)), 0.01);
        assertTrue(reduce.get(8).startsWith("task "), reduce.toString());
        assertEquals(List.of("0", "4", "17500.0", "17500", "1.0"), skew.get(0).subList(0, 5));
        assertEquals(skew, session.rows("SHOW SKEW"), "it is no query itself");
    }

    @Test
    void oneTaskIsNotSkewed() throws SQLException {
        session.rows("SELECT * FROM (VALUES (1), (2)) v(n)");
        List<String> stage = session.rows("SHOW SKEW FOR LAST QUERY").get(0);
        assertEquals(List.of("0", "1", "2.0", "2", "1.0"), stage.subList(0, 5));
        assertNull(stage.get(8));
    }

    @Test
    void beforeAnyQuery() {
        SQLException failure =
                assertThrows(SQLException.class, () -> session.rows("SHOW SKEW FOR QUERY LAST"));
        assertTrue(failure.getMessage().contains("has not run a query yet"), failure.getMessage());
    }
}
