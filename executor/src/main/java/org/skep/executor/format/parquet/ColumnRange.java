package org.skep.executor.format.parquet;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.type.Type;

/**
 * What is known of some rows of a column: bounds of its values and how many are null.
 *
 * @param min no value is less; as {@code Column.value} gives it, STRING and BINARY as byte[], and
 *     null when not known
 * @param max no value is greater, with the exception of NaN; null when not known
 * @param tight whether both bounds occur
 * @param nulls how many values are null, -1 when not known
 * @param rows how many rows there are
 */
record ColumnRange(Type type, Object min, Object max, boolean tight, long nulls, long rows) {
    static ColumnRange unknown(Type type, long rows) {
        return new ColumnRange(type, null, null, false, -1, rows);
    }

    /** What a table knows of a column of one of its files. */
    static ColumnRange of(Type type, TableStatistics known, int column) {
        ColumnStatistics statistics = known.column(column);
        boolean bounded = statistics.min() != null && statistics.max() != null;
        return new ColumnRange(
                type,
                bounded ? bound(statistics.min()) : null,
                bounded ? bound(statistics.max()) : null,
                false,
                (long) statistics.nulls(),
                (long) known.rows());
    }

    private static Object bound(Object value) {
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
    }

    boolean isKnown() {
        return min != null && max != null;
    }

    boolean hasNullsOnly() {
        return nulls == rows;
    }

    boolean isSingleValue() {
        return tight && isKnown() && compare(min, max) == 0 && !type.isFloating();
    }

    /** Whether a value is of the sort that the bounds are of. */
    boolean isComparable(Object value) {
        if (value == null || value.getClass() == min.getClass()) {
            return value != null;
        }
        return (value instanceof Integer || value instanceof Long)
                && (min instanceof Integer || min instanceof Long);
    }

    /** Compares two values in the form of the bounds. */
    static int compare(Object a, Object b) {
        if (a instanceof byte[] left) {
            return Arrays.compareUnsigned(left, (byte[]) b);
        }
        if (a instanceof BigDecimal decimal) {
            return decimal.compareTo((BigDecimal) b);
        }
        if (a instanceof Double number) {
            return number.compareTo(((Number) b).doubleValue());
        }
        if (a instanceof Boolean flag) {
            return flag.compareTo((Boolean) b);
        }
        return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    }
}
