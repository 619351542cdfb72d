package org.skep.executor.kernel;

import java.util.Arrays;

/**
 * Rows with an interval each, sorted by its lower end, to find those that overlap another interval
 * in logarithmic time and a step per row found: a tree over the sorted rows has the greatest upper
 * end of each stretch (Cormen et al., interval trees; laid out in an array).
 */
public final class IntervalIndex {
    private final int[] rows; // sorted by their lower ends
    private final long[] lows;
    private final long[] highs; // the leaves are at leaves and after
    private final int leaves;

    /**
     * @param lows lower ends by row; null when all intervals are open there
     * @param highs upper ends by row; null when all are open there
     * @param left which rows to leave out
     */
    public IntervalIndex(int count, long[] lows, long[] highs, boolean[] left) {
        int[] sorted = new int[count];
        long[] words = new long[count];
        int size = 0;
        for (int row = 0; row < count; row++) {
            if (!left[row]) {
                sorted[size] = row;
                words[size++] = lows == null ? 0 : lows[row] ^ Long.MIN_VALUE; // unsigned order
            }
        }
        if (lows != null && size > 1) {
            new RadixSort().sort(words, sorted, 0, size, Long.SIZE);
        }
        this.rows = Arrays.copyOf(sorted, size);
        this.lows = new long[size];
        this.leaves = Math.max(1, Integer.highestOneBit(Math.max(1, size - 1)) << 1);
        this.highs = new long[2 * leaves];
        Arrays.fill(this.highs, Long.MIN_VALUE);
        for (int i = 0; i < size; i++) {
            this.lows[i] = lows == null ? Long.MIN_VALUE : lows[rows[i]];
            this.highs[leaves + i] = highs == null ? Long.MAX_VALUE : highs[rows[i]];
        }
        for (int i = leaves - 1; i > 0; i--) {
            this.highs[i] = Math.max(this.highs[2 * i], this.highs[2 * i + 1]);
        }
    }

    /** How many of the sorted rows begin at {@code high} or before. */
    public int end(long high) {
        int from = 0;
        int to = rows.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (lows[middle] <= high) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /**
     * The first place from {@code place} on whose row ends at {@code low} or after.
     *
     * @param end where to stop, see {@link #end}
     * @return -1 when there is none before {@code end}
     */
    public int next(int place, int end, long low) {
        if (place >= end) {
            return -1;
        }
        int node = leaves + place;
        if (highs[node] >= low) {
            return place;
        }
        while ((node & 1) == 1 || highs[node + 1] < low) { // up while nothing to the right is it
            node >>= 1;
            if (node <= 1) {
                return -1;
            }
        }
        node++;
        while (node < leaves) {
            node = highs[2 * node] >= low ? 2 * node : 2 * node + 1;
        }
        int found = node - leaves;
        return found < end ? found : -1;
    }

    /** The row at a place. */
    public int row(int place) {
        return rows[place];
    }

    /** Bytes of heap. */
    public long bytes() {
        return 4L * rows.length + 8L * lows.length + 8L * highs.length;
    }
}
