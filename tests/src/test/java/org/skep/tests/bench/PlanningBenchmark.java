package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/**
 * From the text of each TPC-H query to its stages, by EXPLAIN, which plans every time.
 * BENCHMARKS.md has the options.
 */
public final class PlanningBenchmark {
    private static final int QUERIES = 22;

    private PlanningBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Options options =
                Options.of(
                        arguments,
                        Map.of(
                                "data",
                                "target/tpch",
                                "scale",
                                "0.1",
                                "warmup",
                                "80",
                                "runs",
                                "11"));
        Path folder = TpchData.parquet(options.path("data"), options.decimal("scale"));
        int warmup = options.number("warmup");
        double[][] times = new double[QUERIES][options.number("runs")];
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:skep:" + folder.resolve("engine-1").resolve("warehouse"));
                Statement statement = connection.createStatement()) {
            Engine skep = Engine.of("skep", Map.of());
            for (String view : skep.tpchTables(folder)) {
                statement.execute(view);
            }
            for (int round = 0; round < warmup + times[0].length; round++) {
                for (int query = 0; query < QUERIES; query++) {
                    double millis = planned(statement, TpchQueries.text(query + 1));
                    if (round >= warmup) {
                        times[query][round - warmup] = millis;
                    }
                }
            }
        }
        double sum = 0;
        for (int query = 0; query < QUERIES; query++) {
            double median = Times.median(times[query]);
            sum += median;
            System.out.printf("q%02d %6.1f ms%n", query + 1, median);
        }
        System.out.printf("mean %5.1f ms%n", sum / QUERIES);
    }

    private static double planned(Statement statement, String sql) throws SQLException {
        long start = System.nanoTime();
        try (ResultSet plan = statement.executeQuery("EXPLAIN " + sql)) {
            while (plan.next()) {
                plan.getString(1);
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
