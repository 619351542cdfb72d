package org.skep.model.data;

import java.math.BigDecimal;
import java.util.Arrays;
import org.skep.model.type.Type;

/** DECIMAL of 19 to 38 digits: unscaled values as 128-bit integers, see {@link Int128}. */
public final class DecimalColumn extends Column {
    private final long[] highs;
    private final long[] lows;

    public DecimalColumn(Type type, long[] highs, long[] lows, int rows, long[] validity) {
        super(type, rows, validity);
        this.highs = highs;
        this.lows = lows;
    }

    public long[] highs() {
        return highs;
    }

    public long[] lows() {
        return lows;
    }

    @Override
    public DecimalColumn gather(int[] positions, int count) {
        long[] high = new long[count];
        long[] low = new long[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                high[i] = highs[position];
                low[i] = lows[position];
            }
        }
        return new DecimalColumn(type(), high, low, count, gatherValidity(positions, count));
    }

    @Override
    public DecimalColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new DecimalColumn(
                        type(),
                        Arrays.copyOfRange(highs, from, from + count),
                        Arrays.copyOfRange(lows, from, from + count),
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        return new BigDecimal(Int128.toBigInteger(highs[row], lows[row]), type().scale());
    }

    @Override
    public long bytes() {
        return 16L * lows.length + validityBytes();
    }

    @Override
    public DecimalColumn as(Type other) {
        return new DecimalColumn(other, highs, lows, rows(), validity());
    }

    @Override
    public DecimalColumn withValidity(long[] other) {
        return new DecimalColumn(type(), highs, lows, rows(), Bits.and(validity(), other));
    }
}
