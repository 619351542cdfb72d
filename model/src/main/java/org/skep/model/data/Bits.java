package org.skep.model.data;

import java.util.Arrays;

/** Validity bits: bit {@code row} of {@code bits[row >> 6]} is set when the row is not null. */
public final class Bits {
    private Bits() {}

    public static int words(int rows) {
        return (rows + 63) >>> 6;
    }

    public static boolean get(long[] bits, int row) {
        return (bits[row >> 6] >>> row & 1) != 0;
    }

    public static void set(long[] bits, int row) {
        bits[row >> 6] |= 1L << row;
    }

    public static void clear(long[] bits, int row) {
        bits[row >> 6] &= ~(1L << row);
    }

    /** Bits for {@code rows} rows, all set; those beyond the last row are clear. */
    public static long[] allSet(int rows) {
        long[] bits = new long[words(rows)];
        Arrays.fill(bits, -1L);
        if ((rows & 63) != 0) {
            bits[bits.length - 1] = (1L << rows) - 1;
        }
        return bits;
    }

    /** Set where both are; null stands for all set. */
    public static long[] and(long[] a, long[] b) {
        if (a == null) {
            return b;
        }
        if (b == null) {
            return a;
        }
        long[] both = new long[Math.min(a.length, b.length)];
        for (int i = 0; i < both.length; i++) {
            both[i] = a[i] & b[i];
        }
        return both;
    }

    public static int count(long[] bits, int rows) {
        int count = 0;
        for (int i = 0; i < rows >> 6; i++) {
            count += Long.bitCount(bits[i]);
        }
        if ((rows & 63) != 0) {
            count += Long.bitCount(bits[rows >> 6] & ((1L << rows) - 1));
        }
        return count;
    }

    /** The bits, or null when all of the first {@code rows} are set. */
    public static long[] orNull(long[] bits, int rows) {
        return bits == null || count(bits, rows) == rows ? null : bits;
    }

    /** {@code out[i]} = {@code bits[positions[i]]}; a negative position gives a clear bit. */
    public static long[] gather(long[] bits, int[] positions, int count) {
        long[] out = new long[words(count)];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0 && (bits == null || get(bits, position))) {
                out[i >> 6] |= 1L << i;
            }
        }
        return orNull(out, count);
    }

    public static long[] slice(long[] bits, int from, int count) {
        if (bits == null) {
            return null;
        }
        long[] out = new long[words(count)];
        int shift = from & 63;
        int base = from >> 6;
        for (int i = 0; i < out.length; i++) {
            long word = bits[base + i] >>> shift;
            if (shift != 0 && base + i + 1 < bits.length) {
                word |= bits[base + i + 1] << (64 - shift);
            }
            out[i] = word;
        }
        if ((count & 63) != 0) {
            out[out.length - 1] &= (1L << count) - 1;
        }
        return orNull(out, count);
    }

    static boolean anyNegative(int[] positions, int count) {
        int sign = 0;
        for (int i = 0; i < count; i++) {
            sign |= positions[i];
        }
        return sign < 0;
    }
}
