package org.skep.catalog.iceberg;

import java.util.List;

/**
 * What a statistics file says of a column.
 *
 * @param snapshot which was looked at
 * @param distinct how many different values there are, about
 * @param rows how many rows that snapshot has; -1 when not known
 * @param nulls of these rows; -1 when not known
 * @param frequent the most frequent values, the first first
 * @param error how many times more than it says a frequent value may be there; one that is not
 *     listed is there at most so often
 * @param quantiles that part the values into equal shares, as numbers; empty when not known
 */
public record SketchedColumn(
        long snapshot,
        double distinct,
        double rows,
        double nulls,
        List<FrequentValue> frequent,
        double error,
        List<Double> quantiles) {
    public SketchedColumn {
        frequent = List.copyOf(frequent);
        quantiles = List.copyOf(quantiles);
    }

    /**
     * A value.
     *
     * @param value boxed as {@code Column.value} gives it
     * @param count how often it is there at least
     */
    public record FrequentValue(Object value, long count) {}

    /**
     * How many different values there are probably when there are more rows by now, or fewer: where
     * nearly every row had its own, others have theirs; a few values stay the same few.
     */
    public double distinctAmong(double now) {
        if (rows <= 0 || now < 0) {
            return distinct;
        }
        double growth = Math.pow(Math.max(1, now / rows), Math.min(1, 2 * distinct / rows));
        return Math.min(now, distinct * growth);
    }
}
