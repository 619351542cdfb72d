package org.skep.executor.format.parquet;

import java.util.Arrays;

/** The least and the greatest of some values of a leaf, as Parquet's statistics have them. */
final class Bounds {
    /** Longer bounds are cut: they serve to compare, not to read. */
    private static final int LONGEST = 64;

    private final byte[] min;
    private final byte[] max;
    private final boolean minCut;
    private final boolean maxCut;

    private Bounds(byte[] min, byte[] max, boolean minCut, boolean maxCut) {
        this.min = min;
        this.max = max;
        this.minCut = minCut;
        this.maxCut = maxCut;
    }

    byte[] min() {
        return min;
    }

    byte[] max() {
        return max;
    }

    boolean isMinExact() {
        return !minCut;
    }

    boolean isMaxExact() {
        return !maxCut;
    }

    /** Bounds of values whose places are known; null when there are none. */
    static Bounds of(Values values, Extremes extremes) {
        if (extremes.least < 0) {
            return null;
        }
        byte[] min = encoded(values, extremes.least, -0.0);
        byte[] max = encoded(values, extremes.greatest, 0.0);
        if (values.kind != Physical.BYTE_ARRAY) {
            return new Bounds(min, max, false, false);
        }
        byte[] lower = min.length > LONGEST ? Arrays.copyOf(min, LONGEST) : min;
        byte[] upper = max.length > LONGEST ? successor(max) : max;
        return new Bounds(lower, upper, lower != min, upper != max);
    }

    /** A shorter array that is greater; the same when there is none. */
    private static byte[] successor(byte[] bytes) {
        for (int i = LONGEST - 1; i >= 0; i--) {
            if (bytes[i] != -1) {
                byte[] next = Arrays.copyOf(bytes, i + 1);
                next[i]++;
                return next;
            }
        }
        return bytes;
    }

    /** Zeros are widened to the sign that makes the bound hold for both. */
    private static byte[] encoded(Values values, int i, double zero) {
        ByteSink out = new ByteSink();
        boolean floating = values.kind == Physical.DOUBLE || values.kind == Physical.FLOAT;
        if (floating && values.doubles[i] == 0) {
            Values widened = new Values(values.kind, 1);
            widened.doubles[0] = zero;
            ValueEncoder.plain(widened, 0, out);
        } else if (values.kind == Physical.BYTE_ARRAY) {
            out.write(values.data, values.starts[i], values.lengths[i]);
        } else {
            ValueEncoder.plain(values, i, out);
        }
        return Arrays.copyOf(out.bytes(), out.size());
    }
}
