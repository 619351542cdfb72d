package org.skep.executor.operator;

import org.skep.executor.eval.Evaluator;
import org.skep.executor.kernel.IntervalIndex;
import org.skep.executor.kernel.SortPrefix;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.plan.JoinBounds;
import org.skep.model.plan.SortKey;

/**
 * Which right rows a left row may match, by the ranges that a join condition speaks of. More than
 * do match, never fewer: ends are compared by the beginnings of their values. Where an end cannot
 * be computed there are no candidates to be told, so that the condition itself fails where it must.
 */
final class RangeCandidates {
    /** As many rows are tried faster than looked up. */
    private static final int FEWEST = 16;

    private static final SortKey ASCENDING = new SortKey(0, true, true);

    private final Evaluator leftLow;
    private final Evaluator leftHigh;
    private final Evaluator rightLow;
    private final Evaluator rightHigh;
    private IntervalIndex index; // null when there is none
    private long[] lows = {}; // of the left batch
    private long[] highs = {};
    private boolean[] nulls = {};

    RangeCandidates(JoinBounds bounds, OperatorServices services) {
        this.leftLow = evaluator(bounds.leftLow(), services);
        this.leftHigh = evaluator(bounds.leftHigh(), services);
        this.rightLow = evaluator(bounds.rightLow(), services);
        this.rightHigh = evaluator(bounds.rightHigh(), services);
    }

    private static Evaluator evaluator(Expr expr, OperatorServices services) {
        return expr == null ? null : services.evaluator(expr);
    }

    /** Takes in the right side; says how many bytes that takes. */
    long build(Batch right) {
        if (right.rows() < FEWEST) {
            return 0;
        }
        boolean[] unmatched = new boolean[right.rows()];
        try {
            long[] from = ends(rightLow, right, unmatched);
            long[] to = ends(rightHigh, right, unmatched);
            index = new IntervalIndex(right.rows(), from, to, unmatched);
            return index.bytes();
        } catch (QueryException notComputed) { // for some row; the condition may never ask for it
            return 0;
        }
    }

    /** Begins a left batch; false when every right row must be tried. */
    boolean begin(Batch left) {
        if (index == null) {
            return false;
        }
        nulls = new boolean[left.rows()];
        try {
            lows = ends(leftLow, left, nulls);
            highs = ends(leftHigh, left, nulls);
            return true;
        } catch (QueryException notComputed) { // see above
            return false;
        }
    }

    /** The ends by row, null for none; notes rows where one is NULL. */
    private static long[] ends(Evaluator evaluator, Batch batch, boolean[] nulls) {
        if (evaluator == null) {
            return null;
        }
        Column column = evaluator.evaluate(batch).flat();
        long[] ends = new long[batch.rows()];
        SortPrefix.encode(column, ASCENDING, ends);
        for (int i = 0; i < ends.length && column.hasNulls(); i++) {
            nulls[i] |= column.isNull(i);
        }
        return ends;
    }

    /** The first place from {@code place} on whose row may match a left one; -1 for none. */
    int next(int leftRow, int place) {
        if (nulls[leftRow]) {
            return -1;
        }
        int end = index.end(highs == null ? Long.MAX_VALUE : highs[leftRow]);
        return index.next(place, end, lows == null ? Long.MIN_VALUE : lows[leftRow]);
    }

    int row(int place) {
        return index.row(place);
    }
}
