package org.skep.tests.adaptive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statistics of tables are good for. */
class EstimatesTest {
    private static final Pattern ESTIMATE =
            Pattern.compile("est ([0-9.]+)(K?), actual ([0-9]+) row");
    private static final String UNGATHERED =
            " TBLPROPERTIES ('skep.gather-statistics' = 'false') AS ";

    @TempDir private Path folder;
    private BothEngines engines;

    @BeforeEach
    void open() throws SQLException {
        engines = new BothEngines(folder);
    }

    @AfterEach
    void close() throws SQLException {
        engines.close();
    }

    /** A broadcast is for few rows. */
    @Test
    void plansGetBetter() throws SQLException {
        String rows =
                "SELECT i AS id, md5(CAST(i AS STRING)) AS hash, CASE WHEN i %% 10 < 6 THEN 'common'"
                        + " ELSE CAST(i AS STRING) END AS kind"
                        + " FROM (SELECT explode(sequence(%d, %d)) AS i)";
        for (String name : List.of("a", "b")) {
            engines.run("CREATE TABLE " + name + UNGATHERED + rows.formatted(1, 10_000));
            engines.run("INSERT INTO " + name + " " + rows.formatted(10_001, 20_000));
        }
        engines.run("SET broadcast_bytes = 4KB");
        engines.run("SET split_bytes = 64KB");
        String one = "EXPLAIN SELECT * FROM a JOIN b ON a.id = b.id WHERE a.hash = md5('7')";
        String rare = "EXPLAIN SELECT * FROM a JOIN b ON a.id = b.id WHERE a.kind = '7'";
        String common = "EXPLAIN SELECT * FROM a JOIN b ON a.id = b.id WHERE a.kind = 'common'";
        assertFalse(isBroadcast(one), "nothing is known of values without a dictionary");
        assertTrue(isBroadcast(rare));
        assertTrue(isBroadcast(common), "all values are thought to be equally frequent");
        engines.run("ANALYZE a");
        assertTrue(isBroadcast(one));
        assertTrue(isBroadcast(rare));
        assertFalse(isBroadcast(common), "most rows have it, though there are many values");
    }

    /** Most values are small: how many rows a range has, the least and greatest do not tell. */
    @Test
    void rangesOfUnevenValues() throws SQLException {
        String rows =
                "SELECT i AS id, CASE WHEN i %% 100 = 0 THEN i * 10 ELSE i %% 50 END AS n,"
                        + " CAST(CASE WHEN i %% 100 = 0 THEN i * 10 ELSE i %% 50 END AS DECIMAL(12,2)) AS d,"
                        + " date_add(DATE '2020-01-01', CAST(CASE WHEN i %% 100 = 0 THEN i %% 3000 ELSE i %% 50 END AS INTEGER)) AS day"
                        + " FROM (SELECT explode(sequence(%d, %d)) AS i)";
        engines.run("CREATE TABLE uneven" + UNGATHERED + rows.formatted(1, 10_000));
        List<String> conditions =
                List.of(
                        "n > 1000",
                        "n <= 25",
                        "n BETWEEN 10 AND 19",
                        "d > 1000",
                        "d < 25.5",
                        "day > DATE '2021-01-01'",
                        "day < DATE '2020-01-26'");
        List<Double> before = new ArrayList<>();
        for (String condition : conditions) {
            before.add(error("SELECT * FROM uneven WHERE " + condition));
        }
        engines.run("ANALYZE uneven");
        for (int i = 0; i < conditions.size(); i++) {
            double error = error("SELECT * FROM uneven WHERE " + conditions.get(i));
            assertTrue(error < 1.9, conditions.get(i) + ": " + error);
            assertTrue(before.get(i) > 1.9, conditions.get(i) + " before: " + before.get(i));
        }
        // kept while rows are added: by the writer, or lost when it knows nothing of those before
        engines.run("CREATE TABLE gathered AS " + rows.formatted(1, 5_000));
        engines.run("INSERT INTO gathered " + rows.formatted(5_001, 10_000));
        for (String condition : conditions) {
            double error = error("SELECT * FROM gathered WHERE " + condition);
            assertTrue(error < 1.9, condition + ": " + error);
        }
    }

    /** By what factor a scan's estimate is wrong. */
    private double error(String query) throws SQLException {
        for (String line : engines.ran(query).split("\n")) {
            Matcher figures = ESTIMATE.matcher(line);
            if (line.contains("Scan ") && figures.find()) {
                double estimate = Double.parseDouble(figures.group(1));
                estimate *= figures.group(2).isEmpty() ? 1 : 1000;
                double actual = Double.parseDouble(figures.group(3));
                return Math.max(estimate / actual, actual / estimate);
            }
        }
        throw new AssertionError("no scan in the plan of " + query);
    }

    private boolean isBroadcast(String explain) throws SQLException {
        return engines.rows(explain).stream().anyMatch(line -> line.contains("broadcast"));
    }
}
