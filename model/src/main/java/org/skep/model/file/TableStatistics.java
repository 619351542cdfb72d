package org.skep.model.file;

import java.io.Serializable;
import java.util.List;

/**
 * What is known about a table's rows at no cost.
 *
 * @param rows how many, -1 when not known
 * @param exact whether {@code rows} was counted, not estimated
 * @param columns one for each column of the schema, or empty when nothing is known
 */
public record TableStatistics(double rows, boolean exact, List<ColumnStatistics> columns)
        implements Serializable {
    public static final TableStatistics UNKNOWN = new TableStatistics(-1, false, List.of());

    public TableStatistics {
        columns = List.copyOf(columns);
    }

    public ColumnStatistics column(int index) {
        return index < columns.size() ? columns.get(index) : ColumnStatistics.UNKNOWN;
    }

    /**
     * About one column.
     *
     * @param min the smallest value, boxed as {@code Column.value} gives it, or null
     * @param max the greatest value, or null
     * @param nulls how many nulls, -1 when not known
     * @param distinct how many different values, estimated; -1 when not known
     * @param bytesPerRow mean size of a decoded value, -1 when not known
     * @param frequent values of which it is known that they are frequent
     * @param quantiles that part the values into equal shares, from the least to the greatest, as
     *     numbers (dates in days, timestamps in microseconds); empty when not known
     */
    public record ColumnStatistics(
            Object min,
            Object max,
            double nulls,
            double distinct,
            double bytesPerRow,
            List<Frequent> frequent,
            List<Double> quantiles)
            implements Serializable {
        public static final ColumnStatistics UNKNOWN = new ColumnStatistics(null, null, -1, -1, -1);

        public ColumnStatistics {
            frequent = List.copyOf(frequent);
            quantiles = List.copyOf(quantiles);
        }

        /** Of no value it is known that it is frequent. */
        public ColumnStatistics(
                Object min, Object max, double nulls, double distinct, double bytesPerRow) {
            this(min, max, nulls, distinct, bytesPerRow, List.of(), List.of());
        }
    }

    /**
     * A frequent value.
     *
     * @param value boxed as {@code Column.value} gives it
     * @param share of all rows, from 0 to 1
     */
    public record Frequent(Object value, double share) implements Serializable {}
}
