package org.skep.tests.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A small share of {@link RandomQueries}: {@code -Drandom.count} queries (3,000 unless said) of the
 * seed {@code -Drandom.seed}, each under settings of its own.
 */
class RandomQueriesTest {
    private static final long SEED = Long.getLong("random.seed", 20_240_229);
    private static final int COUNT = Integer.getInteger("random.count", 3_000);

    /** Of which nothing is learned; more would say that the generator is not worth its time. */
    private static final double MOST_SKIPPED = 0.05;

    @Test
    void answersAreThoseOfDuckdb() throws IOException, SQLException {
        System.out.println("random queries of seed " + SEED);
        List<String> failures = new ArrayList<>();
        try (TwoEngines engines = TwoEngines.open(Path.of("target", "random"))) {
            RandomQueries queries = new RandomQueries(engines);
            for (int number = 0; number < COUNT; number++) {
                String failure = queries.run(SEED, number);
                if (failure != null) {
                    failures.add(failure);
                }
            }
            System.out.println(queries.summary(SEED));
            assertEquals("", String.join("\n", failures));
            assertTrue(queries.skipped() < MOST_SKIPPED, queries.summary(SEED));
        }
    }
}
