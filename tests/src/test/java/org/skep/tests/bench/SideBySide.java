package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Runs queries on engines in turn and prints a line per query: each engine's first execution in its
 * process, the medians of wall and processor time when warm, the ratios of the first engine's
 * medians to the others', and whether the answers are the same.
 */
public final class SideBySide implements AutoCloseable {
    /** What a benchmark does to make its files known to an engine. */
    public interface Preparation {
        List<String> statements(Engine engine);
    }

    /** The options that every benchmark of queries has, with their defaults. */
    public static Map<String, String> options(Map<String, String> more) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("data", "target/tpch");
        defaults.put("scale", "1.0");
        defaults.put("engines", "skep,duckdb");
        defaults.put("threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
        defaults.put("heap", "4g");
        defaults.put("memory", "");
        defaults.put("warmup", "2");
        defaults.put("runs", "5");
        defaults.putAll(more);
        return defaults;
    }

    private final List<Engine> engines = new ArrayList<>();
    private final List<EngineProcess> processes = new ArrayList<>();
    private final Map<String, List<Times>> all = new LinkedHashMap<>();
    private final Set<String> different = new HashSet<>();
    private final int warmup;
    private final int runs;

    /**
     * Starts the engines.
     *
     * @param folder where they keep what they must
     */
    public SideBySide(Options options, Path folder, Preparation preparation) throws IOException {
        this.warmup = options.number("warmup");
        this.runs = options.number("runs");
        Map<String, String> settings =
                Map.of(
                        "threads", options.text("threads"),
                        "heap", options.text("heap"),
                        "memory", options.text("memory"));
        for (String text : options.list("engines")) {
            Engine engine = Engine.of(text, settings);
            engines.add(engine);
            processes.add(new EngineProcess(engine, folder.resolve("engine-" + engines.size())));
        }
        for (int i = 0; i < engines.size(); i++) {
            for (String statement : preparation.statements(engines.get(i))) {
                processes.get(i).prepare(statement);
            }
        }
        System.out.printf(
                "%d warm-up runs, %d measured runs, Java %s, milliseconds%n",
                warmup, runs, System.getProperty("java.version"));
        for (int i = 0; i < engines.size(); i++) {
            System.out.printf("(%d) %s %s%n", i + 1, engines.get(i).label(), settingsOf(i));
        }
    }

    private Map<String, String> settingsOf(int engine) {
        Map<String, String> shown = new LinkedHashMap<>(engines.get(engine).settings());
        shown.values().removeIf(String::isEmpty);
        return shown;
    }

    /** Measures one text on all engines. */
    public void run(String name, String sql) throws IOException {
        List<String> texts = new ArrayList<>();
        engines.forEach(engine -> texts.add(sql));
        run(name, texts);
    }

    /** Measures a query that each engine has a text of its own for. */
    public void run(String name, List<String> texts) throws IOException {
        if (all.isEmpty()) {
            printHead();
        }
        int count = engines.size();
        List<Measurement> first = new ArrayList<>();
        List<List<Measurement>> measured = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            first.add(processes.get(i).run(texts.get(i)));
            measured.add(new ArrayList<>());
        }
        for (int run = 0; run < warmup + runs; run++) {
            for (int i = 0; i < count; i++) {
                if (!first.get(i).failed()) {
                    Measurement one = processes.get(i).run(texts.get(i));
                    if (one.failed()) {
                        first.set(i, one);
                    } else if (run >= warmup) {
                        measured.get(i).add(one);
                    }
                }
            }
        }
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean failed = first.get(i).failed();
            times.add(failed ? null : Times.of(first.get(i), measured.get(i)));
            if (failed) {
                System.out.printf(
                        "%s failed on %s: %s%n",
                        name, engines.get(i).label(), first.get(i).error());
            }
        }
        all.put(name, times);
        print(name, times);
    }

    /** The warm wall times of a query, in milliseconds; NaN for an engine that failed. */
    List<Double> walls(String name) {
        return all.get(name).stream().map(one -> one == null ? Double.NaN : one.wall()).toList();
    }

    private void printHead() {
        StringBuilder line = new StringBuilder("%-16s".formatted("query"));
        for (int i = 1; i <= engines.size(); i++) {
            line.append("  |%8s %8s %8s".formatted("first" + i, "wall" + i, "cpu" + i));
        }
        for (int i = 2; i <= engines.size(); i++) {
            line.append("  | %8s %7s".formatted("wall1/" + i, "cpu1/" + i));
        }
        System.out.println(line + "  | same");
    }

    private void print(String name, List<Times> times) {
        StringBuilder line = new StringBuilder("%-16s".formatted(name));
        for (Times one : times) {
            line.append(
                    one == null
                            ? "  |%8s %8s %8s".formatted("failed", "", "")
                            : "  |%8.0f %8.1f %8.0f".formatted(one.first(), one.wall(), one.cpu()));
        }
        Times mine = times.get(0);
        boolean same = true;
        for (Times other : times.subList(1, times.size())) {
            if (mine == null || other == null) {
                line.append("  | %8s %7s".formatted("", ""));
                continue;
            }
            line.append(
                    "  | %8.2f %7.2f"
                            .formatted(mine.wall() / other.wall(), mine.cpu() / other.cpu()));
            same &= mine.checksum().matches(other.checksum());
        }
        if (!same) {
            different.add(name);
        }
        System.out.println(line + (same ? "  | yes" : "  | NO"));
    }

    /** Prints the sums and the geometric means of the ratios; fails when answers differed. */
    public void summarise() {
        StringBuilder sums = new StringBuilder("%-16s".formatted("sum"));
        for (int i = 0; i < engines.size(); i++) {
            sums.append(
                    "  |%8.0f %8.0f %8.0f"
                            .formatted(
                                    sum(i, Times::first), sum(i, Times::wall), sum(i, Times::cpu)));
        }
        System.out.println(sums);
        for (int i = 1; i < engines.size(); i++) {
            System.out.printf(
                    "geometric mean of %s / %s: first %.2f, wall %.2f, cpu %.2f%n",
                    engines.get(0).label(),
                    engines.get(i).label(),
                    ratio(i, Times::first),
                    ratio(i, Times::wall),
                    ratio(i, Times::cpu));
        }
        if (!different.isEmpty()) {
            throw new IllegalStateException("answers differ: " + different);
        }
    }

    /** Sums over the queries that all engines answered. */
    private double sum(int engine, ToDoubleFunction<Times> figure) {
        return all.values().stream()
                .filter(times -> !times.contains(null))
                .mapToDouble(times -> figure.applyAsDouble(times.get(engine)))
                .sum();
    }

    private double ratio(int other, ToDoubleFunction<Times> figure) {
        return Math.exp(
                all.values().stream()
                        .filter(times -> times.get(0) != null && times.get(other) != null)
                        .mapToDouble(
                                times ->
                                        Math.log(
                                                figure.applyAsDouble(times.get(0))
                                                        / figure.applyAsDouble(times.get(other))))
                        .average()
                        .orElse(Double.NaN));
    }

    @Override
    public void close() throws IOException {
        for (EngineProcess process : processes) {
            process.close();
        }
    }
}
