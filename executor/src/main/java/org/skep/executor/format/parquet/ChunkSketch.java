package org.skep.executor.format.parquet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.skep.model.data.Int128;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.sketch.SingleValue;
import org.skep.model.type.Type;

/**
 * Takes the values of a chunk into a sketch while they are at hand to be written. Where there is a
 * dictionary, each of its entries is hashed once, however often it occurs.
 *
 * <p>Counting the values of a chunk that has many different ones would cost more than all the rest.
 * So the hashes are counted in a few buckets first, and only values of buckets that are much fuller
 * than others get counters; the others are there at most as often as their bucket is full.
 */
final class ChunkSketch {
    private static final int BUCKETS = 1024;
    private static final int BUCKET_SHIFT = 53; // the highest ten bits of a hash of 63

    /** So many values get counters without further ado. */
    private static final int FEW = 4 * BUCKETS;

    /** A bucket is full with so many times the mean. */
    private static final int FULL = 3;

    /** So many values of a chunk stand for all among the quantiles, when most are different. */
    private static final int SAMPLED = 4096;

    private final ColumnSketch into;
    private final Type type;

    /**
     * @param type of the column, which is not nested
     */
    ChunkSketch(ColumnSketch into, Type type) {
        this.into = into;
        this.type = type;
    }

    /**
     * @param count of the values
     * @param dictionary of them, or null
     */
    void add(Values values, int count, DictionaryBuilder dictionary) {
        int[] times = dictionary == null ? null : times(dictionary, count);
        int[] places = dictionary == null ? null : dictionary.firsts();
        int different = dictionary == null ? count : times.length;
        sample(values, count, places, times);
        if (different <= FEW) {
            for (int i = 0; i < different; i++) {
                count(values, places == null ? i : places[i], times == null ? 1 : times[i]);
            }
            return;
        }
        long[] hashes = new long[different];
        int[] buckets = new int[BUCKETS];
        for (int i = 0; i < different; i++) {
            long hash = hash(values, places == null ? i : places[i]);
            hashes[i] = hash;
            into.distinct().add(hash);
            buckets[(int) (hash >>> BUCKET_SHIFT)] += times == null ? 1 : times[i];
        }
        int full = FULL * (count / BUCKETS + 1);
        int most = Arrays.stream(buckets).filter(size -> size <= full).max().orElse(0);
        long counted = 0;
        for (int size : buckets) {
            counted += size > full ? size : 0;
        }
        for (int i = 0; i < different && counted > 0; i++) {
            if (buckets[(int) (hashes[i] >>> BUCKET_SHIFT)] > full) {
                count(values, places == null ? i : places[i], times == null ? 1 : times[i]);
            }
        }
        into.frequent().addUncounted(count - counted, most);
    }

    /**
     * Takes values that have a place on a line into the quantiles; a few of many different ones.
     */
    private void sample(Values values, int count, int[] places, int[] times) {
        boolean isLine =
                switch (values.kind) {
                    case INT32, INT64, FLOAT, DOUBLE -> true;
                    case FIXED -> type.kind() == Type.Kind.DECIMAL;
                    case BOOLEAN, BYTE_ARRAY, INT96 -> false;
                };
        int different = times == null ? count : times.length;
        int step = times == null ? Math.max(1, count / SAMPLED) : 1;
        for (int i = 0; i < different && isLine; i += step) {
            double number = number(values, places == null ? i : places[i]);
            into.quantiles().add(number, times == null ? step : times[i]);
        }
    }

    private double number(Values values, int i) {
        if (type.kind() == Type.Kind.DECIMAL) {
            return Int128.toDouble(high(values, i), low(values, i)) / Math.pow(10, type.scale());
        }
        return switch (values.kind) {
            case INT32 -> values.ints[i];
            case INT64 -> values.longs[i];
            default -> values.doubles[i];
        };
    }

    private static int[] times(DictionaryBuilder dictionary, int count) {
        int[] times = new int[dictionary.entries()];
        int[] ids = dictionary.ids();
        for (int i = 0; i < count; i++) {
            times[ids[i]]++;
        }
        return times;
    }

    private void count(Values values, int i, int times) {
        boolean isBytes = values.kind.isBytes() && type.kind() != Type.Kind.DECIMAL;
        int length = isBytes ? values.lengths[i] : 2 * Long.BYTES; // or less
        if (into.add(hash(values, i), length, times)) {
            into.name(bytes(values, i));
        }
    }

    private long hash(Values values, int i) {
        if (type.kind() == Type.Kind.DECIMAL) {
            return SingleValue.hash(high(values, i), low(values, i));
        }
        return switch (values.kind) {
            case BOOLEAN -> SingleValue.hash(values.booleans[i] != 0);
            case INT32 -> SingleValue.hash(values.ints[i]);
            case INT64 -> SingleValue.hash(values.longs[i]);
            case FLOAT -> SingleValue.hash((float) values.doubles[i]);
            case DOUBLE -> SingleValue.hash(values.doubles[i]);
            case BYTE_ARRAY, FIXED, INT96 ->
                    SingleValue.hash(values.data, values.starts[i], values.lengths[i]);
        };
    }

    private byte[] bytes(Values values, int i) {
        if (type.kind() == Type.Kind.DECIMAL) {
            return SingleValue.bytes(high(values, i), low(values, i));
        }
        return switch (values.kind) {
            case BOOLEAN -> SingleValue.bytes(values.booleans[i] != 0);
            case INT32 -> SingleValue.bytes(values.ints[i]);
            case INT64 -> SingleValue.bytes(values.longs[i]);
            case FLOAT -> SingleValue.bytes((float) values.doubles[i]);
            case DOUBLE -> SingleValue.bytes(values.doubles[i]);
            case BYTE_ARRAY, FIXED, INT96 -> {
                int start = values.starts[i];
                yield Arrays.copyOfRange(values.data, start, start + values.lengths[i]);
            }
        };
    }

    /** The upper half of a decimal's unscaled number. */
    private static long high(Values values, int i) {
        return values.kind == Physical.FIXED
                ? ByteBuffer.wrap(values.data).getLong(values.starts[i])
                : low(values, i) >> 63;
    }

    private static long low(Values values, int i) {
        return switch (values.kind) {
            case INT32 -> values.ints[i];
            case INT64 -> values.longs[i];
            default -> ByteBuffer.wrap(values.data).getLong(values.starts[i] + Long.BYTES);
        };
    }
}
