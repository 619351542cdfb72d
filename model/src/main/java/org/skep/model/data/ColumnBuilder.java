package org.skep.model.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/**
 * Makes a column value by value. An {@code append…} that does not fit the type's layout is a
 * programmer's mistake and fails. A builder makes one column and is then thrown away.
 */
public final class ColumnBuilder {
    private static final byte[] NO_BYTES = {};

    private final Type type;
    private final Type.Layout layout;
    private int rows;
    private long[] validity;
    private byte[] bytes = NO_BYTES;
    private int bytesEnd;
    private int[] ints;
    private int[] lengths;
    private long[] longs;
    private long[] highs;
    private double[] doubles;
    private ColumnBuilder[] children;

    private ColumnBuilder(Type type, int capacity) {
        this.type = type;
        this.layout = type.layout();
        int size = Math.max(1, capacity);
        switch (layout) {
            case BOOLEAN -> bytes = new byte[size];
            case INT -> ints = new int[size];
            case LONG -> longs = new long[size];
            case DOUBLE -> doubles = new double[size];
            case DECIMAL -> {
                highs = new long[size];
                longs = new long[size];
            }
            case BYTES -> {
                ints = new int[size];
                lengths = new int[size];
            }
            case ARRAY -> {
                ints = new int[size];
                lengths = new int[size];
                children = new ColumnBuilder[] {of(type.element(), size)};
            }
            case STRUCT -> {
                children = new ColumnBuilder[type.children().size()];
                Arrays.setAll(children, i -> of(type.children().get(i).type(), size));
            }
        }
    }

    public static ColumnBuilder of(Type type, int capacity) {
        return new ColumnBuilder(type, capacity);
    }

    public Type type() {
        return type;
    }

    public int rows() {
        return rows;
    }

    public void appendNull() {
        grow();
        if (validity == null) {
            validity = Bits.allSet(capacity());
        }
        Bits.clear(validity, rows);
        if (layout == Type.Layout.BYTES) {
            ints[rows] = bytesEnd;
            lengths[rows] = 0;
        } else if (layout == Type.Layout.ARRAY) {
            ints[rows] = children[0].rows;
            lengths[rows] = 0;
        } else if (layout == Type.Layout.STRUCT) {
            for (ColumnBuilder child : children) {
                child.appendNull();
            }
        }
        rows++;
    }

    public void appendBoolean(boolean value) {
        expect(Type.Layout.BOOLEAN);
        grow();
        bytes[rows++] = (byte) (value ? 1 : 0);
    }

    public void appendInt(int value) {
        expect(Type.Layout.INT);
        grow();
        ints[rows++] = value;
    }

    /** A value of layout LONG; for a DECIMAL the unscaled value. */
    public void appendLong(long value) {
        expect(Type.Layout.LONG);
        grow();
        longs[rows++] = value;
    }

    public void appendDouble(double value) {
        expect(Type.Layout.DOUBLE);
        grow();
        doubles[rows++] = type.kind() == Type.Kind.FLOAT ? (float) value : value;
    }

    /** The unscaled value of a DECIMAL of layout DECIMAL. */
    public void appendInt128(long high, long low) {
        expect(Type.Layout.DECIMAL);
        grow();
        highs[rows] = high;
        longs[rows++] = low;
    }

    public void appendBytes(byte[] data, int start, int length) {
        expect(Type.Layout.BYTES);
        grow();
        if (bytes.length - bytesEnd < length) {
            int wanted = Math.addExact(bytesEnd, length);
            bytes =
                    Arrays.copyOf(
                            bytes,
                            (int) Math.min(Integer.MAX_VALUE - 8, Math.max(64L, 2L * wanted)));
        }
        System.arraycopy(data, start, bytes, bytesEnd, length);
        ints[rows] = bytesEnd;
        lengths[rows++] = length;
        bytesEnd += length;
    }

    public void appendUtf8(Utf8 value) {
        appendBytes(value.data(), value.start(), value.length());
    }

    public void appendString(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        appendBytes(utf8, 0, utf8.length);
    }

    /** A DECIMAL of either layout, rounded half up to the type's scale. */
    public void appendDecimal(BigDecimal value) {
        BigInteger unscaled = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
        if (layout == Type.Layout.LONG) {
            appendLong(unscaled.longValueExact());
        } else {
            appendInt128(Int128.high(unscaled), Int128.low(unscaled));
        }
    }

    /** The builder of an array's elements: append to it, then call {@link #endArray}. */
    public ColumnBuilder elements() {
        expect(Type.Layout.ARRAY);
        return children[0];
    }

    /** Ends a row whose elements are all that were appended since {@code firstElement}. */
    public void endArray(int firstElement) {
        expect(Type.Layout.ARRAY);
        grow();
        ints[rows] = firstElement;
        lengths[rows++] = children[0].rows - firstElement;
    }

    /** The builder of a struct's member: append one value to each, then {@link #endStruct}. */
    public ColumnBuilder member(int index) {
        expect(Type.Layout.STRUCT);
        return children[index];
    }

    public void endStruct() {
        expect(Type.Layout.STRUCT);
        grow();
        rows++;
    }

