package org.skep.tests.tpch;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.skep.tests.oracle.Rows;

/**
 * Times the TPC-H queries beside DuckDB in one run, from the same Parquet files and with the same
 * number of threads. Each query runs once cold, then {@code runs} times, the engines in turn; the
 * table shows medians in milliseconds and whether the answers are equal.
 *
 * <p>Arguments: a folder for the data, the scale, the runs (3), the queries (all).
 */
public final class TpchBenchmark {
    private final Connection skep;
    private final Connection duckdb;
    private final int runs;

    private TpchBenchmark(Connection skep, Connection duckdb, int runs) {
        this.skep = skep;
        this.duckdb = duckdb;
        this.runs = runs;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        double scale = Double.parseDouble(arguments[1]);
        Path folder = TpchData.parquet(Path.of(arguments[0]), scale).toAbsolutePath();
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        int[] queries =
                arguments.length > 3
                        ? Arrays.stream(arguments[3].split(","))
                                .mapToInt(Integer::parseInt)
                                .toArray()
                        : IntStream.rangeClosed(1, 22).toArray();
        int threads = Runtime.getRuntime().availableProcessors();
        try (Connection skep =
                        DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            execute(duckdb, "SET threads = " + threads);
            for (String table : TpchData.tables()) {
                String file = folder.resolve(table + ".parquet").toString();
                String view = "CREATE TEMP VIEW %s AS SELECT * FROM '%s'".formatted(table, file);
                execute(skep, view);
                execute(duckdb, view);
            }
            System.out.printf(
                    "TPC-H scale %s, %d threads, %d runs, Java %s%n",
                    scale, threads, runs, System.getProperty("java.version"));
            new TpchBenchmark(skep, duckdb, runs).run(queries);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void run(int[] queries) throws SQLException {
        System.out.println("query   first   skep  duckdb  ratio  equal");
        double skepTotal = 0;
        double duckdbTotal = 0;
        double logs = 0;
        for (int query : queries) {
            String sql = TpchQueries.text(query);
            double first = time(skep, sql);
            boolean equal = rows(skep, sql).sorted().difference(rows(duckdb, sql).sorted()) == null;
            double[] ours = new double[runs];
            double[] theirs = new double[runs];
            for (int run = 0; run < runs; run++) {
                ours[run] = time(skep, sql);
                theirs[run] = time(duckdb, sql);
            }
            double mine = median(ours);
            double other = median(theirs);
            skepTotal += mine;
            duckdbTotal += other;
            logs += Math.log(mine / other);
            System.out.printf(
                    "q%02d  %8.0f %6.0f  %6.0f  %5.2f  %s%n",
                    query, first, mine, other, mine / other, equal ? "yes" : "NO");
        }
        System.out.printf(
                "total         %6.0f  %6.0f  %5.2f  geometric mean %.2f%n",
                skepTotal, duckdbTotal, skepTotal / duckdbTotal, Math.exp(logs / queries.length));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double time(Connection connection, String sql) throws SQLException {
        long start = System.nanoTime();
        rows(connection, sql);
        return (System.nanoTime() - start) / 1e6;
    }

    private static Rows rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return Rows.of(result);
        }
    }
}
