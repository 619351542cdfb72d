package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
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
        Options options = Options.of(arguments, SideBySide.options(Map.of("queries", "all")));
        Path folder = TpchData.parquet(options.path("data"), options.decimal("scale"));
        System.out.printf("TPC-H, scale %s%n", options.text("scale"));
        try (SideBySide sides =
                new SideBySide(options, folder, engine -> engine.tpchTables(folder))) {
            for (int query : queries(options)) {
                sides.run("q%02d".formatted(query), TpchQueries.text(query));
            }
            sides.summarise();
        }
    }

    private static int[] queries(Options options) {
        return options.text("queries").equals("all")
                ? IntStream.rangeClosed(1, 22).toArray()
                : options.list("queries").stream().mapToInt(Integer::parseInt).toArray();
    }
}
