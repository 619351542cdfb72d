package org.skep.executor.format.parquet;

import org.apache.parquet.format.Encoding;

/** Writes values of one leaf in an encoding. */
final class ValueEncoder {
    private ValueEncoder() {}

    /**
     * The encoding for values without a dictionary: integers as differences where those are small.
     */
    static Encoding choose(Values values, int present) {
        return switch (values.kind) {
            case BOOLEAN, FLOAT, DOUBLE, FIXED, INT96 -> Encoding.PLAIN;
            case BYTE_ARRAY -> Encoding.DELTA_LENGTH_BYTE_ARRAY;
            case INT32, INT64 -> {
                int sample = Math.min(present, 8192);
                ByteSink out = new ByteSink();
                encode(values, 0, sample, Encoding.DELTA_BINARY_PACKED, out);
                long plain = (long) sample * values.kind.width();
                yield out.size() * 10L < plain * 7 ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN;
            }
        };
    }

    static void encode(Values values, int from, int count, Encoding encoding, ByteSink out) {
        if (encoding == Encoding.DELTA_BINARY_PACKED) {
            DeltaEncoder.encode(longs(values, from, count), 0, count, out);
        } else if (encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY) {
            long[] lengths = new long[count];
            for (int i = 0; i < count; i++) {
                lengths[i] = values.lengths[from + i];
            }
            DeltaEncoder.encode(lengths, 0, count, out);
            for (int i = from; i < from + count; i++) {
                out.write(values.data, values.starts[i], values.lengths[i]);
            }
        } else {
            plain(values, from, count, out);
        }
    }

    private static long[] longs(Values values, int from, int count) {
        long[] longs = new long[count];
        for (int i = 0; i < count; i++) {
            longs[i] =
                    values.kind == Physical.INT32 ? values.ints[from + i] : values.longs[from + i];
        }
        return longs;
    }

    private static void plain(Values values, int from, int count, ByteSink out) {
        switch (values.kind) {
            case BOOLEAN -> {
                for (int i = 0; i < count; i += 8) {
                    int octet = 0;
                    for (int b = 0; b < 8 && i + b < count; b++) {
                        octet |= values.booleans[from + i + b] << b;
                    }
                    out.write(octet);
                }
            }
            default -> {
                for (int i = from; i < from + count; i++) {
                    plain(values, i, out);
                }
            }
        }
    }

    /** One value, PLAIN. */
    static void plain(Values values, int i, ByteSink out) {
        switch (values.kind) {
            case BOOLEAN -> out.write(values.booleans[i]);
            case INT32 -> out.writeInt(values.ints[i]);
            case INT64 -> out.writeLong(values.longs[i]);
            case FLOAT -> out.writeInt(Float.floatToRawIntBits((float) values.doubles[i]));
            case DOUBLE -> out.writeLong(Double.doubleToRawLongBits(values.doubles[i]));
            case BYTE_ARRAY -> {
                out.writeInt(values.lengths[i]);
                out.write(values.data, values.starts[i], values.lengths[i]);
            }
            case FIXED, INT96 -> out.write(values.data, values.starts[i], values.lengths[i]);
        }
    }
}
