package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.SortKey;

/**
 * The beginning of a sort key as a long: rows whose prefixes differ are in the order of the
 * prefixes, of others it says nothing. Comparable between batches.
 */
public final class SortPrefix {
    private SortPrefix() {}

    /** Puts a prefix per row of a flat column into {@code out}. */
    public static void encode(Column column, SortKey key, long[] out) {
        int rows = column.rows();
        switch (column.type().layout()) {
            case BOOLEAN -> {
                byte[] values = ((BooleanColumn) column).values();
                for (int i = 0; i < rows; i++) {
                    out[i] = values[i];
                }
            }
            case INT -> {
                int[] values = ((IntColumn) column).values();
                for (int i = 0; i < rows; i++) {
                    out[i] = values[i];
                }
            }
            case LONG -> System.arraycopy(((LongColumn) column).values(), 0, out, 0, rows);
            case DOUBLE -> {
                double[] values = ((DoubleColumn) column).values();
                for (int i = 0; i < rows; i++) {
                    out[i] = ordered(values[i]);
                }
            }
            case DECIMAL -> System.arraycopy(((DecimalColumn) column).highs(), 0, out, 0, rows);
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                for (int i = 0; i < rows; i++) {
                    out[i] = ordered(bytes, i);
                }
            }
            case ARRAY, STRUCT -> Arrays.fill(out, 0, rows, 0);
        }
        if (!key.ascending()) {
            for (int i = 0; i < rows; i++) {
                out[i] = ~out[i];
            }
        }
        if (column.hasNulls()) {
            long edge = key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
            for (int i = 0; i < rows; i++) {
                if (column.isNull(i)) {
                    out[i] = edge;
                }
            }
        }
    }

    /** A long in the order of doubles: NaN last, both zeros alike. */
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    private static long ordered(BytesColumn column, int row) {
        byte[] data = column.data();
        int start = column.starts()[row];
        int length = Math.min(8, column.lengths()[row]);
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (data[start + i] & 0xFFL) << 56 - 8 * i;
        }
        return word ^ Long.MIN_VALUE;
    }
}
