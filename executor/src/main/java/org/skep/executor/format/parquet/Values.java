package org.skep.executor.format.parquet;

import java.util.Arrays;
import org.skep.model.data.Bits;

/**
 * Decoded values of one physical type, as primitives: booleans as bytes, FLOAT and DOUBLE as
 * doubles, the rest of fixed width as ints and longs, byte arrays (also FIXED and INT96) as
 * stretches of {@code data}. Decoders fill the arrays; the arrays then go to a column and are not
 * touched again.
 */
final class Values {
    private static final byte[] NONE = {};

    final Physical kind;
    byte[] booleans;
    int[] ints;
    long[] longs;
    double[] doubles;
    byte[] data = NONE;
    int dataEnd;
    int[] starts;
    int[] lengths;

    /** Values in the arrays of others, which must not be looked at any more. */
    static Values in(Values spare, Physical kind, int capacity) {
        boolean fits =
                spare != null && capacity <= spare.capacity() && spare.capacity() <= 2 * capacity;
        return fits ? spare : new Values(kind, capacity);
    }

    /** Whether columns of these values that are copied share nothing with them. */
    boolean isCopiedWhole() {
        return switch (kind) {
            case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> true;
            case BYTE_ARRAY, FIXED, INT96 -> false;
        };
    }

    Values(Physical kind, int capacity) {
        this.kind = kind;
        switch (kind) {
            case BOOLEAN -> booleans = new byte[capacity];
            case INT32 -> ints = new int[capacity];
            case INT64 -> longs = new long[capacity];
            case FLOAT, DOUBLE -> doubles = new double[capacity];
            case BYTE_ARRAY, FIXED, INT96 -> {
                starts = new int[capacity];
                lengths = new int[capacity];
            }
        }
    }

    int capacity() {
        return switch (kind) {
            case BOOLEAN -> booleans.length;
            case INT32 -> ints.length;
            case INT64 -> longs.length;
            case FLOAT, DOUBLE -> doubles.length;
            case BYTE_ARRAY, FIXED, INT96 -> starts.length;
        };
    }

    /** Makes room for {@code wanted} values in all. */
    void reserve(int wanted) {
        if (wanted <= capacity()) {
            return;
        }
        int size = Math.max(wanted, Math.max(64, capacity() + (capacity() >> 1)));
        switch (kind) {
            case BOOLEAN -> booleans = Arrays.copyOf(booleans, size);
            case INT32 -> ints = Arrays.copyOf(ints, size);
            case INT64 -> longs = Arrays.copyOf(longs, size);
            case FLOAT, DOUBLE -> doubles = Arrays.copyOf(doubles, size);
            case BYTE_ARRAY, FIXED, INT96 -> {
                starts = Arrays.copyOf(starts, size);
                lengths = Arrays.copyOf(lengths, size);
            }
        }
    }

    /** Appends bytes to the data and says where they begin. */
    int appendData(byte[] from, int start, int length) {
        int at = dataEnd;
        if (at == 0 && data.length < length) {
            data = Arrays.copyOfRange(from, start, start + length);
        } else {
            reserveData(length);
            System.arraycopy(from, start, data, at, length);
        }
        dataEnd = at + length;
        return at;
    }

    void reserveData(int length) {
        if (data.length - dataEnd < length) {
            long size = Math.max((long) dataEnd + length, 64L + dataEnd + (dataEnd >> 1));
            if ((long) dataEnd + length > Integer.MAX_VALUE - 8) {
                throw new CorruptPageException("a batch of more than 2 GiB of bytes");
            }
            data = Arrays.copyOf(data, (int) Math.min(size, Integer.MAX_VALUE - 8));
        }
    }

    /** Appends entries of a dictionary: value {@code ids[i]} becomes value {@code at + i}. */
    void gather(Values dictionary, int[] ids, int from, int at, int count) {
        switch (kind) {
            case BOOLEAN -> {
                for (int i = 0; i < count; i++) {
                    booleans[at + i] = dictionary.booleans[ids[from + i]];
                }
            }
            case INT32 -> {
                int[] in = dictionary.ints;
                int[] out = ints;
                for (int i = 0; i < count; i++) {
                    out[at + i] = in[ids[from + i]];
                }
            }
            case INT64 -> {
                long[] in = dictionary.longs;
                long[] out = longs;
                for (int i = 0; i < count; i++) {
                    out[at + i] = in[ids[from + i]];
                }
            }
            case FLOAT, DOUBLE -> {
                double[] in = dictionary.doubles;
                double[] out = doubles;
                for (int i = 0; i < count; i++) {
                    out[at + i] = in[ids[from + i]];
                }
            }
            case BYTE_ARRAY, FIXED, INT96 -> {
                for (int i = 0; i < count; i++) {
                    int id = ids[from + i];
                    int length = dictionary.lengths[id];
                    starts[at + i] = appendData(dictionary.data, dictionary.starts[id], length);
                    lengths[at + i] = length;
                }
            }
        }
    }

    /**
     * Moves the {@code present} values from {@code at} on to those of {@code rows} places whose bit
     * is set. What stands at the other places is arbitrary but readable.
     */
    void spread(int at, int rows, int present, long[] bits) {
        switch (kind) {
            case BOOLEAN -> {
                for (int i = rows - 1, from = present; from <= i; i--) {
                    booleans[at + i] = Bits.get(bits, at + i) ? booleans[at + --from] : 0;
                }
            }
            case INT32 -> spread(ints, at, rows, present, bits);
            case INT64 -> {
                long[] values = longs;
                for (int i = rows - 1, from = present; from <= i; i--) {
                    values[at + i] = Bits.get(bits, at + i) ? values[at + --from] : 0;
                }
            }
            case FLOAT, DOUBLE -> {
                double[] values = doubles;
                for (int i = rows - 1, from = present; from <= i; i--) {
                    values[at + i] = Bits.get(bits, at + i) ? values[at + --from] : 0;
                }
            }
            case BYTE_ARRAY, FIXED, INT96 -> {
                spread(starts, at, rows, present, bits);
                spread(lengths, at, rows, present, bits);
            }
        }
    }

    static void spread(int[] values, int at, int rows, int present, long[] bits) {
        for (int i = rows - 1, from = present; from <= i; i--) {
            values[at + i] = Bits.get(bits, at + i) ? values[at + --from] : 0;
        }
    }
}
