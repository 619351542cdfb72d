package org.skep.model.data;

import java.util.Arrays;
import org.skep.model.type.Type;

/** TINYINT, SMALLINT, INTEGER, DATE and INTERVAL_MONTH. */
public final class IntColumn extends Column {
    private final int[] values;

    public IntColumn(Type type, int[] values, int rows, long[] validity) {
        super(type, rows, validity);
        this.values = values;
    }

    public int[] values() {
        return values;
    }

    @Override
    public IntColumn gather(int[] positions, int count) {
        int[] out = new int[count];
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
        return new IntColumn(type(), out, count, bits);
    }

    @Override
    public IntColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new IntColumn(
                        type(),
                        Arrays.copyOfRange(values, from, from + count),
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        return values[row];
    }

    @Override
    public long bytes() {
        return 4L * values.length + validityBytes();
    }

    @Override
    public IntColumn as(Type other) {
        return new IntColumn(other, values, rows(), validity());
    }

    @Override
    public IntColumn withValidity(long[] other) {
        return new IntColumn(type(), values, rows(), Bits.and(validity(), other));
    }
}
