package org.skep.tests.cluster;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.skep.tests.oracle.Rows;

/**
 * Statements whose rows depend on chance or on the order in which rows come, and what must hold all
 * the same: a task that runs again must not give other rows than those that others have read.
 */
final class IndeterminateMix {
    private static final int ROWS = 20_000;
    private static final int GROUPS = 7;
    private static final long SUM = (long) ROWS * (ROWS - 1) / 2;

    private final Path file;
    private final List<Step> steps = new ArrayList<>();
    private int tables;

    /**
     * @param file of Parquet, made here: id from 0, k = id % 7, v a number below 1000
     */
    IndeterminateMix(Path file) throws SQLException {
        this.file = file;
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS id, i %% %d AS k, CAST(hash(i) %% 1000 AS BIGINT) AS v, md5(i::VARCHAR) AS text FROM range(%d) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
                            .formatted(GROUPS, ROWS, file));
        }
        chance();
        windows();
        limits();
        collections();
    }

    /** The statements that a connection begins with. */
    List<String> first() {
        return List.of(
                "CREATE TEMP VIEW numbers AS SELECT * FROM '%s'".formatted(file),
                "SET split_bytes = 64KB",
                "SET join_strategy = hash");
    }

    /** Settings under which the next statements run: of one split, too. */
    static List<String> settings(Random random) {
        return List.of(
                "SET batch_rows = " + List.of(64, 512, 4096).get(random.nextInt(3)),
                "SET shuffle_partitions = " + List.of(2, 3, 8).get(random.nextInt(3)),
                "SET split_bytes = "
                        + List.of("8KB", "16KB", "64KB", "64MB").get(random.nextInt(4)),
                "SET spill = " + (random.nextInt(4) == 0 ? "always" : "auto"),
                "SET adaptive = " + (random.nextInt(3) > 0));
    }

    /** All statements, those that write with a table of their own. */
    List<Step> round() {
        List<Step> all = new ArrayList<>(steps);
        tables++;
        all.add(
                write(
                        "create rand",
                        "CREATE TABLE %s AS SELECT id, k, rand() AS r, row_number() OVER (ORDER BY v) AS n FROM numbers",
                        "SELECT count(*), count(DISTINCT id), sum(id), count(DISTINCT n), min(n), max(n), count(DISTINCT r) > 19990 FROM %s",
                        ROWS,
                        ROWS,
                        SUM,
                        ROWS,
                        1,
                        ROWS,
                        true));
        all.add(
                write(
                        "insert limit",
                        "INSERT INTO %s (id, k) SELECT id, k FROM (SELECT DISTINCT id, k FROM numbers) t LIMIT 5000",
                        "SELECT count(*), count(DISTINCT id), count(r) FROM %s",
                        ROWS + 5000,
                        ROWS,
                        ROWS));
        all.add(
                write(
                        "insert rand twice",
                        "FROM (SELECT id, k, rand() AS r FROM numbers WHERE rand() < 0.5) s INSERT INTO %1$s (id, k, r) SELECT id, 100, r INSERT INTO %1$s (id, k, r) SELECT id, 200, r",
                        "SELECT sum(CASE WHEN k = 100 THEN 1 ELSE -1 END), count(DISTINCT id) = count(DISTINCT r), count(DISTINCT id) = count(*) / 2 FROM %s WHERE k >= 100",
                        0,
                        true,
                        true));
        all.add(new Step("drop", "DROP TABLE chance_" + tables, (rows, local) -> null));
        return all;
    }

    private Step write(String name, String sql, String look, Object... expected) {
        String table = "chance_" + tables;
        return Step.write(name, sql.formatted(table), look.formatted(table), row(expected));
    }

    private void one(String name, String sql, Object... expected) {
        Rows row = row(expected);
        steps.add(Step.query(name, sql, rows -> rows.difference(row)));
    }

    private static Rows row(Object... values) {
        List<Object> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value instanceof Boolean ? value : new BigDecimal(value.toString()));
        }
        return new Rows(List.of(row));
    }

    private void chance() {
        one(
                "rand project",
                "SELECT count(*), count(DISTINCT id), sum(id), count(DISTINCT r) > 19990, min(r) >= 0, max(r) < 1 FROM (SELECT id, rand() AS r FROM numbers) t",
                ROWS,
                ROWS,
                SUM,
                true,
                true,
                true);
        one(
                "rand filter",
                "SELECT sum(n) BETWEEN 9000 AND 11000, sum(n) = sum(d), count(*) FROM (SELECT k, count(*) AS n, count(DISTINCT id) AS d FROM numbers WHERE rand() < 0.5 GROUP BY k) t",
                true,
                true,
                GROUPS);
        one(
                "rand used twice",
                "WITH s AS (SELECT id, k, rand() AS r FROM numbers) SELECT count(*), sum(CASE WHEN a.r = b.r THEN 1 ELSE 0 END) FROM s a JOIN s b ON a.id = b.id",
                ROWS,
                ROWS);
        one(
                "rand join key",
                "SELECT count(*), count(DISTINCT a.id), sum(a.id) FROM (SELECT id, CAST(floor(rand() * 100) AS BIGINT) AS j FROM numbers) a JOIN (SELECT DISTINCT v AS j FROM numbers) b ON a.j = b.j",
                ROWS,
                ROWS,
                SUM);
        one(
                "rand of groups",
                "SELECT sum(n), sum(ids), sum(vs) FROM (SELECT CAST(floor(rand() * 50) AS BIGINT) AS g, sum(n) AS n, sum(ids) AS ids, count(DISTINCT v) AS vs FROM (SELECT v, count(*) AS n, sum(id) AS ids FROM numbers GROUP BY v) t GROUP BY 1) u",
                ROWS,
                SUM,
                1000);
        one(
                "rand of joined",
                "SELECT sum(n), sum(ids), sum(d) FROM (SELECT g, count(*) AS n, sum(id) AS ids, count(DISTINCT id) AS d FROM (SELECT a.id, CAST(floor(rand() * 20) AS BIGINT) AS g FROM numbers a JOIN numbers b ON a.id = b.id) t GROUP BY g) u",
                ROWS,
                SUM,
                ROWS);
        one(
                "uuid group",
                "SELECT count(*), sum(n), sum(id) FROM (SELECT u, count(*) AS n, max(id) AS id FROM (SELECT uuid() AS u, id FROM numbers) t GROUP BY u) s",
                ROWS,
                ROWS,
                SUM);
        steps.add(
                Step.query(
                        "uuid all",
                        "SELECT id, uuid() AS u FROM numbers WHERE id < 5000",
                        rows -> distinct(rows, 5000, 5000)));
    }

    private void windows() {
        String numbered =
                "(SELECT k, id, row_number() OVER (PARTITION BY k ORDER BY v %% 3) AS n FROM %s) t";
        String over =
                "SELECT sum(CASE WHEN c = d AND c = hi AND lo = 1 AND c = ids THEN c ELSE 0 END), count(*), sum(s) FROM (SELECT k, count(*) AS c, count(DISTINCT n) AS d, min(n) AS lo, max(n) AS hi, count(DISTINCT id) AS ids, sum(id) AS s FROM ";
        one(
                "ties numbered",
                over + numbered.formatted("numbers") + " GROUP BY k) g",
                ROWS,
                GROUPS,
                SUM);
        one(
                "shuffled numbered",
                over
                        + numbered.formatted(
                                "(SELECT k, v, min(id) AS id FROM numbers GROUP BY k, v, id) m")
                        + " GROUP BY k) g",
                ROWS,
                GROUPS,
                SUM);
        one(
                "no order joined",
                "SELECT count(*), count(DISTINCT a.id), sum(a.id), count(DISTINCT b.id) FROM (SELECT id, row_number() OVER () AS n FROM numbers) a JOIN numbers b ON a.n = b.id + 1",
                ROWS,
                ROWS,
                SUM,
                ROWS);
        one(
                "numbers grouped",
                "SELECT sum(c), sum(s), max(n), max(c) <= 7 FROM (SELECT n, count(*) AS c, sum(id) AS s FROM "
                        + numbered.formatted("numbers")
                        + " GROUP BY n) g",
                ROWS,
                SUM,
                (ROWS + GROUPS - 1) / GROUPS,
                true);
        one(
                "first value",
                "SELECT count(*), sum(c), max(d), sum(CASE WHEN f % 7 = k THEN 1 ELSE 0 END) FROM (SELECT k, min(f) AS f, count(DISTINCT f) AS d, count(*) AS c FROM (SELECT k, first_value(id) OVER (PARTITION BY k ORDER BY v % 3) AS f FROM numbers) t GROUP BY k) g",
                GROUPS,
                ROWS,
                1,
                GROUPS);
    }

    private void limits() {
        steps.add(
                Step.query(
                        "limit",
                        "SELECT id, v FROM numbers LIMIT 1000",
                        rows -> distinct(rows, 1000, ROWS)));
        steps.add(
                Step.query(
                        "limit of groups",
                        "SELECT id, count(*) FROM numbers GROUP BY id LIMIT 3000",
                        rows -> distinct(rows, 3000, ROWS)));
        one(
                "limit counted",
                "SELECT count(*), count(DISTINCT id) FROM (SELECT id FROM numbers LIMIT 9000) t",
                9000,
                9000);
        one(
                "limit used twice",
                "WITH l AS (SELECT id FROM numbers LIMIT 9000) SELECT count(*), count(DISTINCT a.id) FROM l a JOIN l b ON a.id = b.id",
                9000,
                9000);
        one(
                "limit of groups used twice",
                "WITH l AS (SELECT id, max(v) AS v FROM numbers GROUP BY id LIMIT 9000) SELECT count(*), count(DISTINCT a.id) FROM l a JOIN l b ON a.id = b.id",
                9000,
                9000);
        one(
                "limit of joined",
                "SELECT sum(n), sum(d) FROM (SELECT k, count(*) AS n, count(DISTINCT id) AS d FROM (SELECT a.id, a.k FROM numbers a JOIN numbers b ON a.id = b.id LIMIT 7000) t GROUP BY k) g",
                7000,
                7000);
    }

    private void collections() {
        one(
                "collected",
                "SELECT count(*), count(DISTINCT x), sum(x) FROM (SELECT k, collect_list(id) AS xs FROM numbers GROUP BY k) t CROSS JOIN UNNEST(xs) AS u(x)",
                ROWS,
                ROWS,
                SUM);
        one(
                "any value",
                "SELECT count(*), sum(c), sum(CASE WHEN a % 7 = k THEN 1 ELSE 0 END) FROM (SELECT k, any_value(id) AS a, count(*) AS c FROM numbers GROUP BY k) t",
                GROUPS,
                ROWS,
                GROUPS);
        one(
                "collected joined",
                "SELECT count(*), count(DISTINCT n.id) FROM (SELECT x FROM (SELECT v, collect_list(id) AS xs FROM numbers GROUP BY v) t CROSS JOIN UNNEST(xs) AS u(x)) c JOIN numbers n ON n.id = c.x",
                ROWS,
                ROWS);
    }

    /** Rows begin with different whole numbers from 0 to below a limit. */
    private static String distinct(Rows rows, int count, int below) {
        long different =
                rows.rows().stream()
                        .map(row -> ((BigDecimal) row.get(0)).longValue())
                        .filter(id -> id >= 0 && id < below)
                        .distinct()
                        .count();
        return rows.rows().size() == count && different == count
                ? null
                : "%d rows, %d different, instead of %d"
                        .formatted(rows.rows().size(), different, count);
    }
}
