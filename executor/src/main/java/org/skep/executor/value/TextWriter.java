package org.skep.executor.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/**
 * The canonical text of values, which reads back as the same value: {@code 2024-01-15 10:30:00.5},
 * {@code 1.5}, {@code 10.0}, {@code 1.0e20} (doubles in the fewest digits, with an exponent from
 * 1e16 and below 1e-5), {@code 1 year 2 months}, {@code 3 days 04:05:06}. Nested values are JSON.
 */
public final class TextWriter {
    private byte[] bytes;
    private int end;

    public TextWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** The bytes written so far are the first {@link #length} of these. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return end;
    }

    public void clear() {
        end = 0;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private void room(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(end, more), 2 * bytes.length));
        }
    }

    private void ascii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[end++] = (byte) text.charAt(i);
        }
    }

    private void ascii(char c) {
        room(1);
        bytes[end++] = (byte) c;
    }

    private void raw(byte[] data, int start, int length) {
        room(length);
        System.arraycopy(data, start, bytes, end, length);
        end += length;
    }

    public void integer(long value) {
        if (value == Long.MIN_VALUE) {
            ascii("-9223372036854775808");
            return;
        }
        room(20);
        if (value < 0) {
            bytes[end++] = '-';
            value = -value;
        }
        int from = end;
        do {
            bytes[end++] = (byte) ('0' + value % 10);
            value /= 10;
        } while (value > 0);
        for (int i = from, j = end - 1; i < j; i++, j--) {
            byte swap = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swap;
        }
    }

    private void padded(long value, int width) {
        long power = 1;
        for (int i = 1; i < width; i++) {
            power *= 10;
        }
        room(width);
        for (; power > 1 && value < power; power /= 10) {
            bytes[end++] = '0';
        }
        integer(value);
    }

    /** A decimal whose unscaled value fits a long. */
    public void decimal(long unscaled, int scale) {
        if (scale == 0) {
            integer(unscaled);
            return;
        }
        if (unscaled == Long.MIN_VALUE || scale > 18) {
            ascii(BigDecimal.valueOf(unscaled, scale).toPlainString());
            return;
        }
        long power = 1;
        for (int i = 0; i < scale; i++) {
            power *= 10;
        }
        if (unscaled < 0) {
            ascii('-');
            unscaled = -unscaled;
        }
        integer(unscaled / power);
        ascii('.');
        padded(unscaled % power, scale);
    }

    public void decimal(BigInteger unscaled, int scale) {
        ascii(new BigDecimal(unscaled, scale).toPlainString());
    }

    public void date(int days) {
        long civil = Calendar.civil(days);
        int year = Calendar.yearOf(civil);
        if (year < 0) {
            ascii('-');
            year = -year;
        }
        padded(year, 4);
        ascii('-');
        padded(Calendar.monthOf(civil), 2);
        ascii('-');
        padded(Calendar.dayOf(civil), 2);
    }

    public void timestamp(long micros) {
        date(Calendar.daysOf(micros));
        ascii(' ');
        time(Calendar.timeOf(micros));
    }

    /** Hours, minutes and seconds; a fraction without its trailing zeros. */
    private void time(long micros) {
        padded(micros / Calendar.MICROS_PER_HOUR, 2);
        ascii(':');
        padded(micros / Calendar.MICROS_PER_MINUTE % 60, 2);
        ascii(':');
        padded(micros / Calendar.MICROS_PER_SECOND % 60, 2);
        int fraction = (int) (micros % Calendar.MICROS_PER_SECOND);
        if (fraction != 0) {
            ascii('.');
            padded(fraction, 6);
            while (bytes[end - 1] == '0') {
                end--;
            }
        }
    }

    public void months(int months) {
        int years = months / 12;
        int rest = months % 12;
        if (years != 0) {
            integer(years);
            ascii(Math.abs(years) == 1 ? " year" : " years");
        }
        if (years != 0 && rest != 0) {
            ascii(' ');
        }
        if (rest != 0 || years == 0) {
            integer(rest);
            ascii(Math.abs(rest) == 1 ? " month" : " months");
        }
    }

    public void duration(long micros) {
        long days = micros / Calendar.MICROS_PER_DAY;
        long rest = micros % Calendar.MICROS_PER_DAY;
        if (days != 0) {
            integer(days);
            ascii(Math.abs(days) == 1 ? " day" : " days");
        }
        if (rest != 0 || days == 0) {
            ascii(days != 0 ? " " : "");
            ascii(rest < 0 ? "-" : "");
            time(Math.abs(rest));
        }
    }

    /** A DOUBLE, or a FLOAT by the digits that tell it from other floats. */
    public void number(double value, Type type) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            ascii(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            return;
        }
        double size = Math.abs(value);
        if (size < 1e15 && value == (long) value) {
            ascii(value == 0 && 1 / value < 0 ? "-0" : "");
            if (value != 0 || 1 / value > 0) {
                integer((long) value);
            }
            ascii(".0");
            return;
        }
        BigDecimal shortest = ShortestDigits.of(value, type.kind() == Type.Kind.FLOAT);
        if (size >= 1e16 || size < 1e-5) {
            BigInteger digits = shortest.unscaledValue();
            String text = digits.abs().toString();
            ascii(digits.signum() < 0 ? "-" : "");
            ascii(text.charAt(0));
            ascii('.');
            ascii(text.length() > 1 ? text.substring(1) : "0");
            ascii('e');
            integer(shortest.precision() - 1L - shortest.scale());
        } else {
            String plain = shortest.toPlainString();
            ascii(plain);
            ascii(plain.indexOf('.') < 0 ? ".0" : "");
        }
    }

    /** The text of a non-null row of a flat column; text and binary as they are. */
    public void value(Column column, int row) {
        Type type = column.type();
        switch (type.kind()) {
            case NULL -> ascii("null");
            case BOOLEAN -> ascii(((BooleanColumn) column).values()[row] != 0 ? "true" : "false");
            case TINYINT, SMALLINT, INTEGER -> integer(((IntColumn) column).values()[row]);
            case BIGINT -> integer(((LongColumn) column).values()[row]);
            case FLOAT, DOUBLE -> number(((DoubleColumn) column).values()[row], type);
            case DECIMAL -> decimalValue(column, row);
            case DATE -> date(((IntColumn) column).values()[row]);
            case TIMESTAMP -> timestamp(((LongColumn) column).values()[row]);
            case INTERVAL_MONTH -> months(((IntColumn) column).values()[row]);
            case INTERVAL_DAY -> duration(((LongColumn) column).values()[row]);
            case STRING, BINARY -> {
                BytesColumn text = (BytesColumn) column;
                raw(text.data(), text.starts()[row], text.lengths()[row]);
            }
            case ARRAY, MAP, STRUCT -> json(column, row);
        }
    }

    private void decimalValue(Column column, int row) {
        int scale = column.type().scale();
        if (column instanceof LongColumn longs) {
            decimal(longs.values()[row], scale);
        } else {
            DecimalColumn wide = (DecimalColumn) column;
            decimal(Int128.toBigInteger(wide.highs()[row], wide.lows()[row]), scale);
        }
    }

    /** A value as JSON: text, dates and the like in quotes. */
    public void json(Column column, int row) {
        if (column.isNull(row)) {
            ascii("null");
            return;
        }
        Column flat = column.flat();
        switch (flat.type().kind()) {
            case NULL, BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> value(flat, row);
            case FLOAT, DOUBLE -> {
                double number = ((DoubleColumn) flat).values()[row];
                boolean finite = Double.isFinite(number);
                ascii(finite ? "" : "\"");
                value(flat, row);
                ascii(finite ? "" : "\"");
            }
            case DATE, TIMESTAMP, INTERVAL_MONTH, INTERVAL_DAY -> {
                ascii('"');
                value(flat, row);
                ascii('"');
            }
            case STRING, BINARY -> {
                BytesColumn text = (BytesColumn) flat;
                quoted(text.data(), text.starts()[row], text.lengths()[row]);
            }
            case ARRAY -> {
                ArrayColumn arrays = (ArrayColumn) flat;
                Column elements = arrays.elements().flat();
                ascii('[');
                int from = arrays.starts()[row];
                for (int i = from; i < from + arrays.lengths()[row]; i++) {
                    ascii(i > from ? ", " : "");
                    json(elements, i);
                }
                ascii(']');
            }
            case MAP -> jsonMap((ArrayColumn) flat, row);
            case STRUCT -> jsonStruct((StructColumn) flat, row);
        }
    }

    private void jsonMap(ArrayColumn maps, int row) {
        StructColumn entries = (StructColumn) maps.elements().flat();
        Column keys = entries.member(0).flat();
        Column values = entries.member(1).flat();
        ascii('{');
        int from = maps.starts()[row];
        for (int i = from; i < from + maps.lengths()[row]; i++) {
            ascii(i > from ? ", " : "");
            TextWriter key = new TextWriter(16);
            key.value(keys, i);
            quoted(key.bytes, 0, key.end);
            ascii(": ");
            json(values, i);
        }
        ascii('}');
    }

    private void jsonStruct(StructColumn structs, int row) {
        ascii('{');
        for (int i = 0; i < structs.size(); i++) {
            ascii(i > 0 ? ", " : "");
            Field field = structs.type().children().get(i);
            byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
            quoted(name, 0, name.length);
            ascii(": ");
            json(structs.member(i), row);
        }
        ascii('}');
    }

    /** A JSON string of UTF-8 text. */
    public void quoted(byte[] data, int start, int length) {
        ascii('"');
        for (int i = start; i < start + length; i++) {
            byte b = data[i];
            if (b == '"' || b == '\\') {
                ascii('\\');
                ascii((char) b);
            } else if (b >= 0 && b < 0x20) {
                switch (b) {
                    case '\n' -> ascii("\\n");
                    case '\t' -> ascii("\\t");
                    case '\r' -> ascii("\\r");
                    default -> ascii("\\u%04x".formatted(b));
                }
            } else {
                room(1);
                bytes[end++] = b;
            }
        }
        ascii('"');
    }
}
