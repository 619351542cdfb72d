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
 * Some rows of a sort key as unsigned numbers in the order wanted, squeezed to their range.
 *
 * @param bits how many low bits the greatest number has
 * @param exact whether rows of equal numbers have equal keys
 */
record SortValues(int bits, boolean exact) {
    /**
     * @param order the rows at {@code order[from]} and after; null for rows 0 and after
     * @param out gets a number per row, from 0
     */
    static SortValues encode(
            Column column, SortKey key, int[] order, int from, int count, long[] out) {
        boolean exact = fill(column, order, from, count, out);
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        int nulls = 0;
        if (column.hasNulls()) {
            for (int i = 0; i < count; i++) {
                if (column.isNull(order == null ? i : order[from + i])) {
                    nulls++;
                } else {
                    min = Math.min(min, out[i]);
                    max = Math.max(max, out[i]);
                }
            }
        } else {
            for (int i = 0; i < count; i++) {
                min = Math.min(min, out[i]);
                max = Math.max(max, out[i]);
            }
        }
        if (nulls == count) {
            Arrays.fill(out, 0, count, 0);
            return new SortValues(0, true);
        }
        if (key.ascending()) {
            for (int i = 0; i < count; i++) {
                out[i] -= min;
            }
        } else {
            for (int i = 0; i < count; i++) {
                out[i] = max - out[i];
            }
        }
        long range = max - min;
        if (nulls > 0) {
            if (range == -1L) { // no number is left for null
                exact = false;
                range >>>= 1;
                for (int i = 0; i < count; i++) {
                    out[i] >>>= 1;
                }
            }
            range++;
            placeNulls(column, key, order, from, count, range, out);
        }
        return new SortValues(64 - Long.numberOfLeadingZeros(range), exact);
    }

    private static void placeNulls(
            Column column, SortKey key, int[] order, int from, int count, long last, long[] out) {
        for (int i = 0; i < count; i++) {
            boolean isNull = column.isNull(order == null ? i : order[from + i]);
            if (key.nullsFirst()) {
                out[i] = isNull ? 0 : out[i] + 1;
            } else if (isNull) {
                out[i] = last;
            }
        }
    }

    /** Signed numbers in the natural order; says whether they tell all values apart. */
    private static boolean fill(Column column, int[] order, int from, int count, long[] out) {
        switch (column.type().layout()) {
            case BOOLEAN -> {
                byte[] values = ((BooleanColumn) column).values();
                for (int i = 0; i < count; i++) {
                    out[i] = values[order == null ? i : order[from + i]];
                }
                return true;
            }
            case INT -> {
                int[] values = ((IntColumn) column).values();
                for (int i = 0; i < count; i++) {
                    out[i] = values[order == null ? i : order[from + i]];
                }
                return true;
            }
            case LONG -> {
                long[] values = ((LongColumn) column).values();
                for (int i = 0; i < count; i++) {
                    out[i] = values[order == null ? i : order[from + i]];
                }
                return true;
            }
            case DOUBLE -> {
                double[] values = ((DoubleColumn) column).values();
                for (int i = 0; i < count; i++) {
                    out[i] = SortPrefix.ordered(values[order == null ? i : order[from + i]]);
                }
                return true;
            }
            case DECIMAL -> {
                return fillDecimals((DecimalColumn) column, order, from, count, out);
            }
            case BYTES -> {
                return fillBytes((BytesColumn) column, order, from, count, out);
            }
            case ARRAY, STRUCT -> {
                Arrays.fill(out, 0, count, 0);
                return false;
            }
        }
        throw new IllegalStateException(column.type().toString());
    }

    /** The low halves when the high ones say nothing more, else the high ones. */
    private static boolean fillDecimals(
            DecimalColumn column, int[] order, int from, int count, long[] out) {
        long[] highs = column.highs();
        long[] lows = column.lows();
        boolean small = true;
        boolean sameHigh = true;
        long high = 0;
        boolean first = true;
        for (int i = 0; i < count; i++) {
            int row = order == null ? i : order[from + i];
            if (!column.isNull(row)) {
                small &= highs[row] == lows[row] >> 63;
                sameHigh &= first || highs[row] == high;
                high = highs[row];
                first = false;
            }
        }
        for (int i = 0; i < count; i++) {
            int row = order == null ? i : order[from + i];
            out[i] = small ? lows[row] : sameHigh ? lows[row] ^ Long.MIN_VALUE : highs[row];
        }
        return small || sameHigh;
    }

    /**
     * Seven bytes behind what all values begin with, then how many bytes there are, 8 for more than
     * seven: so a value that ends comes before one that goes on with zeros.
     */
    private static boolean fillBytes(
            BytesColumn column, int[] order, int from, int count, long[] out) {
        int common = commonPrefix(column, order, from, count);
        byte[] data = column.data();
        boolean exact = true;
        for (int i = 0; i < count; i++) {
            int row = order == null ? i : order[from + i];
            int rest = column.lengths()[row] - common;
            int start = column.starts()[row] + common;
            if (rest > 7 && !column.isNull(row)) {
                exact = false;
            }
            long word = 0;
            for (int j = 0; j < Math.min(7, rest); j++) {
                word |= (data[start + j] & 0xFFL) << 56 - 8 * j;
            }
            out[i] = (word | Math.max(0, Math.min(8, rest))) ^ Long.MIN_VALUE;
        }
        return exact;
    }

    private static int commonPrefix(BytesColumn column, int[] order, int from, int count) {
        byte[] data = column.data();
        int first = -1;
        int common = 0;
        for (int i = 0; i < count && (first < 0 || common > 0); i++) {
            int row = order == null ? i : order[from + i];
            if (column.isNull(row)) {
                continue;
            }
            int start = column.starts()[row];
            int length = column.lengths()[row];
            if (first < 0) {
                first = start;
                common = length;
            } else {
                common = Math.min(common, length);
                int mismatch =
                        Arrays.mismatch(data, first, first + common, data, start, start + common);
                common = mismatch < 0 ? common : mismatch;
            }
        }
        return common;
    }
}
