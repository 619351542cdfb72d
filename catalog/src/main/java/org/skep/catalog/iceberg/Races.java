package org.skep.catalog.iceberg;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Commits that lose the race for the table's pointer and conflict with nobody's rows: they are made
 * again on top of what the winner left, after a pause that differs from writer to writer.
 */
final class Races {
    private static final int ATTEMPTS = 30;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private Races() {}

    static void won(Table table, Runnable commit) {
        won(table::refresh, commit);
    }

    /**
     * @param refresh finds out what the winner left
     */
    static void won(Runnable refresh, Runnable commit) {
        for (int attempt = 1; ; attempt++) {
            try {
                commit.run();
                return;
            } catch (CommitFailedException lost) {
                if (attempt == ATTEMPTS) {
                    throw lost;
                }
                pause(attempt, lost);
                refresh.run();
            }
        }
    }

    private static void pause(int attempt, CommitFailedException lost) {
        long most = Math.min(LONGEST_PAUSE_MILLIS, 20L << Math.min(attempt, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost;
        }
    }
}
