package org.skep.model.data;

import java.math.BigDecimal;
import java.util.Arrays;
import org.skep.model.type.Type;

/** BIGINT, TIMESTAMP, INTERVAL_DAY, and the unscaled values of a DECIMAL of up to 18 digits. */
public final class LongColumn extends Column {
    private final long[] values;

    public LongColumn(Type type, long[] values, int rows, long[] validity) {
        super(type, rows, validity);
        this.values = values;
    }

    public long[] values() {
        return values;
    }

    @Override
    public LongColumn gather(int[] positions, int count) {
        long[] out = new long[count];
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
        return new LongColumn(type(), out, count, bits);
    }

    @Override
    public LongColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new LongColumn(
                        type(),
                        Arrays.copyOfRange(values, from, from + count),
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        long value = values[row];
        if (type().kind() == Type.Kind.DECIMAL) {
            return BigDecimal.valueOf(value, type().scale());
        }
        return value;
    }

    @Override
    public long bytes() {
        return 8L * values.length + validityBytes();
    }

    @Override
    public LongColumn as(Type other) {
        return new LongColumn(other, values, rows(), validity());
    }

    @Override
    public LongColumn withValidity(long[] other) {
        return new LongColumn(type(), values, rows(), Bits.and(validity(), other));
    }
}
