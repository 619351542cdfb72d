package org.skep.tests.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.skep.tests.bench.Options;
import org.skep.tests.tpch.TpchData;

/**
 * Statements on a standalone cluster of own processes whose executors are killed and frozen at
 * random moments. Every answer is compared with that of the engine without a cluster, everything
 * written is read back. CONTRIBUTING.md has the commands.
 */
final class RandomKills {
    private static final long SECOND_STREAM = 0x9E3779B97F4A7C15L;

    private final Options options;
    private final Path folder;
    private final PrintStream out;
    private final long seed;

    private RandomKills(Options options, Path folder, PrintStream out) {
        this.options = options;
        this.folder = folder;
        this.out = out;
        this.seed = Long.parseLong(options.text("seed"));
    }

    public static void main(String[] arguments)
            throws IOException, InterruptedException, SQLException {
        KillTotals totals = run(arguments, System.out);
        System.exit(totals.failed() + totals.wrong() == 0 ? 0 : 1);
    }

    /** Runs with arguments as on the command line. */
    static KillTotals run(String[] arguments, PrintStream out)
            throws IOException, InterruptedException, SQLException {
        Options options =
                Options.of(
                        arguments,
                        Map.ofEntries(
                                Map.entry("mix", "tpch"),
                                Map.entry("data", "target/tpch"),
                                Map.entry("scale", "0.1"),
                                Map.entry("memory", "1536"),
                                Map.entry("launcher", ""),
                                Map.entry("warmup", "1"),
                                Map.entry("base", "3"),
                                Map.entry("kills", "200"),
                                Map.entry("freezes", "20"),
                                Map.entry("pause", "4000"),
                                Map.entry("minutes", "1000"),
                                Map.entry("runs", "1000"),
                                Map.entry("every", "5"),
                                Map.entry("held", "0"),
                                Map.entry("only", ""),
                                Map.entry("seed", Long.toString(System.nanoTime() % 1_000_000))));
        Path folder = Files.createTempDirectory("random-kills");
        out.printf("seed %s, in %s%n", options.text("seed"), folder);
        RandomKills kills = new RandomKills(options, folder, out);
        Held.bytes(options.text("held"));
        KillTotals totals;
        try (OwnProcesses cluster =
                OwnProcesses.start(
                        folder.resolve("cluster"),
                        options.number("memory"),
                        options.text("launcher"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::endAll)); // at Ctrl-C
            totals =
                    options.text("mix").equals("tpch")
                            ? kills.tpch(cluster)
                            : kills.indeterminate(cluster);
        } finally {
            Held.standard();
        }
        out.println(totals);
        if (totals.failed() + totals.wrong() == 0) { // else it is worth a look
            delete(folder);
        }
        return totals;
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) { // an executor that ends still uses it
            System.err.println("left over: " + e);
        }
    }

    private Connection connect(String url, List<String> first) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("cluster", url);
        Connection connection =
                DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"), properties);
        for (String sql : first) {
            Step.rows(connection, sql);
        }
        return connection;
    }

    private KillTotals tpch(OwnProcesses cluster)
            throws IOException, InterruptedException, SQLException {
        Path data = TpchData.parquet(options.path("data"), options.decimal("scale"));
        List<String> views = KillMix.views(data.toAbsolutePath());
        try (Connection local = connect("", views);
                Connection there = connect(cluster.url(), views)) {
            KillMix mix = new KillMix(folder.resolve("written"), local);
            KillRun run = new KillRun(there, local, out);
            int round = 0;
            for (int i = 0; i < options.number("warmup"); i++) {
                run.warmUp(mix.round(round++));
            }
            for (int i = 0; i < options.number("base"); i++) {
                long start = System.nanoTime();
                run.measure(mix.round(round++));
                out.printf("undisturbed round %d ms%n", (System.nanoTime() - start) / 1_000_000);
            }
            Victims victims = new Victims(cluster, new Random(seed));
            Disturber disturber =
                    new Disturber(
                            victims,
                            new Random(seed ^ SECOND_STREAM),
                            options.number("pause"),
                            options.number("kills"),
                            options.number("freezes"));
            disturber.start();
            Instant end = Instant.now().plus(Duration.ofMinutes(options.number("minutes")));
            while (!disturber.isOver() && Instant.now().isBefore(end)) {
                round(mix.round(round++), run, victims, disturber);
            }
            boolean early =
                    Instant.now().isBefore(end) && victims.kills() < options.number("kills");
            disturber.end();
            if (early) { // why, its thread has printed
                throw new IllegalStateException("the executors could not be killed any more");
            }
            return run.totals(victims);
        }
    }

    private void round(List<Step> steps, KillRun run, Victims victims, Disturber disturber)
            throws SQLException {
        StringBuilder slow = new StringBuilder();
        for (Step step : steps) {
            if (disturber.isOver()) {
                return;
            }
            long expected = run.expectedMillis(step);
            disturber.begins(run.statements() + 1, expected);
            long millis = run.disturbed(step);
            disturber.ends();
            if (millis > 2000 + 2 * expected) {
                slow.append(" %s %d/%d".formatted(step.name(), millis, expected));
            }
        }
        out.printf("%s; slow:%s%n", run.totals(victims), slow);
    }

    private KillTotals indeterminate(OwnProcesses cluster)
            throws IOException, InterruptedException, SQLException {
        IndeterminateMix mix = new IndeterminateMix(folder.resolve("numbers.parquet"));
        try (Connection local = connect("", List.of());
                Connection there = connect(cluster.url(), mix.first())) {
            KillRun run = new KillRun(there, local, out);
            for (int i = 0; i < options.number("warmup"); i++) {
                run.warmUp(chosen(mix));
            }
            for (int i = 0; i < options.number("base"); i++) {
                run.measure(chosen(mix));
            }
            Random random = new Random(seed);
            Victims victims = new Victims(cluster, new Random(seed ^ SECOND_STREAM));
            ExecutorService killer = Executors.newSingleThreadExecutor();
            while (run.statements() < options.number("runs")) {
                List<String> settings = IndeterminateMix.settings(random);
                for (String setting : settings) {
                    Step.rows(there, setting);
                }
                run.under(String.join("; ", settings));
                for (Step step : chosen(mix)) {
                    boolean kill = random.nextInt(options.number("every")) == 0;
                    long moment = (long) (random.nextDouble() * run.expectedMillis(step));
                    if (kill) {
                        victims.awaitWhole();
                        killer.execute(() -> killAt(victims, moment));
                    }
                    run.disturbed(step);
                }
                out.println(run.totals(victims));
            }
            killer.shutdown();
            return run.totals(victims);
        }
    }

    private static void killAt(Victims victims, long moment) {
        try {
            Thread.sleep(moment);
            victims.kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A round of the mix; with {@code only=TEXT} the statements whose name begins so. */
    private List<Step> chosen(IndeterminateMix mix) {
        return mix.round().stream()
                .filter(step -> step.name().startsWith(options.text("only")))
                .toList();
    }
}
