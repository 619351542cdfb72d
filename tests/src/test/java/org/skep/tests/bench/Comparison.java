package org.skep.tests.bench;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * A table of queries and engines, printed line by line: each engine's first execution, the medians
 * of its measured ones, the ratios of the first engine's to the others'.
 */
final class Comparison {
    private final List<String> engines;
    private final Map<String, List<Times>> all = new LinkedHashMap<>();
    private final Set<String> different = new HashSet<>();

    /**
     * @param engines how they are called
     */
    Comparison(List<String> engines) {
        this.engines = engines;
    }

    /**
     * Takes in a query and prints its line.
     *
     * @param times by engine; null for one that failed
     */
    void add(String name, List<Times> times) {
        if (all.isEmpty()) {
            printHead();
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
            same &= mine.matches(other);
        }
        if (!same) {
            different.add(name);
        }
        System.out.println(line + (same ? "  | yes" : "  | NO"));
    }

    /** Prints the sums and the geometric means of the ratios; fails when answers differed. */
    void summarise() {
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
                    engines.get(0),
                    engines.get(i),
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
}
