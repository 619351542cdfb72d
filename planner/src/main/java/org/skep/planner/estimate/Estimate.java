package org.skep.planner.estimate;

import java.util.List;
import java.util.Map;

/**
 * How many rows an expression gives and what its columns look like.
 *
 * @param most as many rows as it gives when no condition drops any and all joins are from rows to
 *     the one row that they refer to; what is certain of tables makes it nearly so
 * @param columns one per column of the row
 * @param confidence in {@code rows}
 */
public record Estimate(
        double rows, double most, List<ColumnEstimate> columns, Confidence confidence) {
    public Estimate {
        rows = Math.max(rows, 0);
        most = Math.max(rows, most);
        columns = List.copyOf(columns);
    }

    /** How a number of rows is known, the best first. */
    public enum Confidence {
        /** Counted. */
        EXACT,
        /** Computed from counts and from statistics of columns, under the usual assumptions. */
        DERIVED,
        /** From a condition or a column of which nothing is known. */
        GUESSED,
        /** From a count of some rows, or of an older state: everything may be another way now. */
        SAMPLED;

        /**
         * Rows to count with where more than are expected would cost much: between those that are
         * expected and {@code most}, nearer to these the less is known.
         */
        public double cautious(double expected, double most) {
            double doubt =
                    switch (this) {
                        case EXACT -> 0;
                        case DERIVED -> 0.2;
                        case GUESSED -> 0.4;
                        case SAMPLED -> 0.7;
                    };
            return Math.pow(expected, 1 - doubt) * Math.pow(most, doubt);
        }

        /** What is known of what is computed from both. */
        public Confidence and(Confidence other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    public ColumnEstimate column(int index) {
        return index < columns.size() ? columns.get(index) : ColumnEstimate.UNKNOWN;
    }

    /** Bytes of all rows, decoded. */
    public double bytes() {
        double width = 0;
        for (ColumnEstimate column : columns) {
            width += column.bytes();
        }
        return rows * Math.max(width, 1);
    }

    /** As many different values as the column can have among the rows. */
    public double distinct(int column) {
        double distinct = column(column).distinct();
        return Math.max(1, Math.min(distinct < 0 ? rows : distinct, rows));
    }

    /**
     * To decide by where more rows than expected would cost much and fewer little: where counts may
     * be old, a cautious number of rows.
     */
    public Estimate doubted() {
        return confidence == Confidence.SAMPLED
                ? new Estimate(confidence.cautious(rows, most), most, columns, confidence)
                : this;
    }

    /** The same columns of fewer rows, after a condition. */
    Estimate withRows(double count, Confidence how) {
        return new Estimate(count, most, columns, confidence.and(how));
    }

    /**
     * About one column.
     *
     * @param distinct different values, -1 when not known
     * @param min the least value as a number (dates in days, timestamps in microseconds), NaN when
     *     not known or not a number
     * @param max the greatest value
     * @param nulls the share of nulls, from 0 to 1
     * @param bytes of a decoded value
     * @param frequent the share of rows that have a value, for values known to be frequent: numbers
     *     as min and max have them, and texts
     * @param quantiles how values are spread between min and max
     */
    public record ColumnEstimate(
            double distinct,
            double min,
            double max,
            double nulls,
            double bytes,
            Map<Object, Double> frequent,
            Quantiles quantiles) {
        public static final ColumnEstimate UNKNOWN =
                new ColumnEstimate(-1, Double.NaN, Double.NaN, 0, 16);

        public ColumnEstimate {
            frequent = Map.copyOf(frequent);
        }

        /** Of no value it is known that it is frequent. */
        public ColumnEstimate(double distinct, double min, double max, double nulls, double bytes) {
            this(distinct, min, max, nulls, bytes, Map.of(), Quantiles.UNKNOWN);
        }

        ColumnEstimate withDistinct(double count) {
            return new ColumnEstimate(count, min, max, nulls, bytes, frequent, quantiles);
        }

        /**
         * The share of rows that have a value.
         *
         * @param value as {@code frequent} has it; null for one that is not known
         * @param otherwise when nothing is known
         */
        double share(Object value, double otherwise) {
            Double known = value == null ? null : frequent.get(value);
            if (known != null) {
                return known;
            }
            if (distinct <= 0) {
                return otherwise;
            }
            if (value == null || frequent.isEmpty()) {
                return 1 / distinct;
            }
            double rest = 1 - nulls;
            double least = 1;
            for (double share : frequent.values()) {
                rest -= share;
                least = Math.min(least, share);
            }
            // as if all the others were equally frequent, and none more than those that are listed
            double even = Math.max(0, rest) / Math.max(1, distinct - frequent.size());
            return Math.min(least, even);
        }

        ColumnEstimate between(double low, double high) {
            double newMin = Double.isNaN(min) ? low : Double.isNaN(low) ? min : Math.max(min, low);
            double newMax =
                    Double.isNaN(max) ? high : Double.isNaN(high) ? max : Math.min(max, high);
            return new ColumnEstimate(distinct, newMin, newMax, nulls, bytes, frequent, quantiles);
        }
    }
}
