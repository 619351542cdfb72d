package org.skep.model.data;

import java.util.Arrays;
import org.skep.model.type.Type;

/** BOOLEAN, a byte a row: 0 or 1. */
public final class BooleanColumn extends Column {
    private final byte[] values;

    public BooleanColumn(Type type, byte[] values, int rows, long[] validity) {
        super(type, rows, validity);
        this.values = values;
    }

    public byte[] values() {
        return values;
    }

    @Override
    public BooleanColumn gather(int[] positions, int count) {
        byte[] out = new byte[count];
        long[] bits = gatherValidity(positions, count);
        if (bits == null) {
            for (int i = 0; i < count; i++) {
                out[i] = values[positions[i]];
            }
        } else {
            for (int i = 0; i < count; i++) {
                int position = positions[i];
                out[i] = position < 0 ? 0 : values[position];
            }
        }
        return new BooleanColumn(type(), out, count, bits);
    }

    @Override
    public BooleanColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new BooleanColumn(
                        type(),
                        Arrays.copyOfRange(values, from, from + count),
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        return values[row] != 0;
    }

    @Override
    public long bytes() {
        return (long) values.length + validityBytes();
    }

    @Override
    public BooleanColumn as(Type other) {
        return new BooleanColumn(other, values, rows(), validity());
    }

    @Override
    public BooleanColumn withValidity(long[] other) {
        return new BooleanColumn(type(), values, rows(), Bits.and(validity(), other));
    }
}
