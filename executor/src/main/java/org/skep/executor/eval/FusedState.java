package org.skep.executor.eval;

import java.util.Arrays;

/**
 * What {@link FusedSums} knows of its groups, as arrays that its loops read and write, each group a
 * row in each of them; and where the loops of {@link FusedColumns} write to.
 */
final class FusedState {
    /** Longs that are kept to be used again. */
    private static final int MOST_KEPT = 4_096;

    /** How many rows, then the sums of longs. */
    long[] longs = {};

    /** By term, how many rows it leaves out. */
    long[] missing = {};

    /** Sums and what they lost, extremes. */
    double[] doubles = {};

    /** Extremes. */
    long[] bests = {};

    /** By term the values of the rows as an array, and which of them are null as bits. */
    final Object[] out;

    private final FusedTerms terms;
    private final double[] doubleStarts;
    private final long[] bestStarts;
    private double[] savedDoubles = {};
    private long[] savedBests = {};

    FusedState(FusedTerms terms) {
        this.terms = terms;
        out = new Object[2 * terms.size()];
        doubleStarts = new double[terms.doubles()];
        bestStarts = new long[terms.bests()];
        for (int term = 0; term < terms.size(); term++) {
            boolean max = terms.term(term).fold() == FusedTerm.Fold.MAX;
            switch (terms.term(term).place()) {
                case BEST_LONGS ->
                        bestStarts[terms.slot(term)] = max ? Long.MIN_VALUE : Long.MAX_VALUE;
                case BEST_DOUBLES -> // NaN is the greatest
                        doubleStarts[terms.slot(term)] =
                                max ? Double.NEGATIVE_INFINITY : Double.NaN;
                case NOWHERE, LONGS, SUMMED_DOUBLES, COLUMNS -> {}
            }
        }
    }

    void grow(int groupCount) {
        int stride = terms.stride();
        int before = longs.length / stride;
        if (before >= groupCount) {
            return;
        }
        int groups = Math.max(groupCount, 2 * before);
        longs = Arrays.copyOf(longs, groups * stride);
        missing = Arrays.copyOf(missing, groups * terms.size());
        doubles = Arrays.copyOf(doubles, groups * doubleStarts.length);
        bests = Arrays.copyOf(bests, groups * bestStarts.length);
        start(before, groups);
    }

    private void start(int from, int to) {
        for (int group = from; group < to; group++) {
            System.arraycopy(doubleStarts, 0, doubles, group * terms.doubles(), terms.doubles());
            System.arraycopy(bestStarts, 0, bests, group * terms.bests(), terms.bests());
        }
    }

    /**
     * Keeps what cannot be subtracted again of the groups of these rows.
     *
     * @param rowGroups the group of each row; null when there is one group only
     */
    void save(int[] rowGroups, int groupCount, int rows) {
        int width = terms.doubles();
        int bestWidth = terms.bests();
        if (width + bestWidth == 0) {
            return;
        }
        int saved = Math.min(groupCount, rows);
        if (savedDoubles.length < saved * width || savedBests.length < saved * bestWidth) {
            int most = Math.min(rows, 2 * saved); // groups are becoming more
            savedDoubles = new double[most * width];
            savedBests = new long[most * bestWidth];
        }
        if (groupCount <= rows) {
            System.arraycopy(doubles, 0, savedDoubles, 0, groupCount * width);
            System.arraycopy(bests, 0, savedBests, 0, groupCount * bestWidth);
            return;
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(doubles, rowGroups[i] * width, savedDoubles, i * width, width);
            System.arraycopy(bests, rowGroups[i] * bestWidth, savedBests, i * bestWidth, bestWidth);
        }
    }

    /** Undoes what was done since {@link #save} with the same arguments. */
    void restore(int[] rowGroups, int groupCount, int rows) {
        int width = terms.doubles();
        int bestWidth = terms.bests();
        if (groupCount <= rows) {
            System.arraycopy(savedDoubles, 0, doubles, 0, groupCount * width);
            System.arraycopy(savedBests, 0, bests, 0, groupCount * bestWidth);
            return;
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(savedDoubles, i * width, doubles, rowGroups[i] * width, width);
            System.arraycopy(savedBests, i * bestWidth, bests, rowGroups[i] * bestWidth, bestWidth);
        }
    }

    void clear() {
        if (longs.length + doubles.length + bests.length > MOST_KEPT) {
            longs = new long[0];
            missing = new long[0];
            doubles = new double[0];
            bests = new long[0];
        }
        Arrays.fill(longs, 0);
        Arrays.fill(missing, 0);
        start(0, longs.length / terms.stride());
    }

    long bytes() {
        int saved = savedDoubles.length + savedBests.length;
        return 8L * (longs.length + missing.length + doubles.length + bests.length + saved);
    }
}
