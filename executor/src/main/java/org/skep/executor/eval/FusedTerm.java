package org.skep.executor.eval;

import org.skep.model.plan.Expr;

/**
 * One thing that a loop makes: that {@link FusedSums} keeps for each group, or that {@link
 * FusedColumns} gives for each row.
 *
 * @param value what is folded where it is not null; null to count rows
 * @param filter a condition that must be true for a row to count; null for all rows
 */
public record FusedTerm(Expr value, Expr filter, Fold fold) {
    /** What is made of the values. All are counted as well. */
    public enum Fold {
        COUNT,
        SUM,
        MIN,
        MAX,
        /** Nothing: they are a column. */
        COLUMN
    }

    /** Where the folded values are kept. */
    enum Place {
        NOWHERE,
        /** Sums of integers and decimals. */
        LONGS,
        /** Sums of doubles, and beside them what rounding lost. */
        SUMMED_DOUBLES,
        /** Extremes of what a long holds. */
        BEST_LONGS,
        BEST_DOUBLES,
        COLUMNS
    }

    Place place() {
        if (fold == Fold.COUNT) {
            return Place.NOWHERE;
        }
        if (fold == Fold.COLUMN) {
            return Place.COLUMNS;
        }
        boolean floating = FusedDoubles.holds(value.type());
        if (fold == Fold.SUM) {
            return floating ? Place.SUMMED_DOUBLES : Place.LONGS;
        }
        return floating ? Place.BEST_DOUBLES : Place.BEST_LONGS;
    }
}
