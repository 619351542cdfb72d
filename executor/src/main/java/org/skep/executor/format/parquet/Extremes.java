package org.skep.executor.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Where the least and the greatest of some values are, NaN apart; both -1 when there are none. */
final class Extremes {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Values values;
    int least = -1;
    int greatest = -1;

    Extremes(Values values) {
        this.values = values;
    }

    /** Values {@code from} to before {@code to}. */
    static Extremes of(Values values, int from, int to) {
        Extremes extremes = new Extremes(values);
        if (from < to) {
            switch (values.kind) {
                case INT32 -> extremes.ofInts(from, to);
                case INT64 -> extremes.ofLongs(from, to);
                case BYTE_ARRAY -> extremes.ofBytes(from, to);
                case BOOLEAN, FLOAT, DOUBLE, FIXED, INT96 -> {
                    for (int i = from; i < to; i++) {
                        extremes.add(i);
                    }
                }
            }
        }
        return extremes;
    }

    /** The same of values that a dictionary numbers: each entry is looked at once. */
    static Extremes of(Values values, DictionaryBuilder dictionary, int from, int to) {
        boolean[] seen = new boolean[dictionary.entries()];
        int[] ids = dictionary.ids();
        for (int i = from; i < to; i++) {
            seen[ids[i]] = true;
        }
        Extremes extremes = new Extremes(values);
        for (int entry = 0; entry < seen.length; entry++) {
            if (seen[entry]) {
                extremes.add(dictionary.firsts()[entry]);
            }
        }
        return extremes;
    }

    void add(Extremes others) {
        if (others.least >= 0) {
            add(others.least);
            add(others.greatest);
        }
    }

    private void add(int i) {
        boolean floating = values.kind == Physical.DOUBLE || values.kind == Physical.FLOAT;
        if (floating && Double.isNaN(values.doubles[i])) {
            return;
        }
        least = least < 0 || compare(i, least) < 0 ? i : least;
        greatest = greatest < 0 || compare(i, greatest) > 0 ? i : greatest;
    }

    private void ofInts(int from, int to) {
        int[] ints = values.ints;
        int min = from;
        int max = from;
        for (int i = from + 1; i < to; i++) {
            int value = ints[i];
            if (value < ints[min]) {
                min = i;
            } else if (value > ints[max]) {
                max = i;
            }
        }
        least = min;
        greatest = max;
    }

    private void ofLongs(int from, int to) {
        long[] longs = values.longs;
        int min = from;
        int max = from;
        for (int i = from + 1; i < to; i++) {
            long value = longs[i];
            if (value < longs[min]) {
                min = i;
            } else if (value > longs[max]) {
                max = i;
            }
        }
        least = min;
        greatest = max;
    }

    /** Nearly all comparisons are settled by the first eight bytes. */
    private void ofBytes(int from, int to) {
        least = from;
        greatest = from;
        long low = prefix(from);
        long high = low;
        for (int i = from + 1; i < to; i++) {
            long prefix = prefix(i);
            int below = Long.compareUnsigned(prefix, low);
            if (below < 0 || below == 0 && compare(i, least) < 0) {
                least = i;
                low = prefix;
            }
            int above = Long.compareUnsigned(prefix, high);
            if (above > 0 || above == 0 && compare(i, greatest) > 0) {
                greatest = i;
                high = prefix;
            }
        }
    }

    /** The first eight bytes as a number that orders as they do; zeros for those missing. */
    private long prefix(int i) {
        int start = values.starts[i];
        int length = values.lengths[i];
        if (length >= Long.BYTES) {
            return (long) BIG_ENDIAN.get(values.data, start);
        }
        long prefix = 0;
        for (int j = 0; j < length; j++) {
            prefix |= (values.data[start + j] & 0xffL) << 56 - 8 * j;
        }
        return prefix;
    }

    private int compare(int a, int b) {
        return switch (values.kind) {
            case BOOLEAN -> Byte.compare(values.booleans[a], values.booleans[b]);
            case INT32 -> Integer.compare(values.ints[a], values.ints[b]);
            case INT64 -> Long.compare(values.longs[a], values.longs[b]);
            case FLOAT, DOUBLE -> Double.compare(values.doubles[a], values.doubles[b]);
            case BYTE_ARRAY, INT96 -> compareBytes(a, b);
            case FIXED -> {
                // big-endian two's complement: the sign decides first
                int signs =
                        Byte.compare(values.data[values.starts[a]], values.data[values.starts[b]]);
                yield signs != 0 ? signs : compareBytes(a, b);
            }
        };
    }

    private int compareBytes(int a, int b) {
        return Arrays.compareUnsigned(
                values.data,
                values.starts[a],
                values.starts[a] + values.lengths[a],
                values.data,
                values.starts[b],
                values.starts[b] + values.lengths[b]);
    }
}
