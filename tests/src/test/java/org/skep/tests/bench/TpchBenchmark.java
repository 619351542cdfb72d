package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/**
 * The TPC-H queries on several engines in one run, from the same Parquet files. BENCHMARKS.md has
 * the options.
 */
public final class TpchBenchmark {
    private TpchBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        // the JVM has compiled what a query needs after some ten executions
        Map<String, String> defaults = Map.of("queries", "all", "warmup", "9", "runs", "7");
        Options options = Options.of(arguments, SideBySide.options(defaults));
        Path folder = TpchData.parquet(options.path("data"), options.decimal("scale"));
        System.out.printf("TPC-H, scale %s%n", options.text("scale"));
        try (SideBySide sides =
                new SideBySide(options, folder, engine -> engine.tpchTables(folder))) {
            for (int query : queries(options)) {
                sides.run("q%02d".formatted(query), TpchQueries.text(query));
            }
            sides.summarise();
            System.out.println("texts that are new to the processes, which are warm");
            for (int query : queries(options)) {
                sides.runNew("q%02d".formatted(query), newTexts(query));
            }
            sides.summariseNew();
        }
    }

    private static List<String> newTexts(int query) {
        return IntStream.range(0, TpchQueries.VARIANTS)
                .mapToObj(variant -> TpchQueries.text(query, variant))
                .toList();
    }

    private static int[] queries(Options options) {
        return options.text("queries").equals("all")
                ? IntStream.rangeClosed(1, 22).toArray()
                : options.list("queries").stream().mapToInt(Integer::parseInt).toArray();
    }
}
