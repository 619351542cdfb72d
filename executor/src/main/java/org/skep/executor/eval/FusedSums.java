package org.skep.executor.eval;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.plan.Expr;

/**
 * Counts rows by group and folds expressions over them into sums and extremes, all in one loop that
 * is compiled at run time once there are rows enough (after Neumann, "Efficiently Compiling
 * Efficient Query Plans for Modern Hardware", VLDB 2011, but batch by batch).
 *
 * <p>It takes a batch or leaves it to the interpreted kernels, whole: as long as the loop is not
 * worth compiling, and when a row went wrong or may have. So it raises no errors, and its sums are
 * exact in 64 bits: whoever uses it asks {@link #hasRoom} before each batch, and if there is none
 * carries the sums elsewhere and clears this.
 */
public final class FusedSums {
    private static final long ROOM = Long.MAX_VALUE / 2;

    /** With more groups their sums are no longer near, and to carry them elsewhere costs. */
    private static final int MOST_GROUPS = 1 << 16;

    private final FusedTerms terms;
    private final FusedTier tier;
    private final FusedState state;
    private int groups;
    private long bound; // no sum of longs is farther from 0

    private FusedSums(FusedTerms terms) {
        this.terms = terms;
        this.tier = new FusedTier(terms);
        this.state = new FusedState(terms);
    }

    /**
     * @param terms each once
     */
    public static FusedSums of(List<FusedTerm> terms) {
        return new FusedSums(new FusedTerms(terms));
    }

    /** Whether values of the expression can be folded here, or, of a condition, choose rows. */
    public static boolean folds(Expr expr) {
        return FusedTerms.takes(expr);
    }

    /** Whether values of the expression can be counted here. */
    public static boolean counts(Expr expr) {
        return expr instanceof Expr.Input || FusedTerms.takes(expr);
    }

    /**
     * Whether no batch can make a sum overflow, and so many groups are none too many.
     *
     * @param groupCount greater than every group number so far
     */
    public boolean hasRoom(int groupCount) {
        return groups == 0 || bound < ROOM && groupCount <= MOST_GROUPS;
    }

    /**
     * Takes the rows of a batch in, or none of them.
     *
     * @param rowGroups the group of each row; null when there is one group only
     * @param groupCount greater than every group number so far
     */
    public boolean add(Batch batch, int[] rowGroups, int groupCount) {
        FusedLoop loop = groupCount > MOST_GROUPS ? null : tier.loop(batch, rowGroups == null);
        if (loop == null) {
            return false;
        }
        int rows = batch.rows();
        groups = Math.max(groups, groupCount);
        state.grow(groupCount);
        state.save(rowGroups, groupCount, rows);
        long far = loop.add(tier.in(), terms.literals(), rowGroups, state, rows);
        if (far < 0 || far >= ROOM / rows - 1) {
            loop.remove(tier.in(), terms.literals(), rowGroups, state, rows);
            state.restore(rowGroups, groupCount, rows);
            tier.failed();
            return false;
        }
        bound += rows * (far + 1);
        return true;
    }

    /** Groups that there may be sums of; others have none. */
    public int groups() {
        return groups;
    }

    /** By group, how many rows. */
    public long[] rows() {
        return every(state.longs, terms.stride(), 0);
    }

    /** By group, how many values of a term. */
    public long[] counts(int term) {
        long[] counts = rows();
        for (int group = 0; group < groups; group++) {
            counts[group] -= state.missing[group * terms.size() + term];
        }
        return counts;
    }

    /** By group, the sum or the extreme of a term whose values are longs. */
    public long[] longs(int term) {
        return terms.term(term).place() == FusedTerm.Place.LONGS
                ? every(state.longs, terms.stride(), terms.slot(term))
                : every(state.bests, terms.bests(), terms.slot(term));
    }

    /** By group, the sum or the extreme of a term whose values are doubles. */
    public double[] doubles(int term) {
        return doublesAt(terms.slot(term));
    }

    /** By group, what is to be added to the {@link #doubles} of a sum: it was lost by rounding. */
    public double[] lost(int term) {
        return doublesAt(terms.slot(term) + 1);
    }

    private double[] doublesAt(int slot) {
        double[] out = new double[groups];
        for (int group = 0; group < groups; group++) {
            out[group] = state.doubles[group * terms.doubles() + slot];
        }
        return out;
    }

    private long[] every(long[] values, int width, int slot) {
        long[] out = new long[groups];
        for (int group = 0; group < groups; group++) {
            out[group] = values[group * width + slot];
        }
        return out;
    }

    public void clear() {
        state.clear();
        groups = 0;
        bound = 0;
    }

    public long bytes() {
        return state.bytes();
    }
}
