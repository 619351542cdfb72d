package org.skep.tests.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.tests.tpch.TpchData;

/**
 * Whole processes, from the launcher's start to its end: a constant, and a count over a Parquet
 * file. BENCHMARKS.md has the options.
 */
public final class StartUpBenchmark {
    private StartUpBenchmark() {}

    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException {
        Options options =
                Options.of(
                        arguments,
                        Map.of(
                                "data", "target/tpch",
                                "scale", "0.1",
                                "launcher", "../skep",
                                "runs", "11"));
        Path folder = TpchData.parquet(options.path("data"), options.decimal("scale"));
        String launcher = options.path("launcher").normalize().toString();
        for (String sql :
                List.of(
                        "SELECT 1",
                        "SELECT count(*) FROM '%s'".formatted(folder.resolve("lineitem.parquet")),
                        "SELECT l_shipmode, count(*) FROM '%s' GROUP BY l_shipmode"
                                .formatted(folder.resolve("lineitem.parquet")))) {
            List<String> command = List.of(launcher, "-e", sql);
            seconds(command); // the first may build the shell and its class archive
            double[] times = new double[options.number("runs")];
            for (int run = 0; run < times.length; run++) {
                times[run] = seconds(command);
            }
            List<Double> sorted = new ArrayList<>();
            for (double time : times) {
                sorted.add(time);
            }
            sorted.sort(null);
            System.out.printf(
                    "%.2f s (%.2f to %.2f)  %s%n",
                    Times.median(times), sorted.get(0), sorted.get(times.length - 1), sql);
        }
    }

    private static double seconds(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("%s ended with %d".formatted(command, code));
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
