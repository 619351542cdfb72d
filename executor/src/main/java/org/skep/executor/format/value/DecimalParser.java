package org.skep.executor.format.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** DECIMAL: further digits after the point are rounded half up, too many before it are an error. */
final class DecimalParser extends ValueParser {
    private static final long HARD = Long.MIN_VALUE;

    private final Numbers numbers = new Numbers();
    private final int scale;
    private final BigInteger bound;
    private final long longBound;

    DecimalParser(Type type) {
        super(type);
        scale = type.scale();
        bound = BigInteger.TEN.pow(type.precision());
        longBound = bound.bitLength() < 64 ? bound.longValue() : Long.MAX_VALUE;
    }

    @Override
    public Column parse(
            byte[] data, int[] starts, int[] lengths, long[] validity, int rows, BadValues bad) {
        long[] lows = new long[rows];
        long[] highs = type().layout() == Type.Layout.LONG ? null : new long[rows];
        for (int i = 0; i < rows; i++) {
            if (validity != null && !Bits.get(validity, i)) {
                continue;
            }
            long easy = easy(data, starts[i], lengths[i]);
            if (easy != HARD) {
                lows[i] = easy;
                if (highs != null) {
                    highs[i] = easy >> 63;
                }
                continue;
            }
            BigInteger value = hard(data, starts[i], lengths[i]);
            if (value == null) {
                bad.add(i);
            } else {
                lows[i] = Int128.low(value);
                if (highs != null) {
                    highs[i] = Int128.high(value);
                }
            }
        }
        return highs == null
                ? new LongColumn(type(), lows, rows, validity)
                : DecimalColumn.of(type(), highs, lows, rows, validity);
    }

    /** The unscaled value of a plain number with no more digits than a long surely holds. */
    private long easy(byte[] data, int start, int length) {
        int at = start;
        int end = start + length;
        boolean negative = length > 0 && data[at] == '-';
        if (negative) {
            at++;
        }
        if (at == end || end - at > 17) {
            return HARD;
        }
        long value = 0;
        int point = -1;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (digit == '.' - '0' && point < 0) {
                point = at + 1;
            } else {
                return HARD;
            }
        }
        int missing = scale - (point < 0 ? 0 : end - point);
        if (missing < 0 || missing > 18 || length == (negative ? 2 : 1) && point >= 0) {
            return HARD;
        }
        long factor = Numbers.LONG_POWERS[missing];
        if (value >= longBound / factor + (longBound % factor == 0 ? 0 : 1)) {
            return HARD;
        }
        value *= factor;
        return negative ? -value : value;
    }

    private BigInteger hard(byte[] data, int start, int length) {
        BigDecimal value = numbers.decimal(data, start, length);
        if (numbers.failed) {
            return null;
        }
        BigInteger unscaled = value.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        return unscaled.abs().compareTo(bound) < 0 ? unscaled : null;
    }
}
