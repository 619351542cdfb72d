package org.skep.executor.kernel;

import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/**
 * Integer keys of a join packed into one long each: exact, and out of range means no match. A key
 * is the distance from the least one of the build side, in as many bits as the greatest needs.
 */
final class KeyCodes {
    private final long[] least;
    private final long[] range;
    private final int[] shift;

    private KeyCodes(int keys) {
        least = new long[keys];
        range = new long[keys];
        shift = new int[keys];
    }

    /** The packing of these columns' rows; null when the keys cannot be packed. */
    static KeyCodes of(Column[] keys) {
        KeyCodes codes = new KeyCodes(keys.length);
        int bits = 0;
        for (int i = keys.length - 1; i >= 0; i--) {
            Type.Layout layout = keys[i].type().layout();
            if (layout != Type.Layout.INT && layout != Type.Layout.LONG) {
                return null;
            }
            codes.shift[i] = bits;
            codes.measure(i, keys[i]);
            bits += 64 - Long.numberOfLeadingZeros(codes.range[i]);
        }
        return keys.length > 0 && bits <= 64 ? codes : null;
    }

    private void measure(int key, Column column) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < column.rows(); i++) {
            if (!column.isNull(i)) {
                long value =
                        column instanceof IntColumn ints
                                ? ints.values()[i]
                                : ((LongColumn) column).values()[i];
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        boolean none = min > max;
        least[key] = none ? 0 : min;
        range[key] = none ? 0 : max - min;
    }

    /** The greatest code, unsigned. */
    long most() {
        long most = 0;
        for (int i = 0; i < range.length; i++) {
            most |= range[i] << shift[i];
        }
        return most;
    }

    /** Codes of flat key columns; {@code rows} gets the rows that may match, and how many. */
    int pack(Column[] keys, int count, long[] codes, int[] rows) {
        int found = count;
        for (int key = 0; key < keys.length; key++) {
            found = pack(key, keys[key], key == 0, found, codes, rows);
        }
        return found;
    }

    private int pack(int key, Column column, boolean first, int count, long[] codes, int[] rows) {
        long from = least[key];
        long last = range[key];
        int left = shift[key];
        int kept = 0;
        long[] validity = column.validity();
        long[] longs = column instanceof LongColumn column64 ? column64.values() : null;
        int[] ints = column instanceof IntColumn column32 ? column32.values() : null;
        for (int i = 0; i < count; i++) {
            int row = first ? i : rows[i];
            long distance = (longs != null ? longs[row] : ints[row]) - from;
            boolean may =
                    Long.compareUnsigned(distance, last) <= 0
                            && (validity == null || (validity[row >> 6] >>> row & 1) != 0);
            if (may) {
                long code = left == 64 ? 0 : distance << left;
                codes[row] = first ? code : codes[row] | code;
                rows[kept++] = row;
            }
        }
        return kept;
    }
}
