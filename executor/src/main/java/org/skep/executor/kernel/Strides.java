package org.skep.executor.kernel;

/**
 * How far apart the rows of a sample are: varying, for what is sampled may be periodic, and the
 * same each time, so that a task that runs again samples the same rows.
 */
public final class Strides {
    private final int mean;
    private long random;

    /**
     * @param mean of how many rows one is taken, about
     */
    public Strides(int mean) {
        this.mean = mean;
    }

    /** The distance to the next row of the sample, from 1. */
    public int next() {
        random = random * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX
        return 1 + (int) ((random >>> 33) % (2 * mean - 1));
    }
}
