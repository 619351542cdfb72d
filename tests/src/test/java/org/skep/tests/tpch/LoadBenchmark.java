package org.skep.tests.tpch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * TPC-H's lineitem from CSV into a table partitioned by months(l_shipdate), beside DuckDB's COPY of
 * the same file to Parquet, whole and by month, in turn. What was written is compared.
 *
 * <p>Arguments: a folder for the files, the scale, the runs (3).
 */
public final class LoadBenchmark {
    private static final String SUMS =
            "SELECT count(*), sum(l_orderkey), sum(l_extendedprice), min(l_shipdate), max(l_comment) FROM ";

    private final Path folder;
    private final Path csv;
    private final String columns = TpchData.COLUMNS.get("lineitem");

    private LoadBenchmark(Path folder) {
        this.folder = folder;
        this.csv = folder.resolve("lineitem.csv");
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        double scale = Double.parseDouble(arguments[1]);
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path folder = TpchData.parquet(Path.of(arguments[0]).toAbsolutePath(), scale);
        new LoadBenchmark(folder).run(runs);
    }

    private void run(int runs) throws IOException, SQLException {
        try (Connection skep =
                        DriverManager.getConnection("jdbc:skep:" + folder.resolve("load-skep"));
                Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement ours = skep.createStatement();
                Statement theirs = duckdb.createStatement()) {
            theirs.execute("SET threads = 2");
            if (!Files.exists(csv)) {
                theirs.execute(
                        "COPY (FROM '%s/lineitem.parquet') TO '%s' (HEADER)"
                                .formatted(folder, csv));
            }
            ours.execute(
                    "CREATE OR REPLACE EXTERNAL TABLE input (%s) USING csv OPTIONS (header true) LOCATION '%s'"
                            .formatted(columns.replace("VARCHAR", "STRING"), csv));
            List<double[]> seconds = new ArrayList<>();
            List<String> sums = List.of();
            for (int run = 0; run < runs; run++) {
                double own = load(ours);
                double whole = copy(theirs, "");
                double months = copy(theirs, ", PARTITION_BY (year, month)");
                seconds.add(new double[] {own, whole, months});
                sums =
                        List.of(
                                sums(ours, "lineitem"),
                                sums(theirs, "'" + folder + "/load-duckdb.parquet'"));
                System.out.printf(
                        "run %d: skep %.2f s, duckdb %.2f s, duckdb by month %.2f s%n",
                        run, own, whole, months);
            }
            print(seconds, sums);
        }
    }

    private void print(List<double[]> seconds, List<String> sums) {
        if (!sums.get(0).equals(sums.get(1))) {
            throw new IllegalStateException(sums.toString());
        }
        double rows = Double.parseDouble(sums.get(0).split("\\|")[0]);
        double[] medians = new double[3];
        for (int i = 0; i < 3; i++) {
            int which = i;
            double[] sorted = seconds.stream().mapToDouble(run -> run[which]).sorted().toArray();
            medians[i] = sorted[sorted.length / 2];
        }
        System.out.printf(
                "%.0f rows, equal sums. medians: skep %.2f s (%.0f rows/s); duckdb %.2f s, ratio %.2f;"
                        + " duckdb by month %.2f s, ratio %.2f%n",
                rows,
                medians[0],
                rows / medians[0],
                medians[1],
                medians[0] / medians[1],
                medians[2],
                medians[0] / medians[2]);
    }

    private static double load(Statement ours) throws SQLException {
        ours.execute("DROP TABLE IF EXISTS lineitem");
        long start = System.nanoTime();
        ours.execute(
                "CREATE TABLE lineitem PARTITIONED BY (months(l_shipdate)) AS SELECT * FROM input");
        return (System.nanoTime() - start) / 1e9;
    }

    private double copy(Statement theirs, String by) throws SQLException, IOException {
        Path to = folder.resolve("load-duckdb");
        delete(to);
        String types =
                Arrays.stream(columns.split(", "))
                        .map(column -> "'%s': '%s'".formatted((Object[]) column.split(" ", 2)))
                        .collect(Collectors.joining(", "));
        String select =
                by.isEmpty() ? "*" : "*, year(l_shipdate) AS year, month(l_shipdate) AS month";
        long start = System.nanoTime();
        theirs.execute(
                "COPY (SELECT %s FROM read_csv('%s', header = true, columns = {%s})) TO '%s' (FORMAT parquet, COMPRESSION zstd%s)"
                        .formatted(select, csv, types, by.isEmpty() ? to + ".parquet" : to, by));
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static String sums(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery(SUMS + table)) {
            rows.next();
            return "%s|%s|%.2f|%s|%s"
                    .formatted(
                            rows.getString(1),
                            rows.getBigDecimal(2),
                            rows.getBigDecimal(3),
                            rows.getDate(4),
                            rows.getString(5));
        }
    }
}
