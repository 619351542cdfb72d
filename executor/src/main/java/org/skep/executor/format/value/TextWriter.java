package org.skep.executor.format.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/** Values to text, into a byte buffer that grows. What it writes {@link ValueParser} reads. */
public final class TextWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] out = new byte[8192];
    private int length;

    public byte[] bytes() {
        return out;
    }

    public int length() {
        return length;
    }

    /** Forgets all after the first {@code size} bytes. */
    public void cut(int size) {
        length = size;
    }

    public void put(int b) {
        room(1);
        out[length++] = (byte) b;
    }

    public void put(byte[] bytes, int start, int count) {
        room(count);
        System.arraycopy(bytes, start, out, length, count);
        length += count;
    }

    public void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    public void put(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A value that is not null, as plain text; nested ones as JSON. */
    public void value(Column column, int row) {
        if (column instanceof DictionaryColumn dictionary) {
            value(dictionary.dictionary(), dictionary.ids()[row]);
            return;
        }
        Type type = column.type();
        switch (type.kind()) {
            case NULL, BOOLEAN ->
                    put(((BooleanColumn) column).values()[row] != 0 ? "true" : "false");
            case TINYINT, SMALLINT, INTEGER, INTERVAL_MONTH ->
                    number(((IntColumn) column).values()[row]);
            case BIGINT, INTERVAL_DAY -> number(((LongColumn) column).values()[row]);
            case FLOAT -> put(Float.toString((float) ((DoubleColumn) column).values()[row]));
            case DOUBLE -> put(Double.toString(((DoubleColumn) column).values()[row]));
            case DECIMAL -> decimal(column, row);
            case DATE -> date(((IntColumn) column).values()[row]);
            case TIMESTAMP -> timestamp(((LongColumn) column).values()[row]);
            case STRING -> {
                BytesColumn strings = (BytesColumn) column;
                put(strings.data(), strings.starts()[row], strings.lengths()[row]);
            }
            case BINARY -> binary((BytesColumn) column, row);
            case ARRAY, MAP, STRUCT -> json(column, row);
        }
    }

    /** A value as JSON; null too. */
    public void json(Column column, int row) {
        if (column.isNull(row)) {
            put("null");
            return;
        }
        if (column instanceof DictionaryColumn dictionary) {
            json(dictionary.dictionary(), dictionary.ids()[row]);
            return;
        }
        Type type = column.type();
        switch (type.kind()) {
            case NULL, BOOLEAN, TINYINT, SMALLINT, INTEGER, INTERVAL_MONTH -> value(column, row);
            case BIGINT, INTERVAL_DAY, DECIMAL -> value(column, row);
            case FLOAT, DOUBLE -> {
                boolean finite = Double.isFinite(((DoubleColumn) column).values()[row]);
                quotedUnless(finite, column, row);
            }
            case DATE, TIMESTAMP, BINARY -> quotedUnless(false, column, row);
            case STRING -> {
                BytesColumn strings = (BytesColumn) column;
                jsonString(strings.data(), strings.starts()[row], strings.lengths()[row]);
            }
            case ARRAY -> jsonArray((ArrayColumn) column, row);
            case MAP -> jsonMap((ArrayColumn) column, row);
            case STRUCT -> jsonStruct((StructColumn) column, row);
        }
    }

    public void jsonString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        jsonString(utf8, 0, utf8.length);
    }

    private void jsonString(byte[] data, int start, int count) {
        room(6 * count + 2);
        byte[] to = out;
        int at = length;
        to[at++] = '"';
        for (int i = start; i < start + count; i++) {
            byte b = data[i];
            if (b == '"' || b == '\\') {
                to[at++] = '\\';
                to[at++] = b;
            } else if (b >= ' ' || b < 0) {
                to[at++] = b;
            } else {
                to[at++] = '\\';
                switch (b) {
                    case '\n' -> to[at++] = 'n';
                    case '\r' -> to[at++] = 'r';
                    case '\t' -> to[at++] = 't';
                    default -> {
                        to[at++] = 'u';
                        to[at++] = '0';
                        to[at++] = '0';
                        to[at++] = HEX[b >> 4];
                        to[at++] = HEX[b & 15];
                    }
                }
            }
        }
        to[at++] = '"';
        length = at;
    }

    private void quotedUnless(boolean bare, Column column, int row) {
        if (bare) {
            value(column, row);
            return;
        }
        TextWriter text = new TextWriter();
        text.value(column, row);
        jsonString(text.out, 0, text.length);
    }

    private void jsonArray(ArrayColumn column, int row) {
        int start = column.starts()[row];
        put('[');
        for (int i = 0; i < column.lengths()[row]; i++) {
            if (i > 0) {
                put(',');
            }
            json(column.elements(), start + i);
        }
        put(']');
    }

    private void jsonMap(ArrayColumn column, int row) {
        StructColumn entries = (StructColumn) column.elements().flat();
        int start = column.starts()[row];
        put('{');
        for (int i = start; i < start + column.lengths()[row]; i++) {
            if (i > start) {
                put(',');
            }
            TextWriter key = new TextWriter();
            key.value(entries.member(0), i);
            jsonString(key.out, 0, key.length);
            put(':');
            json(entries.member(1), i);
        }
        put('}');
    }

    private void jsonStruct(StructColumn column, int row) {
        put('{');
        for (int i = 0; i < column.size(); i++) {
            Field field = column.type().children().get(i);
            if (i > 0) {
                put(',');
            }
            jsonString(field.name());
            put(':');
            json(column.member(i), row);
        }
        put('}');
    }

    private void number(long value) {
        room(20);
        if (value == Long.MIN_VALUE) {
            put(Long.toString(value));
            return;
        }
        long rest = Math.abs(value);
        int digits = 1;
        for (long bound = 10; digits < 19 && rest >= bound; bound *= 10) {
            digits++;
        }
        if (value < 0) {
            out[length++] = '-';
        }
        for (int i = length + digits - 1; i >= length; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private void decimal(Column column, int row) {
        int scale = column.type().scale();
        if (column instanceof LongColumn longs && scale == 0) {
            number(longs.values()[row]);
            return;
        }
        BigInteger unscaled =
                column instanceof DecimalColumn wide
                        ? Int128.toBigInteger(wide.highs()[row], wide.lows()[row])
                        : BigInteger.valueOf(((LongColumn) column).values()[row]);
        put(new BigDecimal(unscaled, scale).toPlainString());
    }

    private void date(long days) {
        // from days to year, month, day by years from March (Howard Hinnant's algorithm)
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra =
                (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * month + 2) / 5 + 1;
        long year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
        if (year < 0 || year > 9999) {
            number(year);
        } else {
            padded(year, 4);
        }
        put('-');
        padded(month < 10 ? month + 3 : month - 9, 2);
        put('-');
        padded(day, 2);
    }

    private void timestamp(long micros) {
        date(Math.floorDiv(micros, DateTimes.MICROS_PER_DAY));
        long time = Math.floorMod(micros, DateTimes.MICROS_PER_DAY);
        put(' ');
        padded(time / 3_600_000_000L, 2);
        put(':');
        padded(time / 60_000_000 % 60, 2);
        put(':');
        padded(time / 1_000_000 % 60, 2);
        if (time % 1_000_000 != 0) {
            put('.');
            padded(time % 1_000_000, 6);
        }
    }

    private void padded(long value, int digits) {
        room(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private void binary(BytesColumn column, int row) {
        int start = column.starts()[row];
        int count = column.lengths()[row];
        put('\\');
        put('x');
        room(2 * count);
        for (int i = start; i < start + count; i++) {
            out[length++] = HEX[column.data()[i] >> 4 & 15];
            out[length++] = HEX[column.data()[i] & 15];
        }
    }

    private void room(int more) {
        if (out.length - length < more) {
            long wanted = Math.max((long) length + more, Math.min(2L * length, 1L << 30));
            out = Arrays.copyOf(out, Math.toIntExact(wanted));
        }
    }
}
