package org.skep.tests.cluster;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skep.tests.oracle.Rows;

/** Runs the statements of a mix, looks at what they did, and keeps their times. */
final class KillRun {
    private final Connection there;
    private final Connection local;
    private final PrintStream out;
    private final Map<String, Long> base = new HashMap<>(); // nanoseconds of all rounds, by name
    private String settings = "";
    private int baseRounds;
    private int statements;
    private int failed;
    private int wrong;
    private long undisturbedNanos;
    private long disturbedNanos;

    /**
     * @param there on the cluster
     * @param local without it, of the same warehouse
     */
    KillRun(Connection there, Connection local, PrintStream out) {
        this.there = there;
        this.local = local;
        this.out = out;
    }

    /** What is printed with a statement that fails. */
    void under(String what) {
        settings = what;
    }

    /** Runs statements undisturbed; their times do not count. */
    void warmUp(List<Step> steps) throws SQLException {
        for (Step step : steps) {
            run(step);
        }
    }

    /** Runs statements undisturbed, for the times that others are compared with. */
    void measure(List<Step> steps) throws SQLException {
        baseRounds++;
        for (Step step : steps) {
            base.merge(step.name(), run(step), Long::sum);
        }
    }

    /** What a statement takes undisturbed. */
    long expectedMillis(Step step) {
        return expectedNanos(step) / 1_000_000;
    }

    private long expectedNanos(Step step) {
        return base.getOrDefault(step.name(), 0L) / Math.max(1, baseRounds);
    }

    /** How many statements have run that somebody might disturb. */
    int statements() {
        return statements;
    }

    /** Runs a statement that somebody may disturb. */
    long disturbed(Step step) throws SQLException {
        long nanos = run(step);
        statements++;
        undisturbedNanos += expectedNanos(step);
        disturbedNanos += nanos;
        return nanos / 1_000_000;
    }

    private long run(Step step) throws SQLException {
        Rows rows;
        long start = System.nanoTime();
        try {
            rows = step.run(there);
        } catch (SQLException e) {
            failed++;
            out.printf(
                    "FAILED %s, statement %d, after %d ms: %s%n%s%n%s%n",
                    step.name(),
                    statements + 1,
                    (System.nanoTime() - start) / 1_000_000,
                    e,
                    settings,
                    step.sql());
            return System.nanoTime() - start;
        }
        long nanos = System.nanoTime() - start;
        String difference;
        try {
            difference = step.check().wrong(rows, local);
        } catch (SQLException e) { // what was written is not there
            difference = e.toString();
        }
        if (difference != null) {
            wrong++;
            out.printf(
                    "WRONG %s, statement %d: %s%n%s%n%s%n",
                    step.name(), statements + 1, difference, settings, step.sql());
        }
        return nanos;
    }

    KillTotals totals(Victims victims) {
        return new KillTotals(
                statements,
                victims.kills(),
                victims.busyKills(),
                victims.freezes(),
                failed,
                wrong,
                undisturbedNanos / 1_000_000,
                disturbedNanos / 1_000_000);
    }
}
