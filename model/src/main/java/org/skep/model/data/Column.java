package org.skep.model.data;

import java.util.Arrays;
import java.util.Objects;
import org.skep.model.type.Type;

/**
 * The values of one column of a batch, in Arrow's layout over primitive heap arrays: values from
 * index 0, and validity bits or null when nothing is null. What stands at a null row is arbitrary
 * but readable.
 *
 * <p>Columns are not changed once made: arrays may be shared between columns and kept for as long
 * as anyone likes. Whoever fills an array stops writing before handing it to a column.
 */
public abstract sealed class Column
        permits BooleanColumn,
                IntColumn,
                LongColumn,
                DoubleColumn,
                DecimalColumn,
                BytesColumn,
                ArrayColumn,
                StructColumn,
                DictionaryColumn {
    private final Type type;
    private final int rows;
    private final long[] validity;

    Column(Type type, int rows, long[] validity) {
        this.type = Objects.requireNonNull(type);
        this.rows = rows;
        this.validity = validity;
        if (validity != null && validity.length < Bits.words(rows)) {
            throw new IllegalArgumentException(
                    "%d validity words for %d rows".formatted(validity.length, rows));
        }
    }

    /** {@code rows} times the same value, in the boxed form of {@link #value}; null for null. */
    public static Column constant(Type type, Object value, int rows) {
        ColumnBuilder one = ColumnBuilder.of(type, 1);
        one.appendValue(value);
        Column entry = one.build();
        if (rows == 1) {
            return entry;
        }
        long[] validity = value == null ? new long[Bits.words(rows)] : null;
        return new DictionaryColumn(new int[rows], entry, rows, validity);
    }

    public static Column nulls(Type type, int rows) {
        return constant(type, null, rows);
    }

    public final Type type() {
        return type;
    }

    public final int rows() {
        return rows;
    }

    /** The validity bits, or null when no row is null. */
    public final long[] validity() {
        return validity;
    }

    public final boolean hasNulls() {
        return validity != null;
    }

    public final boolean isNull(int row) {
        return validity != null && !Bits.get(validity, row);
    }

    /** Row {@code i} of the result is row {@code positions[i]}; null where that is negative. */
    public abstract Column gather(int[] positions, int count);

    public abstract Column slice(int from, int count);

    /**
     * The value at a row, boxed, null for null: Boolean; Integer (TINYINT … INTEGER, DATE in days,
     * INTERVAL_MONTH); Long (BIGINT, TIMESTAMP and INTERVAL_DAY in microseconds); Double;
     * BigDecimal; String; byte[] for BINARY; List for ARRAY and STRUCT; Map for MAP.
     */
    public final Object value(int row) {
        return isNull(row) ? null : nonNull(row);
    }

    abstract Object nonNull(int row);

    /** Bytes of heap that the column holds, shared arrays included. */
    public abstract long bytes();

    /** The same values without a dictionary. */
    public Column flat() {
        return this;
    }

    /** The same values under another type of the same layout. */
    public abstract Column as(Type other);

    /** The same values, null where {@code other}'s bits are clear too. */
    public abstract Column withValidity(long[] other);

    final long validityBytes() {
        return validity == null ? 0 : 8L * validity.length;
    }

    /** Validity of a gathered column; null when nothing can be null. */
    final long[] gatherValidity(int[] positions, int count) {
        return validity == null && !Bits.anyNegative(positions, count)
                ? null
                : Bits.gather(validity, positions, count);
    }

    @Override
    public String toString() {
        Object[] shown = new Object[Math.min(rows, 20)];
        Arrays.setAll(shown, this::value);
        return type + Arrays.toString(shown) + (rows > shown.length ? " of " + rows : "");
    }
}