    /** A value in the boxed form of {@link Column#value}; null for null. */
    public void appendValue(Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        switch (type.kind()) {
            case NULL -> throw new IllegalArgumentException("a value of type NULL: " + value);
            case BOOLEAN -> appendBoolean((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, DATE, INTERVAL_MONTH ->
                    appendInt(((Number) value).intValue());
            case BIGINT, TIMESTAMP, INTERVAL_DAY -> appendLong(((Number) value).longValue());
            case FLOAT, DOUBLE -> appendDouble(((Number) value).doubleValue());
            case DECIMAL -> appendDecimal((BigDecimal) value);
            case STRING -> appendString(value.toString());
            case BINARY -> appendBytes((byte[]) value, 0, ((byte[]) value).length);
            case ARRAY -> {
                int first = children[0].rows;
                ((List<?>) value).forEach(children[0]::appendValue);
                endArray(first);
            }
            case MAP -> {
                int first = children[0].rows;
                ((Map<?, ?>) value).forEach((k, v) -> children[0].appendValue(Arrays.asList(k, v)));
                endArray(first);
            }
            case STRUCT -> {
                List<?> members = (List<?>) value;
                for (int i = 0; i < children.length; i++) {
                    children[i].appendValue(members.get(i));
                }
                endStruct();
            }
        }
    }

    /** Row {@code row} of a column of the same type. */
    public void append(Column column, int row) {
        if (column.isNull(row)) {
            appendNull();
        } else if (column instanceof DictionaryColumn dictionary) {
            append(dictionary.dictionary(), dictionary.ids()[row]);
        } else {
            appendNonNull(column, row);
        }
    }

    private void appendNonNull(Column column, int row) {
        switch (layout) {
            case BOOLEAN -> appendBoolean(((BooleanColumn) column).values()[row] != 0);
            case INT -> appendInt(((IntColumn) column).values()[row]);
            case LONG -> appendLong(((LongColumn) column).values()[row]);
            case DOUBLE -> appendDouble(((DoubleColumn) column).values()[row]);
            case DECIMAL -> {
                DecimalColumn decimals = (DecimalColumn) column;
                appendInt128(decimals.highs()[row], decimals.lows()[row]);
            }
            case BYTES -> {
                BytesColumn from = (BytesColumn) column;
                appendBytes(from.data(), from.starts()[row], from.lengths()[row]);
            }
            case ARRAY -> {
                ArrayColumn from = (ArrayColumn) column;
                int first = children[0].rows;
                int start = from.starts()[row];
                for (int i = start; i < start + from.lengths()[row]; i++) {
                    children[0].append(from.elements(), i);
                }
                endArray(first);
            }
            case STRUCT -> {
                for (int i = 0; i < children.length; i++) {
                    children[i].append(((StructColumn) column).member(i), row);
                }
                endStruct();
            }
        }
    }

    public Column build() {
        long[] bits = validity == null ? null : Bits.orNull(validity, rows);
        return switch (layout) {
            case BOOLEAN -> new BooleanColumn(type, bytes, rows, bits);
            case INT -> new IntColumn(type, ints, rows, bits);
            case LONG -> new LongColumn(type, longs, rows, bits);
            case DOUBLE -> new DoubleColumn(type, doubles, rows, bits);
            case DECIMAL -> DecimalColumn.of(type, highs, longs, rows, bits);
            case BYTES -> new BytesColumn(type, bytes, ints, lengths, rows, bits);
            case ARRAY -> new ArrayColumn(type, ints, lengths, children[0].build(), rows, bits);
            case STRUCT -> {
                Column[] members = new Column[children.length];
                Arrays.setAll(members, i -> children[i].build());
                yield new StructColumn(type, members, rows, bits);
            }
        };
    }

    private int capacity() {
        return switch (layout) {
            case BOOLEAN -> bytes.length;
            case INT, BYTES, ARRAY -> ints.length;
            case LONG, DECIMAL -> longs.length;
            case DOUBLE -> doubles.length;
            case STRUCT -> Math.max(rows + 1, validity == null ? 0 : validity.length << 6);
        };
    }

    private void grow() {
        if (rows == capacity()) {
            int size = Math.max(16, Math.addExact(rows, rows));
            switch (layout) {
                case BOOLEAN -> bytes = Arrays.copyOf(bytes, size);
                case INT -> ints = Arrays.copyOf(ints, size);
                case LONG -> longs = Arrays.copyOf(longs, size);
                case DOUBLE -> doubles = Arrays.copyOf(doubles, size);
                case DECIMAL -> {
                    highs = Arrays.copyOf(highs, size);
                    longs = Arrays.copyOf(longs, size);
                }
                case BYTES, ARRAY -> {
                    ints = Arrays.copyOf(ints, size);
                    lengths = Arrays.copyOf(lengths, size);
                }
                case STRUCT -> {}
            }
        }
        if (validity != null && rows >> 6 >= validity.length) {
            int words = validity.length;
            validity = Arrays.copyOf(validity, Math.max(Bits.words(capacity()), 2 * words));
            Arrays.fill(validity, words, validity.length, -1L);
        }
        if (validity != null) {
            Bits.set(validity, rows); // bits beyond the last row may have been cleared
        }
    }

    private void expect(Type.Layout wanted) {
        if (layout != wanted) {
            throw new IllegalArgumentException("a value of layout " + wanted + " for " + type);
        }
    }

    /** Builders for all columns of a schema. */
    public static ColumnBuilder[] of(List<Field> fields, int capacity) {
        ColumnBuilder[] builders = new ColumnBuilder[fields.size()];
        Arrays.setAll(builders, i -> of(fields.get(i).type(), capacity));
        return builders;
    }
}
