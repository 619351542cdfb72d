package org.skep.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A small share of what {@link RandomKills} does. */
class RandomKillsTest {
    private static final String SEED = "seed=" + System.getProperty("kills.seed", "1");

    private static KillTotals run(String... arguments)
            throws IOException, InterruptedException, SQLException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        KillTotals totals;
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            totals = RandomKills.run(arguments, out);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertEquals(0, totals.failed(), text);
        assertEquals(0, totals.wrong(), text);
        return totals;
    }

    @Test
    void killedAndFrozenExecutorsCostNoAnswers()
            throws IOException, InterruptedException, SQLException {
        KillTotals totals =
                run(
                        "scale=0.01",
                        "warmup=0",
                        "base=1",
                        "kills=10",
                        "freezes=1",
                        "pause=300",
                        "memory=768",
                        SEED);
        assertEquals(10, totals.kills());
        assertEquals(1, totals.freezes());
        assertTrue(totals.busyKills() > 0, totals.toString());
    }

    @Test
    void rowsOfChanceAreTheSameForAllThatReadThem()
            throws IOException, InterruptedException, SQLException {
        KillTotals totals =
                run(
                        "mix=indeterminate",
                        "warmup=0",
                        "base=1",
                        "runs=20",
                        "every=5",
                        "memory=768",
                        SEED);
        assertTrue(totals.kills() > 0, totals.toString());
    }
}
