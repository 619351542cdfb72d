package org.skep.tests.random;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks Skep and DuckDB the same random queries and compares the answers. Arguments: a seed, how
 * many queries, and the number of the first (0 unless said); a query is replayed by its seed, 1,
 * and its number. Exit code 1 when any failed.
 */
public final class RandomQueries {
    private final TwoEngines engines;
    private final Map<Verdict.Kind, Integer> totals = new EnumMap<>(Verdict.Kind.class);
    private final Map<String, Integer> reasons = new TreeMap<>();

    private static final long PROGRESS = 1_000;

    RandomQueries(TwoEngines engines) {
        this.engines = engines;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        long seed = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        boolean failed;
        try (TwoEngines engines = TwoEngines.open(Path.of("target", "random-" + first))) {
            RandomQueries queries = new RandomQueries(engines);
            long start = System.nanoTime();
            for (long number = first; number < first + count; number++) {
                String failure = queries.run(seed, number);
                if (failure != null) {
                    System.out.println(failure);
                }
                if ((number + 1 - first) % PROGRESS == 0) {
                    System.err.printf("query %d: %s%n", number, queries.summary(seed));
                }
            }
            System.out.printf(
                    "%s, %d s%n",
                    queries.summary(seed), (System.nanoTime() - start) / 1_000_000_000);
            queries.reasons.forEach((reason, times) -> System.out.println(times + " × " + reason));
            failed = queries.failures() > 0;
        }
        System.exit(failed ? 1 : 0);
    }

    /** Runs one query; what is wrong, with all that is needed to see it again, or null. */
    String run(long seed, long number) throws SQLException {
        RandomQuery query = RandomQuery.of(seed, number);
        Verdict verdict = engines.run(query);
        totals.merge(verdict.kind(), 1, Integer::sum);
        if (!verdict.failed()) {
            if (verdict.kind() != Verdict.Kind.SAME) {
                String reason = verdict.reason().replaceAll("[0-9.-]+|'.*?'|\".*?\"", "…");
                reasons.merge(reason.substring(0, Math.min(100, reason.length())), 1, Integer::sum);
            }
            return null;
        }
        RandomQuery small = new Shrinker(engines).shrink(query, verdict);
        return """
                -- seed %d query %d: %s
                -- %s
                %s
                -- duckdb:
                %s
                -- smaller: %s
                %s
                -- duckdb:
                %s
                """
                .formatted(
                        seed,
                        number,
                        verdict.reason(),
                        String.join("; ", query.settings()),
                        query.text(Piece.Dialect.SKEP),
                        query.text(Piece.Dialect.DUCKDB),
                        engines.run(small).reason(),
                        small.text(Piece.Dialect.SKEP),
                        small.text(Piece.Dialect.DUCKDB));
    }

    int failures() {
        return count(Verdict.Kind.DIFFERENT) + count(Verdict.Kind.BROKEN);
    }

    /** The share of queries that were not compared. */
    double skipped() {
        int all = totals.values().stream().mapToInt(Integer::intValue).sum();
        return (double) (count(Verdict.Kind.ERROR) + count(Verdict.Kind.REFUSED))
                / Math.max(1, all);
    }

    private int count(Verdict.Kind kind) {
        return totals.getOrDefault(kind, 0);
    }

    String summary(long seed) {
        return "seed %d: %d the same, %d failed; not compared: %d errors, %d refused (%.1f %%)"
                .formatted(
                        seed,
                        count(Verdict.Kind.SAME),
                        failures(),
                        count(Verdict.Kind.ERROR),
                        count(Verdict.Kind.REFUSED),
                        100 * skipped());
    }
}
