package org.skep.model.data;

import java.util.Arrays;
import org.skep.model.type.Type;

/** DOUBLE, and FLOAT as doubles that are exact floats. */
public final class DoubleColumn extends Column {
    private final double[] values;

    public DoubleColumn(Type type, double[] values, int rows, long[] validity) {
        super(type, rows, validity);
        this.values = values;
    }

    public double[] values() {
        return values;
    }

    @Override
    public DoubleColumn gather(int[] positions, int count) {
        double[] out = new double[count];
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
        return new DoubleColumn(type(), out, count, bits);
    }

    @Override
    public DoubleColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new DoubleColumn(
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
        return 8L * values.length + validityBytes();
    }

    @Override
    public DoubleColumn as(Type other) {
        return new DoubleColumn(other, values, rows(), validity());
    }

    @Override
    public DoubleColumn withValidity(long[] other) {
        return new DoubleColumn(type(), values, rows(), Bits.and(validity(), other));
    }
}
