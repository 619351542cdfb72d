package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/**
 * How much two threads help, and how times grow with the data: queries that mostly scan, at several
 * scales, by the same engine with one thread and with more. BENCHMARKS.md has the options.
 */
public final class ScaleUpBenchmark {
    private ScaleUpBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Map<String, String> defaults = SideBySide.options(Map.of("scales", "0.1,1.0,10.0"));
        defaults.put("engines", "skep:threads=1,skep:threads=2");
        defaults.remove("scale");
        defaults.put("cache", "0"); // what fits at one scale does not at the next
        Options options = Options.of(arguments, defaults);
        Map<String, Map<String, List<Double>>> walls = new LinkedHashMap<>();
        for (String scale : options.list("scales")) {
            Path folder = TpchData.parquet(options.path("data"), Double.parseDouble(scale));
            System.out.printf("TPC-H, scale %s%n", scale);
            try (SideBySide sides =
                    new SideBySide(options, folder, engine -> engine.tpchTables(folder))) {
                for (Map.Entry<String, String> query : queries().entrySet()) {
                    sides.run(query.getKey(), query.getValue());
                    walls.computeIfAbsent(query.getKey(), name -> new LinkedHashMap<>())
                            .put(scale, sides.walls(query.getKey()));
                }
                sides.summarise();
            }
        }
        print(options.list("engines"), walls);
    }

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("count", "SELECT count(*) FROM lineitem WHERE l_comment LIKE '%express%'");
        queries.put("sums", "SELECT sum(l_extendedprice), max(l_shipdate) FROM lineitem");
        for (int query : new int[] {1, 6, 12, 14}) {
            queries.put("q%02d".formatted(query), TpchQueries.text(query));
        }
        return queries;
    }

    private static void print(List<String> engines, Map<String, Map<String, List<Double>>> walls) {
        System.out.println("by scale: speed-up over " + engines.get(0) + ", growth of the last");
        for (Map.Entry<String, Map<String, List<Double>>> query : walls.entrySet()) {
            StringBuilder line = new StringBuilder("%-8s".formatted(query.getKey()));
            double before = Double.NaN;
            for (Map.Entry<String, List<Double>> scale : query.getValue().entrySet()) {
                line.append("  | ").append(scale.getKey());
                List<Double> times = scale.getValue();
                for (double time : times.subList(1, times.size())) {
                    line.append("  %.2f".formatted(times.get(0) / time));
                }
                double last = times.get(times.size() - 1);
                line.append("  %5.2f".formatted(last / before));
                before = last;
            }
            System.out.println(line);
        }
    }
}
