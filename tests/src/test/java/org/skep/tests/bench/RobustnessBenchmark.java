package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.skep.model.settings.Settings;
import org.skep.planner.Planner;
import org.skep.tests.distorted.DistortedEngine;
import org.skep.tests.distorted.Distortion;
import org.skep.tests.tpch.TpchData;
import org.skep.tests.tpch.TpchQueries;

/**
 * How much slower TPC-H queries get when statistics are wrong: each is planned with row counts and
 * numbers of different values that are random factors off, and the plans are run on the same files.
 * BENCHMARKS.md has the options.
 */
public final class RobustnessBenchmark {
    private static final int QUERIES = 22;

    private final DistortedEngine engine;
    private final Options options;
    private final Settings settings;

    private RobustnessBenchmark(DistortedEngine engine, Options options) {
        this.engine = engine;
        this.options = options;
        Settings all = Settings.defaults();
        this.settings =
                options.text("threads").isEmpty()
                        ? all
                        : all.with("threads", options.text("threads"));
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        Options options =
                Options.of(
                        arguments,
                        Map.ofEntries(
                                Map.entry("data", "target/tpch"),
                                Map.entry("scale", "0.1"),
                                Map.entry("queries", "all"),
                                Map.entry("distortions", "20"),
                                Map.entry("factor", "100"),
                                Map.entry("rows", "true"),
                                Map.entry("seed", "1"),
                                Map.entry("runs", "3"),
                                Map.entry("warmup", "3"),
                                Map.entry("plans", "worst"),
                                Map.entry("threads", "")));
        Path folder = TpchData.parquet(options.path("data"), options.decimal("scale"));
        try (DistortedEngine engine = new DistortedEngine(folder)) {
            new RobustnessBenchmark(engine, options).run();
        }
    }

    private void run() {
        System.out.printf(
                "%-5s %9s %9s %9s %7s %7s  %s%n",
                "query", "true", "best", "worst", "ratio", "/true", "plans");
        double worst = 0;
        double product = 0;
        int[] queries = queries();
        for (int query : queries) {
            double ratio = query(query);
            worst = Math.max(worst, ratio);
            product += Math.log(ratio);
        }
        System.out.printf(
                "worst ratio %.2f, geometric mean %.2f%n",
                worst, Math.exp(product / queries.length));
    }

    private int[] queries() {
        return options.text("queries").equals("all")
                ? IntStream.rangeClosed(1, QUERIES).toArray()
                : options.list("queries").stream().mapToInt(Integer::parseInt).toArray();
    }

    /** Prints the line of a query; the ratio of the slowest plan to the fastest. */
    private double query(int number) {
        String sql = TpchQueries.text(number).strip().replaceAll(";$", "");
        int count = options.number("distortions");
        Planner.Plan[] plans = new Planner.Plan[count + 1];
        for (int i = 0; i < plans.length; i++) {
            Distortion distortion =
                    i == 0
                            ? Distortion.NONE
                            : new Distortion(
                                    options.number("seed") * 1_000L + i,
                                    options.decimal("factor"),
                                    options.text("rows").equals("true"));
            plans[i] = engine.plan(sql, settings, distortion);
        }
        for (int i = 0; i < options.number("warmup"); i++) {
            millis(plans[0]);
        }
        double[] times = new double[plans.length];
        for (int i = 0; i < plans.length; i++) {
            int same = first(plans, i);
            times[i] = same < i ? times[same] : best(plans[i]);
        }
        times[0] = Math.min(times[0], best(plans[0])); // no longer the one that warmed up for all
        int slowest =
                IntStream.range(0, times.length).reduce(0, (a, b) -> times[b] > times[a] ? b : a);
        double fastest = Arrays.stream(times).min().orElse(Double.NaN);
        long different = IntStream.range(0, plans.length).filter(i -> first(plans, i) == i).count();
        double ratio = times[slowest] / fastest;
        System.out.printf(
                "q%02d   %9.1f %9.1f %9.1f %7.2f %7.2f  %d%n",
                number,
                times[0],
                fastest,
                times[slowest],
                ratio,
                times[slowest] / times[0],
                different);
        boolean print = options.text("plans").equals("worst") && ratio > 2;
        if (print || options.text("plans").equals("all")) {
            System.out.println("the slowest plan:\n" + plans[slowest].text().indent(4));
        }
        return ratio;
    }

    /** The first of the plans that is the same; plans that are the same need not run again. */
    private static int first(Planner.Plan[] plans, int index) {
        List<String> texts = Arrays.stream(plans).map(Planner.Plan::text).toList();
        return texts.indexOf(texts.get(index));
    }

    /** The least time of several runs: what disturbs a run makes it longer only. */
    private double best(Planner.Plan plan) {
        millis(plan);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < options.number("runs"); i++) {
            least = Math.min(least, millis(plan));
        }
        return least;
    }

    private double millis(Planner.Plan plan) {
        long start = System.nanoTime();
        engine.run(plan, settings);
        return (System.nanoTime() - start) / 1e6;
    }
}
