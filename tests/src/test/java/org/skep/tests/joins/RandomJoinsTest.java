package org.skep.tests.joins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A small share of {@link RandomJoins}: {@code -Djoins.count} queries (300 unless said) of the seed
 * {@code -Djoins.seed}.
 */
class RandomJoinsTest {
    private static final long SEED = Long.getLong("joins.seed", 20_080_609);
    private static final int COUNT = Integer.getInteger("joins.count", 300);
    private static final double MOST_SKIPPED = 0.1;

    @Test
    void answersAreThoseOfDuckdb() throws IOException, SQLException {
        List<String> failures = new ArrayList<>();
        try (RandomJoins joins = new RandomJoins(Path.of("target", "random-joins"))) {
            for (int number = 0; number < COUNT; number++) {
                String failure = joins.run(SEED, number);
                if (failure != null) {
                    failures.add(failure);
                }
            }
            System.out.println(joins.summary(SEED));
            assertEquals("", String.join("\n", failures));
            assertTrue(joins.skipped() < MOST_SKIPPED, joins.summary(SEED));
        }
    }
}
