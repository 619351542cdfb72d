package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        defaults.put("cache", "");
        defaults.put("executor", "2g");
        defaults.put("warmup", "2");
        defaults.put("runs", "5");
        defaults.putAll(more);
        return defaults;
    }

    private final List<Engine> engines = new ArrayList<>();
    private final List<EngineProcess> processes = new ArrayList<>();
    private final Comparison warm;
    private final Comparison newTexts;
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
                        "memory", options.text("memory"),
                        "cache", options.text("cache"),
                        "executor", options.text("executor"));
        for (String text : options.list("engines")) {
            Engine engine = Engine.of(text, settings);
            engines.add(engine);
            processes.add(new EngineProcess(engine, folder.resolve("engine-" + engines.size())));
        }
        List<String> labels = engines.stream().map(Engine::label).toList();
        this.warm = new Comparison(labels);
        this.newTexts = new Comparison(labels);
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
            report(name, i, failed ? first.get(i) : null);
        }
        warm.add(name, times);
    }

    /**
     * Measures texts that the engines have not been asked before, each once: what is kept of former
     * executions of the same text is of no use to them. The medians are those over the texts.
     */
    public void runNew(String name, List<String> texts) throws IOException {
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < engines.size(); i++) {
            List<Measurement> each = new ArrayList<>();
            for (String text : texts) {
                each.add(processes.get(i).run(text));
            }
            Measurement failed = each.stream().filter(Measurement::failed).findFirst().orElse(null);
            report(name, i, failed);
            times.add(failed == null ? Times.ofFirst(each) : null);
        }
        newTexts.add(name, times);
    }

    private void report(String name, int engine, Measurement failed) {
        if (failed != null) {
            System.out.printf(
                    "%s failed on %s: %s%n", name, engines.get(engine).label(), failed.error());
        }
    }

    /** The warm wall times of a query, in milliseconds; NaN for an engine that failed. */
    List<Double> walls(String name) {
        return warm.walls(name);
    }

    /** Prints the sums and the geometric means of the ratios; fails when answers differed. */
    public void summarise() {
        warm.summarise();
    }

    /** The same for the texts that were new. */
    public void summariseNew() {
        newTexts.summarise();
    }

    @Override
    public void close() throws IOException {
        for (EngineProcess process : processes) {
            process.close();
        }
    }
}
