package org.skep.executor.eval;

import java.util.Arrays;
import org.skep.executor.value.IntervalText;
import org.skep.executor.value.JsonValues;
import org.skep.executor.value.TextReader;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** Casts from and to text. */
final class TextCasts {
    private TextCasts() {}

    static Casts.Conversion to(Type from, Type to) {
        boolean binary = from.kind() == Type.Kind.BINARY;
        if (to.kind() == Type.Kind.BINARY) {
            return Casts.refuse(from, to);
        }
        return binary ? (input, type, orNull) -> input.as(type) : TextCasts::write;
    }

    private static Column write(Column input, Type to, boolean orNull) {
        int rows = input.rows();
        TextWriter out = new TextWriter(rows * 8);
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        for (int i = 0; i < rows; i++) {
            starts[i] = out.length();
            if (!input.isNull(i)) {
                out.value(input, i);
                lengths[i] = out.length() - starts[i];
            }
        }
        byte[] data = Arrays.copyOf(out.bytes(), out.length());
        return new BytesColumn(to, data, starts, lengths, rows, input.validity());
    }

    static Casts.Conversion from(Type to) {
        return switch (to.kind()) {
            case BINARY -> (input, type, orNull) -> input.as(type);
            case BOOLEAN -> TextCasts::booleans;
            case TINYINT, SMALLINT, INTEGER -> TextCasts::ints;
            case DATE -> TextCasts::dates;
            case BIGINT, TIMESTAMP -> TextCasts::longs;
            case FLOAT, DOUBLE -> TextCasts::doubles;
            case DECIMAL -> TextCasts::decimals;
            case INTERVAL_MONTH, INTERVAL_DAY -> TextCasts::intervals;
            case ARRAY, MAP, STRUCT -> TextCasts::nested;
            case STRING, NULL -> Casts.refuse(Type.STRING, to);
        };
    }

    private static Column booleans(Column input, Type to, boolean orNull) {
        BytesColumn text = (BytesColumn) input;
        Misses misses = new Misses(input, to, orNull);
        TextReader reader = new TextReader();
        byte[] out = new byte[input.rows()];
        for (int i = 0; i < out.length; i++) {
            if (reader.readBoolean(text.data(), text.starts()[i], text.lengths()[i])) {
                out[i] = (byte) reader.value();
            } else {
                misses.add(i);
            }
        }
        return new BooleanColumn(to, out, out.length, misses.validity());
    }

    private static Column ints(Column input, Type to, boolean orNull) {
        BytesColumn text = (BytesColumn) input;
        Misses misses = new Misses(input, to, orNull);
        TextReader reader = new TextReader();
        long min = to.minInteger();
        long max = to.maxInteger();
        int[] out = new int[input.rows()];
        for (int i = 0; i < out.length; i++) {
            boolean read = reader.readLong(text.data(), text.starts()[i], text.lengths()[i]);
            if (read && reader.value() >= min && reader.value() <= max) {
                out[i] = (int) reader.value();
            } else {
                misses.add(i);
            }
        }
        return new IntColumn(to, out, out.length, misses.validity());
    }

    private static Column dates(Column input, Type to, boolean orNull) {
        BytesColumn text = (BytesColumn) input;
        Misses misses = new Misses(input, to, orNull);
        TextReader reader = new TextReader();
        int[] out = new int[input.rows()];
        for (int i = 0; i < out.length; i++) {
            if (reader.readDate(text.data(), text.starts()[i], text.lengths()[i])) {
                out[i] = (int) reader.value();
            } else {
                misses.add(i);
            }
        }
        return new IntColumn(to, out, out.length, misses.validity());
    }

    private static Column longs(Column input, Type to, boolean orNull) {
        BytesColumn text = (BytesColumn) input;
        Misses misses = new Misses(input, to, orNull);
        TextReader reader = new TextReader();
        boolean timestamps = to.kind() == Type.Kind.TIMESTAMP;
        long[] out = new long[input.rows()];
        for (int i = 0; i < out.length; i++) {
            int start = text.starts()[i];
            int length = text.lengths()[i];
            boolean read =
                    timestamps
                            ? reader.readTimestamp(text.data(), start, length)
                            : reader.readLong(text.data(), start, length);
            if (read) {
                out[i] = reader.value();
            } else {
                misses.add(i);
            }
        }
        return new LongColumn(to, out, out.length, misses.validity());
    }

    private static Column doubles(Column input, Type to, boolean orNull) {
        BytesColumn text = (BytesColumn) input;
        Misses misses = new Misses(input, to, orNull);
        TextReader reader = new TextReader();
        boolean floats = to.kind() == Type.Kind.FLOAT;
        double[] out = new double[input.rows()];
        for (int i = 0; i < out.length; i++) {
            if (reader.readDouble(text.data(), text.starts()[i], text.lengths()[i])) {
                out[i] = floats ? (float) reader.number() : reader.number();
            } else {
                misses.add(i);
            }
        }
        return new DoubleColumn(to, out, out.length, misses.validity());
    }

    private static Column decimals(Column input, Type to, boolean orNull) {
        BytesColumn text = (BytesColumn) input;
        Misses misses = new Misses(input, to, orNull);
        TextReader reader = new TextReader();
        long[] highs = new long[input.rows()];
        long[] lows = new long[input.rows()];
        for (int i = 0; i < lows.length; i++) {
            if (reader.readDecimal(text.data(), text.starts()[i], text.lengths()[i], to)) {
                highs[i] = reader.high();
                lows[i] = reader.value();
            } else {
                misses.add(i);
            }
        }
        return to.layout() == Type.Layout.LONG
                ? new LongColumn(to, lows, lows.length, misses.validity())
                : DecimalColumn.of(to, highs, lows, lows.length, misses.validity());
    }

    private static Column intervals(Column input, Type to, boolean orNull) {
        return parsed(input, to, orNull, text -> IntervalText.read(text, to));
    }

    private static Column nested(Column input, Type to, boolean orNull) {
        return parsed(input, to, orNull, text -> JsonValues.read(text, to));
    }

    private interface Parser {
        /** The boxed value; null when the text is not one. */
        Object read(String text);
    }

    private static Column parsed(Column input, Type to, boolean orNull, Parser parser) {
        BytesColumn text = (BytesColumn) input;
        Misses misses = new Misses(input, to, orNull);
        ColumnBuilder out = ColumnBuilder.of(to, input.rows());
        for (int i = 0; i < input.rows(); i++) {
            Object value = input.isNull(i) ? null : parser.read(text.string(i));
            if (value == null) {
                misses.add(i);
            }
            out.appendValue(value);
        }
        return out.build();
    }
}
