package org.skep.executor.function.aggregate;

import java.util.Arrays;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** One value of any type per group, empty at first; a value may also be null. */
final class Slots {
    private final Type type;
    private long[] filled = {};
    private long[] nonNull = {};
    private long[] longs = {};
    private long[] highs = {};
    private double[] doubles = {};

    /** BYTES: the value; nested: null. */
    private byte[][] bytes = {};

    private Column[] columns = {};
    private long extra;

    Slots(Type type) {
        this.type = type;
    }

    void grow(int count) {
        filled = Growth.bits(filled, count);
        nonNull = Growth.bits(nonNull, count);
        switch (type.layout()) {
            case BOOLEAN, INT, LONG -> longs = Growth.longs(longs, count);
            case DOUBLE -> doubles = Growth.doubles(doubles, count);
            case DECIMAL -> {
                longs = Growth.longs(longs, count);
                highs = Growth.longs(highs, count);
            }
            case BYTES -> {
                if (bytes.length < count) {
                    bytes = Arrays.copyOf(bytes, Growth.capacity(bytes.length, count));
                }
            }
            case ARRAY, STRUCT -> {
                if (columns.length < count) {
                    columns = Arrays.copyOf(columns, Growth.capacity(columns.length, count));
                }
            }
        }
    }

    boolean isFilled(int group) {
        return Bits.get(filled, group);
    }

    boolean isNull(int group) {
        return !Bits.get(nonNull, group);
    }

    /** Puts a row of a flat column into a slot. */
    void set(int group, Column column, int row) {
        Bits.set(filled, group);
        if (column.isNull(row)) {
            Bits.clear(nonNull, group);
            return;
        }
        Bits.set(nonNull, group);
        switch (type.layout()) {
            case BOOLEAN -> longs[group] = ((BooleanColumn) column).values()[row];
            case INT -> longs[group] = ((IntColumn) column).values()[row];
            case LONG -> longs[group] = ((LongColumn) column).values()[row];
            case DOUBLE -> doubles[group] = ((DoubleColumn) column).values()[row];
            case DECIMAL -> {
                highs[group] = ((DecimalColumn) column).highs()[row];
                longs[group] = ((DecimalColumn) column).lows()[row];
            }
            case BYTES -> {
                extra -= bytes[group] == null ? 0 : 16 + bytes[group].length;
                bytes[group] = ((BytesColumn) column).copyOf(row);
                extra += 16 + bytes[group].length;
            }
            case ARRAY, STRUCT -> {
                ColumnBuilder one = ColumnBuilder.of(type, 1);
                one.append(column, row);
                extra -= columns[group] == null ? 0 : columns[group].bytes();
                columns[group] = one.build();
                extra += columns[group].bytes();
            }
        }
    }

    /** The order of a row's value against the slot's; neither is null. */
    int compare(Column column, int row, int group) {
        return switch (type.layout()) {
            case BOOLEAN -> Long.compare(((BooleanColumn) column).values()[row], longs[group]);
            case INT -> Long.compare(((IntColumn) column).values()[row], longs[group]);
            case LONG -> Long.compare(((LongColumn) column).values()[row], longs[group]);
            case DOUBLE ->
                    ValueOrder.compare(((DoubleColumn) column).values()[row], doubles[group]);
            case DECIMAL -> {
                DecimalColumn wide = (DecimalColumn) column;
                yield Int128.compare(
                        wide.highs()[row], wide.lows()[row], highs[group], longs[group]);
            }
            case BYTES -> {
                BytesColumn text = (BytesColumn) column;
                int from = text.starts()[row];
                byte[] slot = bytes[group];
                yield Arrays.compareUnsigned(
                        text.data(), from, from + text.lengths()[row], slot, 0, slot.length);
            }
            case ARRAY, STRUCT -> ValueOrder.compare(column, row, columns[group], 0);
        };
    }

    /** The slots from a group on; empty ones are null. */
    Column column(int from, int count) {
        grow(from + count);
        ColumnBuilder out = ColumnBuilder.of(type, count);
        for (int group = from; group < from + count; group++) {
            if (isNull(group)) {
                out.appendNull();
                continue;
            }
            switch (type.layout()) {
                case BOOLEAN -> out.appendBoolean(longs[group] != 0);
                case INT -> out.appendInt((int) longs[group]);
                case LONG -> out.appendLong(longs[group]);
                case DOUBLE -> out.appendDouble(doubles[group]);
                case DECIMAL -> out.appendInt128(highs[group], longs[group]);
                case BYTES -> out.appendBytes(bytes[group], 0, bytes[group].length);
                case ARRAY, STRUCT -> out.append(columns[group], 0);
            }
        }
        return out.build();
    }

    /** Whether slots are filled, as a BOOLEAN column. */
    Column filled(int from, int count) {
        grow(from + count);
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            out[i] = (byte) (isFilled(from + i) ? 1 : 0);
        }
        return new BooleanColumn(Type.BOOLEAN, out, count, null);
    }

    long bytes() {
        return 8L * (filled.length + nonNull.length + longs.length + highs.length + doubles.length)
                + 4L * (bytes.length + columns.length)
                + extra;
    }
}
