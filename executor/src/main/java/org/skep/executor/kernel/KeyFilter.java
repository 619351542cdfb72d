package org.skep.executor.kernel;

import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/**
 * The values of one key of a join's build side, to leave out probe rows that have no match: a bit
 * for every number between the least and the greatest where that is small, else a Bloom filter of
 * one word per key (a register-blocked one; Lang and others, "Performance-Optimal Filtering", VLDB
 * 2019). Never says no to a value that is there; null is never there. Used by many threads.
 */
public final class KeyFilter {
    /** Beyond so many keys a filter costs more than it is likely to spare. */
    private static final int MOST_KEYS = 1 << 24;

    /** A megabyte of bits is made in no time, and stays in a cache. */
    private static final long FEW_NUMBERS = 1L << 23;

    private static final long MOST_NUMBERS = 1L << 26;

    private final Type type;
    private final boolean exact;
    private final long least;
    private final long range; // greatest - least, unsigned
    private final long[] words;
    private final int shift;

    private KeyFilter(Column keys) {
        this.type = keys.type();
        int rows = keys.rows();
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        long[] values = new long[rows];
        if (isNumber()) {
            numbers(keys, values);
            for (int i = 0; i < rows; i++) {
                if (!keys.isNull(i)) {
                    min = Math.min(min, values[i]);
                    max = Math.max(max, values[i]);
                }
            }
        } else {
            Hashes.codes(keys, values);
        }
        this.least = min;
        this.range = min > max ? 0 : max - min;
        // a Bloom filter takes 16 to 32 bits per key
        long limit = Math.min(MOST_NUMBERS, Math.max(FEW_NUMBERS, 32L * rows));
        this.exact = min > max ? isNumber() : range >= 0 && range < limit;
        if (exact) {
            shift = 0;
            words = new long[(int) (range >>> 6) + 2]; // the last one is for what is out of range
            if (min <= max) {
                setBits(keys, values);
            }
        } else {
            int bits = Math.max(4, 30 - Integer.numberOfLeadingZeros(Math.max(1, rows)));
            shift = 64 - bits;
            words = new long[1 << bits];
            addToBloom(keys, values);
        }
    }

    /** The filter of a key column; null when there are too many rows for it to be worthwhile. */
    static KeyFilter of(Column keys) {
        return keys.rows() > MOST_KEYS ? null : new KeyFilter(keys.flat());
    }

    private boolean isNumber() {
        return type.layout() == Type.Layout.INT || type.layout() == Type.Layout.LONG;
    }

    private static void numbers(Column column, long[] out) {
        if (column instanceof LongColumn longs) {
            System.arraycopy(longs.values(), 0, out, 0, column.rows());
            return;
        }
        int[] ints = ((IntColumn) column).values();
        for (int i = 0; i < column.rows(); i++) {
            out[i] = ints[i];
        }
    }

    private void setBits(Column keys, long[] values) {
        for (int i = 0; i < keys.rows(); i++) {
            if (!keys.isNull(i)) {
                Bits.set(words, (int) (values[i] - least));
            }
        }
    }

    private void addToBloom(Column keys, long[] codes) {
        for (int i = 0; i < keys.rows(); i++) {
            if (!keys.isNull(i)) {
                long hash = Hashes.mix(codes[i]);
                words[(int) (hash >>> shift)] |= mask(hash);
            }
        }
    }

    /** Four bits of a word, by the lower bits of a hash. */
    private static long mask(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
    }

    public Type type() {
        return type;
    }

    /** Whether {@link #least} and {@link #greatest} mean anything: numbers, and there are some. */
    public boolean hasBounds() {
        return isNumber() && least != Long.MAX_VALUE;
    }

    /** The least key, boxed as in a column. */
    public Object least() {
        return boxed(least);
    }

    public Object greatest() {
        return boxed(least + range);
    }

    private Object boxed(long number) {
        Column one =
                type.layout() == Type.Layout.LONG
                        ? new LongColumn(type, new long[] {number}, 1, null)
                        : new IntColumn(type, new int[] {(int) number}, 1, null);
        return one.value(0);
    }

    /** Finds the rows whose value may be one of the keys; their places are ascending. */
    public int select(Column column, int[] selected) {
        Column flat = column.flat();
        int count = candidates(flat, selected);
        if (!flat.hasNulls()) {
            return count;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            selected[kept] = row;
            kept += flat.isNull(row) ? 0 : 1;
        }
        return kept;
    }

    private int candidates(Column flat, int[] selected) {
        int rows = flat.rows();
        if (exact && flat instanceof LongColumn longs) {
            return exact(longs.values(), rows, selected);
        }
        if (exact) {
            return exact(((IntColumn) flat).values(), rows, selected);
        }
        long[] codes;
        if (flat instanceof LongColumn longs) {
            codes = longs.values();
        } else {
            codes = new long[rows];
            Hashes.codes(flat, codes);
        }
        return bloom(codes, rows, selected);
    }

    private int exact(long[] values, int rows, int[] selected) {
        long[] bits = words;
        long from = least;
        long last = range;
        int outside = (bits.length - 1) << 6;
        int count = 0;
        for (int i = 0; i < rows; i++) {
            long distance = values[i] - from;
            boolean inside = distance + Long.MIN_VALUE <= last + Long.MIN_VALUE;
            int bit = inside ? (int) distance : outside;
            selected[count] = i;
            count += (int) (bits[bit >>> 6] >>> bit & 1);
        }
        return count;
    }

    private int exact(int[] values, int rows, int[] selected) {
        long[] bits = words;
        long from = least;
        long last = range;
        int outside = (bits.length - 1) << 6;
        int count = 0;
        for (int i = 0; i < rows; i++) {
            long distance = values[i] - from;
            boolean inside = distance + Long.MIN_VALUE <= last + Long.MIN_VALUE;
            int bit = inside ? (int) distance : outside;
            selected[count] = i;
            count += (int) (bits[bit >>> 6] >>> bit & 1);
        }
        return count;
    }

    private int bloom(long[] codes, int rows, int[] selected) {
        long[] blocks = words;
        int down = shift;
        int count = 0;
        for (int i = 0; i < rows; i++) {
            long hash = Hashes.mix(codes[i]);
            long mask = mask(hash);
            selected[count] = i;
            count += (blocks[(int) (hash >>> down)] & mask) == mask ? 1 : 0;
        }
        return count;
    }

    /** Bytes of heap. */
    long bytes() {
        return 8L * words.length;
    }
}
