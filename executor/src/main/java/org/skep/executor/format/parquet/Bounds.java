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

    /**
     * Bounds of values {@code from} to before {@code to}; null when they have no order or are NaN.
     */
    static Bounds of(Values values, int from, int to) {
        int least = -1;
        int greatest = -1;
        for (int i = from; i < to; i++) {
            boolean nan =
                    (values.kind == Physical.DOUBLE || values.kind == Physical.FLOAT)
                            && Double.isNaN(values.doubles[i]);
            if (!nan) {
                least = least < 0 || compare(values, i, least) < 0 ? i : least;
                greatest = greatest < 0 || compare(values, i, greatest) > 0 ? i : greatest;
            }
        }
        if (least < 0) {
            return null;
        }
        byte[] min = encoded(values, least, -0.0);
        byte[] max = encoded(values, greatest, 0.0);
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

    private static int compare(Values values, int a, int b) {
        return switch (values.kind) {
            case BOOLEAN -> Byte.compare(values.booleans[a], values.booleans[b]);
            case INT32 -> Integer.compare(values.ints[a], values.ints[b]);
            case INT64 -> Long.compare(values.longs[a], values.longs[b]);
            case FLOAT, DOUBLE -> Double.compare(values.doubles[a], values.doubles[b]);
            case BYTE_ARRAY, INT96 -> compareBytes(values, a, b);
            case FIXED -> {
                // big-endian two's complement: the sign decides first
                int signs =
                        Byte.compare(values.data[values.starts[a]], values.data[values.starts[b]]);
                yield signs != 0 ? signs : compareBytes(values, a, b);
            }
        };
    }

    private static int compareBytes(Values values, int a, int b) {
        return Arrays.compareUnsigned(
                values.data,
                values.starts[a],
                values.starts[a] + values.lengths[a],
                values.data,
                values.starts[b],
                values.starts[b] + values.lengths[b]);
    }
}
