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

    /**
     * @param codes as {@link Hashes#codes} gives them, without those of nulls
     * @param count how many of them there are
     */
    private KeyFilter(Type type, long[] codes, int count) {
        this.type = type;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; isNumber() && i < count; i++) {
            min = Math.min(min, codes[i]);
            max = Math.max(max, codes[i]);
        }
        this.least = min;
        this.range = min > max ? 0 : max - min;
        // a Bloom filter takes 16 to 32 bits per key
        long limit = Math.min(MOST_NUMBERS, Math.max(FEW_NUMBERS, 32L * count));
        this.exact = min > max ? isNumber() : range >= 0 && range < limit;
        if (exact) {
            shift = 0;
            words = new long[(int) (range >>> 6) + 2]; // the last one is for what is out of range
            for (int i = 0; i < count; i++) {
                Bits.set(words, (int) (codes[i] - least));
            }
        } else {
            int bits = Math.max(4, 30 - Integer.numberOfLeadingZeros(Math.max(1, count)));
            shift = 64 - bits;
            words = new long[1 << bits];
            for (int i = 0; i < count; i++) {
                long hash = Hashes.mix(codes[i]);
                words[(int) (hash >>> shift)] |= mask(hash);
            }
        }
    }

    /** The filter of a key column; null when there are too many rows for it to be worthwhile. */
    static KeyFilter of(Column keys) {
        if (keys.rows() > MOST_KEYS) {
            return null;
        }
        Column flat = keys.flat();
        long[] codes = new long[flat.rows()];
        Hashes.codes(flat, codes);
        int kept = codes.length;
        if (flat.hasNulls()) {
            kept = 0;
            for (int i = 0; i < codes.length; i++) {
                codes[kept] = codes[i];
                kept += flat.isNull(i) ? 0 : 1;
            }
        }
        return new KeyFilter(keys.type(), codes, kept);
    }

    /** The same of the first {@code count} codes of values that are not null. */
    static KeyFilter of(Type type, long[] codes, int count) {
        return count > MOST_KEYS ? null : new KeyFilter(type, codes, count);
    }

    private boolean isNumber() {
        return type.layout() == Type.Layout.INT || type.layout() == Type.Layout.LONG;
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
