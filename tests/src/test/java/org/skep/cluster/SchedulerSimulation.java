package org.skep.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.skep.tests.bench.Options;

/**
 * What a query of very many tasks costs the driver: planning, scheduling and results are real,
 * executors only answer. BENCHMARKS.md has the command.
 */
public final class SchedulerSimulation {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SchedulerSimulation() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Options options =
                Options.of(
                        arguments,
                        Map.of(
                                "data", "target/simulation",
                                "maps", "10000",
                                "reduces", "1000",
                                "executors", "1000",
                                "cores", "4"));
        System.setProperty("spark.network.timeout", "3600s"); // nobody's heart beats
        int maps = options.number("maps");
        Path folder = files(options.path("data"), maps);
        Properties properties = new Properties();
        properties.setProperty(
                "cluster",
                "simulated[%d,%d]".formatted(options.number("executors"), options.number("cores")));
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:skep:" + folder.resolveSibling("warehouse"), properties);
                Statement statement = connection.createStatement()) {
            statement.execute("SET shuffle_partitions = " + options.text("reduces"));
            statement.execute("CREATE TEMP VIEW t AS SELECT * FROM '" + folder + "/*.parquet'");
            for (int run = 1; run <= 3; run++) {
                measure(statement, run, maps, options.number("reduces"));
            }
        }
        System.exit(0); // Spark's threads
    }

    /** Copies of one small file. */
    private static Path files(Path root, int count) throws IOException, SQLException {
        Path folder = root.resolve("files-" + count);
        if (Files.exists(folder.resolve(count + ".done"))) {
            return folder;
        }
        Files.createDirectories(folder);
        Path first = folder.resolve("0.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT i AS k, i * 2 AS v FROM range(1000) t(i)) TO '%s' (FORMAT parquet)"
                            .formatted(first));
        }
        for (int i = 1; i < count; i++) {
            Files.copy(first, folder.resolve(i + ".parquet"));
        }
        Files.createFile(folder.resolve(count + ".done"));
        return folder;
    }

    private static void measure(Statement statement, int run, int maps, int reduces)
            throws SQLException {
        long before = used();
        long[] cpu = cpu();
        long[] bytes = SimulatedTask.bytes();
        long start = System.nanoTime();
        long first = 0;
        long held = 0;
        int rows = 0;
        try (ResultSet result = statement.executeQuery("SELECT k, count(*) FROM t GROUP BY k")) {
            while (result.next()) {
                if (rows++ == 0) {
                    first = System.nanoTime();
                    held = used() - before;
                }
            }
        }
        long end = System.nanoTime();
        long[] cpuAfter = cpu();
        long[] bytesAfter = SimulatedTask.bytes();
        int tasks = maps + reduces;
        System.out.printf(
                "run %d: %d maps, %d reduces (%d rows): %.1f s, first row after %.1f s; driver %.1f s of processor time, %.2f ms a task (executors' answers %.1f s)%n",
                run,
                maps,
                reduces,
                rows,
                (end - start) / 1e9,
                (first - start) / 1e9,
                (cpuAfter[0] - cpu[0]) / 1e9,
                (cpuAfter[0] - cpu[0]) / 1e6 / tasks,
                (cpuAfter[1] - cpu[1]) / 1e9);
        System.out.printf(
                "  bytes: program of a stage %d, description of a task %d, result of a task %d; the driver holds %.1f MB when the maps have ended, %.1f MB after the query%n",
                bytesAfter[2],
                (bytesAfter[0] - bytes[0]) / tasks,
                (bytesAfter[1] - bytes[1]) / tasks,
                held / 1e6,
                (used() - before) / 1e6);
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Nanoseconds of the threads of this process that are the driver's, and of the others. */
    private static long[] cpu() {
        long[] cpu = new long[2];
        for (long id : THREADS.getAllThreadIds()) {
            if (THREADS.getThreadInfo(id) != null) {
                boolean other =
                        THREADS.getThreadInfo(id)
                                .getThreadName()
                                .startsWith(SimulatedExecutors.THREADS);
                cpu[other ? 1 : 0] += Math.max(0, THREADS.getThreadCpuTime(id));
            }
        }
        return cpu;
    }
}
