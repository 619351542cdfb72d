package org.skep.tests.joins;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.settings.Settings;
import org.skep.planner.Planner;
import org.skep.tests.distorted.DistortedEngine;
import org.skep.tests.distorted.Distortion;

/**
 * Asks Skep and DuckDB the same random joins and compares the answers. Skep plans each with
 * statistics that are wrong, a few times, so that orders differ, and once with hints. Arguments: a
 * seed, how many queries, and the number of the first (0 unless said). Exit code 1 when any failed.
 */
public final class RandomJoins implements AutoCloseable {
    /** Orders that are tried of each query, before one with hints. */
    private static final int DISTORTIONS = 3;

    private static final double FACTOR = 1_000;
    private static final int MOST_ROWS = 20_000;

    private final DistortedEngine skep;
    private final Path folder;
    private Connection duckdb;
    private final Settings settings =
            Settings.defaults().with("threads", "1").with("join_strategy", "auto");
    private int compared;
    private int skipped;

    RandomJoins(Path folder) throws IOException, SQLException {
        this.folder = folder;
        this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
        JoinTables.open(folder, duckdb);
        this.skep = new DistortedEngine(folder);
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        long seed = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        int failed = 0;
        try (RandomJoins joins = new RandomJoins(Path.of("target", "random-joins-" + first))) {
            for (long number = first; number < first + count; number++) {
                String failure = joins.run(seed, number);
                if (failure != null) {
                    System.out.println(failure);
                    failed++;
                }
            }
            System.out.printf("%s, %d failed%n", joins.summary(seed), failed);
        }
        System.exit(failed > 0 ? 1 : 0);
    }

    /** Runs one query; what is wrong, or null. */
    String run(long seed, long number) throws IOException, SQLException {
        String sql = JoinQuery.of(seed, number);
        List<String> expected;
        try {
            expected = theirs(sql);
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("INTERNAL Error")) {
                throw e;
            }
            duckdb.close(); // its own mistake, after which it answers nothing
            duckdb = DriverManager.getConnection("jdbc:duckdb:");
            JoinTables.open(folder, duckdb);
            expected = null;
        }
        if (expected == null) {
            skipped++;
            return null;
        }
        for (int i = 0; i <= DISTORTIONS; i++) {
            String asked = i < DISTORTIONS ? sql : JoinQuery.hinted(sql, seed, number);
            Distortion distortion =
                    i == 0
                            ? Distortion.NONE
                            : new Distortion(number * DISTORTIONS + i, FACTOR, true);
            String plan = "";
            List<String> actual;
            try {
                Planner.Plan planned = skep.plan(asked, settings, distortion);
                plan = planned.text();
                actual = rows(skep.run(planned, settings));
            } catch (RuntimeException e) {
                return "-- seed %d query %d: %s%n%s;%n%s".formatted(seed, number, e, asked, plan);
            }
            if (!actual.equals(expected)) {
                return "-- seed %d query %d, order %d: %d rows, not %d%n%s;%n%s"
                        .formatted(seed, number, i, actual.size(), expected.size(), asked, plan);
            }
        }
        compared++;
        return null;
    }

    /** The share of queries that were not compared. */
    double skipped() {
        return (double) skipped / Math.max(1, skipped + compared);
    }

    String summary(long seed) {
        return "joins of seed %d: %d the same, %d not compared".formatted(seed, compared, skipped);
    }

    /** Null when there are too many. */
    private List<String> theirs(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT * FROM (%s) LIMIT %d".formatted(sql, MOST_ROWS + 1))) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= width; i++) {
                    row.append(result.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
        }
        Collections.sort(rows);
        return rows.size() > MOST_ROWS ? null : rows;
    }

    private static List<String> rows(List<Batch> batches) {
        List<String> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.rows(); i++) {
                StringBuilder row = new StringBuilder();
                for (int column = 0; column < batch.width(); column++) {
                    row.append(batch.column(column).value(i)).append('|');
                }
                rows.add(row.toString());
            }
        }
        Collections.sort(rows);
        return rows;
    }

    @Override
    public void close() throws SQLException {
        skep.close();
        duckdb.close();
    }
}
