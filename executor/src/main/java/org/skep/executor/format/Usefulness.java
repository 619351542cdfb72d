package org.skep.executor.format;

/**
 * Tells when a filter that need not be applied is not worth its time: when it lets nearly all rows
 * pass. It is then left alone for a while and tried again, since data may be sorted.
 */
public final class Usefulness {
    private static final int TRIAL_ROWS = 20_000;
    private static final double USELESS = 0.8;
    private static final int PAUSE = 200;

    private long in;
    private long out;
    private int paused;

    /** Whether to leave the filter out this time. */
    public boolean pauses() {
        return paused > 0 && paused-- > 0;
    }

    /** Notes what it did to some rows. */
    public void learn(int rowsIn, int rowsOut) {
        in += rowsIn;
        out += rowsOut;
        if (in >= TRIAL_ROWS) {
            paused = out > USELESS * in ? PAUSE : 0;
            in = 0;
            out = 0;
        }
    }
}
