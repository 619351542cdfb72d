package org.skep.shell.run;

import java.sql.SQLException;
import java.sql.Statement;

/** Takes an interrupt (Ctrl-C) to the statement that is running. */
public final class Interrupts {
    private Statement running;
    private boolean interrupted;

    /** From now on an interrupt cancels {@code statement}; null for none. */
    synchronized void running(Statement statement) {
        running = statement;
    }

    /** Cancels the running statement; false when there is none, or it was cancelled before. */
    public synchronized boolean interrupt() {
        boolean first = running != null && !interrupted;
        interrupted = true;
        if (first) {
            try {
                running.cancel();
            } catch (SQLException e) {
                return false; // it has just ended by itself
            }
        }
        return first;
    }

    /** Whether there was an interrupt since the last {@link #forget}. */
    public synchronized boolean interrupted() {
        return interrupted;
    }

    public synchronized void forget() {
        interrupted = false;
    }
}
