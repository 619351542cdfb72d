package org.skep.model.data;

import java.math.BigDecimal;
import java.util.Arrays;
import org.skep.model.type.Type;

/**
 * DECIMAL of 19 to 38 digits: unscaled values as 128-bit integers, see {@link Int128}. Most columns
 * are narrow: their values fit 64 bits, and the high halves are made only for those who ask.
 */
public final class DecimalColumn extends Column {
    private final boolean narrow;
    private final long[] lows;
    private volatile long[] highs; // of a narrow column null until asked for

    public DecimalColumn(Type type, long[] highs, long[] lows, int rows, long[] validity) {
        this(type, false, highs, lows, rows, validity);
    }

    private DecimalColumn(
            Type type, boolean narrow, long[] highs, long[] lows, int rows, long[] validity) {
        super(type, rows, validity);
        this.narrow = narrow;
        this.highs = highs;
        this.lows = lows;
    }

    /** A column that is narrow when it can be, for halves that come from elsewhere. */
    public static DecimalColumn of(
            Type type, long[] highs, long[] lows, int rows, long[] validity) {
        long wide = 0;
        for (int i = 0; i < rows; i++) {
            wide |= highs[i] ^ lows[i] >> 63;
        }
        return wide == 0
                ? ofLongs(type, lows, rows, validity)
                : new DecimalColumn(type, highs, lows, rows, validity);
    }

    /** A narrow column. */
    public static DecimalColumn ofLongs(Type type, long[] values, int rows, long[] validity) {
        return new DecimalColumn(type, true, null, values, rows, validity);
    }

    /** Whether the low halves are known to be the values. */
    public boolean isNarrow() {
        return narrow;
    }

    public long[] highs() {
        long[] made = highs;
        if (made == null) {
            made = new long[rows()];
            for (int i = 0; i < made.length; i++) {
                made[i] = lows[i] >> 63;
            }
            highs = made;
        }
        return made;
    }

    public long[] lows() {
        return lows;
    }

    @Override
    public DecimalColumn gather(int[] positions, int count) {
        long[] bits = gatherValidity(positions, count);
        long[] low = gather(lows, positions, count);
        long[] high = narrow ? null : gather(highs, positions, count);
        return new DecimalColumn(type(), narrow, high, low, count, bits);
    }

    private static long[] gather(long[] values, int[] positions, int count) {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            out[i] = position < 0 ? 0 : values[position];
        }
        return out;
    }

    @Override
    public DecimalColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new DecimalColumn(
                        type(),
                        narrow,
                        narrow ? null : Arrays.copyOfRange(highs, from, from + count),
                        Arrays.copyOfRange(lows, from, from + count),
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        return narrow
                ? BigDecimal.valueOf(lows[row], type().scale())
                : new BigDecimal(Int128.toBigInteger(highs[row], lows[row]), type().scale());
    }

    @Override
    public long bytes() {
        return (narrow ? 8L : 16L) * lows.length + validityBytes();
    }

    @Override
    public DecimalColumn as(Type other) {
        return new DecimalColumn(other, narrow, highs, lows, rows(), validity());
    }

    @Override
    public DecimalColumn withValidity(long[] other) {
        return new DecimalColumn(type(), narrow, highs, lows, rows(), Bits.and(validity(), other));
    }
}
