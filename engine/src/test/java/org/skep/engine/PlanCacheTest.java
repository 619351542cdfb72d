package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.data.Batch;
import org.skep.model.settings.Settings;
import org.skep.planner.Planner;

class PlanCacheTest {
    @TempDir Path folder;
    private Engine engine;
    private Session session;

    @BeforeEach
    void open() {
        Path warehouse = folder.resolve("warehouse");
        engine = Engine.open(new EngineOptions(warehouse, Settings.defaults()));
        session = engine.session();
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private List<List<Object>> rows(String sql, Object... parameters) {
        List<List<Object>> rows = new ArrayList<>();
        try (Result result = session.execute(sql, List.of(parameters))) {
            for (Batch batch = result.next(); batch != null; batch = result.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (int i = 0; i < result.schema().size(); i++) {
                        values.add(batch.column(i).value(row));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    /** What the next run of a query would use; null when it would be planned. */
    private Planner.Plan kept(String sql, Object... parameters) {
        PlanCache.Key key =
                new PlanCache.Key(
                        sql, List.of(parameters), session.currentSchema(), session.settings());
        PlanCache.Known entry = engine.plans().find(key);
        return entry == null ? null : entry.plan();
    }

    @Test
    void aQueryThatRunsAgainIsNotPlannedAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n2\n");
        String sql = "SELECT sum(x) FROM '%s'".formatted(file);
        assertEquals(List.of(List.of(3L)), rows(sql));
        Planner.Plan plan = kept(sql);
        assertEquals(List.of(List.of(3L)), rows(sql));
        assertSame(plan, kept(sql));
    }

    @Test
    void aFileThatChangesIsReadAsItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n2\n");
        String sql = "SELECT sum(x) FROM '%s'".formatted(file);
        rows(sql);
        Planner.Plan plan = kept(sql);
        Files.writeString(file, "x\n1\n2\n40\n");
        assertEquals(List.of(List.of(43L)), rows(sql));
        assertNotSame(plan, kept(sql));
        Files.writeString(folder.resolve("b.csv"), "x\n5\n");
        String all = "SELECT sum(x) FROM '%s/*.csv'".formatted(folder);
        assertEquals(List.of(List.of(48L)), rows(all));
        Files.delete(folder.resolve("b.csv"));
        assertEquals(List.of(List.of(43L)), rows(all));
    }

    @Test
    void pagesThatAreKeptAreThoseOfTheFileAsItIs() throws IOException {
        Path file = folder.resolve("t.parquet");
        String sql = "SELECT sum(x), max(y) FROM '%s'".formatted(file);
        for (int factor = 1; factor < 4; factor++) {
            Path written = folder.resolve("written");
            String write =
                    "INSERT OVERWRITE DIRECTORY '%s' USING parquet SINGLE FILE"
                            + " SELECT n * %d AS x, concat('t', n) AS y"
                            + " FROM (SELECT explode(sequence(1, 5000)) AS n)";
            rows(write.formatted(written, factor));
            try (Stream<Path> files = Files.list(written)) {
                Path one = files.filter(f -> f.toString().endsWith(".parquet")).findAny().get();
                Files.copy(one, file, StandardCopyOption.REPLACE_EXISTING);
            }
            for (int run = 0; run < 4; run++) {
                List<List<Object>> expected = List.of(List.of(factor * 12_502_500L, "t999"));
                assertEquals(expected.toString(), rows(sql).toString());
            }
        }
    }

    @Test
    void namesThatStandForSomethingElseAreLookedUpAgain() {
        rows("CREATE TABLE t AS SELECT 1 AS x");
        String sql = "SELECT max(x) FROM t";
        assertEquals(List.of(List.of(1)), rows(sql));
        assertEquals(List.of(List.of(1)), rows(sql));
        rows("INSERT INTO t VALUES (7)");
        assertEquals(List.of(List.of(7)), rows(sql));
        rows("CREATE TEMP VIEW t AS SELECT 'view' AS x");
        assertEquals(List.of(List.of("view")), rows(sql));
        rows("CREATE OR REPLACE TEMP VIEW t AS SELECT 'other' AS x");
        assertEquals(List.of(List.of("other")), rows(sql));
        try (Session another = engine.session()) {
            Session first = session;
            session = another;
            assertEquals(List.of(List.of(7)), rows(sql));
            session = first;
        }
    }

    @Test
    void settingsSchemasAndParametersHavePlansOfTheirOwn() {
        String sql = "SELECT ? + 1";
        assertEquals(List.of(List.of(2)), rows(sql, 1));
        assertEquals(List.of(List.of(8)), rows(sql, 7));
        assertNotSame(kept(sql, 1), kept(sql, 7));
        rows("SET threads = 1");
        assertNull(kept(sql, 1));
        rows("CREATE TABLE t AS SELECT 'here' AS x");
        rows("CREATE SCHEMA s");
        rows("CREATE TABLE s.t AS SELECT 'there' AS x");
        assertEquals(List.of(List.of("here")), rows("SELECT x FROM t"));
        rows("USE s");
        assertEquals(List.of(List.of("there")), rows("SELECT x FROM t"));
    }

    @Test
    void whatDependsOnTheTimeIsPlannedEachTime() throws InterruptedException {
        String sql = "SELECT current_timestamp";
        List<List<Object>> before = rows(sql);
        Thread.sleep(2);
        assertNotEquals(before, rows(sql));
        assertNull(kept(sql));
    }

    @Test
    void aQueryThatFailsToPlanFailsEachTime() {
        for (int i = 0; i < 2; i++) {
            try {
                rows("SELECT nonsense FROM values_of_nothing");
            } catch (org.skep.model.error.QueryException e) {
                assertEquals("TABLE_NOT_FOUND", e.code().name());
                continue;
            }
            throw new AssertionError("no error");
        }
    }
}
