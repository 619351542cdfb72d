package org.skep.executor.format.parquet;

import java.math.BigInteger;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/** From a leaf's physical values to a column of the type that the table says. */
final class Conversion {
    private static final long JULIAN_EPOCH = 2_440_588;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final LeafType from;
    private final Type target;
    private final Widening widening;

    private Conversion(LeafType from, Type target, Widening widening) {
        this.from = from;
        this.target = target;
        this.widening = widening;
    }

    /**
     * @throws QueryException TYPE_MISMATCH when values of the leaf cannot be read as {@code target}
     */
    static Conversion of(Node leaf, Type target) {
        LeafType from = LeafType.of(leaf);
        Widening widening = Widening.between(from.type(), target);
        if (widening == null) {
            throw new QueryException(
                    ErrorCode.TYPE_MISMATCH,
                    "column %s is %s in the file and %s in the table"
                            .formatted(leaf.name(), from.type(), target),
                    "declare the column as %s and cast it in the query".formatted(from.type()));
        }
        return new Conversion(from, target, widening);
    }

    Type type() {
        return target;
    }

    /** Whether all rows are null whatever the file holds. */
    boolean isNothing() {
        return widening == Widening.NULLS || from.step() == LeafType.Step.NOTHING;
    }

    /** The column may share the arrays of {@code values}, which are not changed any more. */
    Column convert(Values values, int rows, long[] validity) {
        Column column = own(values, rows, validity);
        return widening.apply(column, target);
    }

    private Column own(Values values, int rows, long[] validity) {
        Type type = from.type();
        return switch (from.step()) {
            case BOOLEAN -> new BooleanColumn(type, values.booleans, rows, validity);
            case INT -> new IntColumn(type, values.ints, rows, validity);
            case UNSIGNED_8 -> new IntColumn(type, masked(values.ints, rows, 0xFF), rows, validity);
            case UNSIGNED_16 ->
                    new IntColumn(type, masked(values.ints, rows, 0xFFFF), rows, validity);
            case INT_TO_LONG -> new LongColumn(type, longs(values.ints, rows, -1), rows, validity);
            case UNSIGNED_32 ->
                    new LongColumn(type, longs(values.ints, rows, 0xFFFFFFFFL), rows, validity);
            case LONG -> new LongColumn(type, values.longs, rows, validity);
            case UNSIGNED_64 ->
                    DecimalColumn.of(type, new long[rows], values.longs, rows, validity);
            case DOUBLE -> new DoubleColumn(type, values.doubles, rows, validity);
            case HALF_FLOAT -> new DoubleColumn(type, halfFloats(values, rows), rows, validity);
            case MILLIS -> new LongColumn(type, millis(values, rows), rows, validity);
            case NANOS -> new LongColumn(type, nanos(values, rows), rows, validity);
            case INT96 -> new LongColumn(type, int96(values, rows), rows, validity);
            case BYTES ->
                    new BytesColumn(
                            type, values.data, values.starts, values.lengths, rows, validity);
            case UUID -> Texts.uuids(values, rows, validity);
            case INTERVAL -> Texts.intervals(values, rows, validity);
            case DECIMAL_BYTES -> decimals(values, rows, validity);
            case NOTHING -> Column.nulls(type, rows);
        };
    }

    private static int[] masked(int[] values, int rows, int mask) {
        int[] out = new int[rows];
        for (int i = 0; i < rows; i++) {
            out[i] = values[i] & mask;
        }
        return out;
    }

    private static long[] longs(int[] values, int rows, long mask) {
        long[] out = new long[rows];
        for (int i = 0; i < rows; i++) {
            out[i] = values[i] & mask;
        }
        return out;
    }

    private static long[] millis(Values values, int rows) {
        if (values.kind == Physical.INT32) {
            long[] out = new long[rows];
            for (int i = 0; i < rows; i++) {
                out[i] = values.ints[i] * 1000L;
            }
            return out;
        }
        long[] in = values.longs;
        long[] out = new long[rows];
        for (int i = 0; i < rows; i++) {
            long millis = in[i];
            out[i] = millis * 1000;
            if (millis > Long.MAX_VALUE / 1000 || millis < Long.MIN_VALUE / 1000) {
                throw new CorruptPageException("a time of %d milliseconds".formatted(millis));
            }
        }
        return out;
    }

    private static long[] nanos(Values values, int rows) {
        long[] in = values.longs;
        long[] out = new long[rows];
        for (int i = 0; i < rows; i++) {
            out[i] = Math.floorDiv(in[i], 1000L);
        }
        return out;
    }

    private static long[] int96(Values values, int rows) {
        long[] out = new long[rows];
        for (int i = 0; i < rows; i++) {
            if (values.lengths[i] == 12) {
                int at = values.starts[i];
                long nanos = littleEndian(values.data, at, 8);
                long day = (int) littleEndian(values.data, at + 8, 4) - JULIAN_EPOCH;
                out[i] = day * DAY_MICROS + Math.floorDiv(nanos, 1000L);
            }
        }
        return out;
    }

    static long littleEndian(byte[] in, int at, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | in[at + i] & 0xFF;
        }
        return value;
    }

    private static double[] halfFloats(Values values, int rows) {
        double[] out = new double[rows];
        for (int i = 0; i < rows; i++) {
            if (values.lengths[i] == 2) {
                out[i] = halfFloat((int) littleEndian(values.data, values.starts[i], 2));
            }
        }
        return out;
    }

    /** IEEE 754 binary16. */
    static double halfFloat(int bits) {
        int exponent = bits >>> 10 & 31;
        int fraction = bits & 0x3FF;
        double size =
                switch (exponent) {
                    case 0 -> fraction * 0x1p-24;
                    case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> (1024 + fraction) * Math.scalb(1.0, exponent - 25);
                };
        return (bits & 0x8000) == 0 ? size : -size;
    }

    private Column decimals(Values values, int rows, long[] validity) {
        Type type = from.type();
        if (type.layout() == Type.Layout.LONG) {
            long[] out = new long[rows];
            for (int i = 0; i < rows; i++) {
                out[i] = bigEndianLong(values.data, values.starts[i], values.lengths[i]);
            }
            return new LongColumn(type, out, rows, validity);
        }
        long[] highs = new long[rows];
        long[] lows = new long[rows];
        for (int i = 0; i < rows; i++) {
            int length = values.lengths[i];
            int start = values.starts[i];
            if (length <= 8) {
                lows[i] = bigEndianLong(values.data, start, length);
                highs[i] = lows[i] >> 63;
            } else {
                lows[i] = bigEndianLong(values.data, start + length - 8, 8);
                highs[i] = bigEndianLong(values.data, start, length - 8);
            }
        }
        return DecimalColumn.of(type, highs, lows, rows, validity);
    }

    /** A big-endian two's complement number that fits a long, whatever its number of bytes. */
    static long bigEndianLong(byte[] in, int start, int length) {
        if (length == 0) {
            return 0;
        }
        if (length > 8) {
            BigInteger wide = new BigInteger(in, start, length);
            if (wide.bitLength() > 63) {
                throw new CorruptPageException("a decimal of %d bits".formatted(wide.bitLength()));
            }
            return wide.longValue();
        }
        long value = in[start];
        for (int i = 1; i < length; i++) {
            value = value << 8 | in[start + i] & 0xFF;
        }
        return value;
    }

    /** Whether row {@code i} has a value. */
    static boolean present(long[] validity, int row) {
        return validity == null || Bits.get(validity, row);
    }
}
