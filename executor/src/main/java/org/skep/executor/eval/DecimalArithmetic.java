package org.skep.executor.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.Expr.Operator;
import org.skep.model.type.Type;

/** DECIMAL arithmetic: as longs where all are short, else in 128 bits. */
final class DecimalArithmetic {
    private final Operator operator;
    private final Type type;
    private final BigInteger bound;
    private final long boundHigh;
    private final long boundLow;

    private DecimalArithmetic(Operator operator, Type type) {
        this.operator = operator;
        this.type = type;
        this.bound = BigInteger.TEN.pow(type.precision());
        this.boundHigh = Int128.high(bound);
        this.boundLow = Int128.low(bound);
    }

    static Arithmetics.Kernel kernel(Operator operator, Type type) {
        DecimalArithmetic kernel = new DecimalArithmetic(operator, type);
        return kernel::apply;
    }

    private Column apply(Column left, Column right, int rows, long[] validity) {
        boolean scaled =
                operator == Operator.MULTIPLY
                        ? left.type().scale() + right.type().scale() == type.scale()
                        : left.type().scale() == type.scale()
                                && right.type().scale() == type.scale();
        boolean divides = operator.ordinal() >= Operator.DIVIDE.ordinal();
        boolean shorts = left instanceof LongColumn && right instanceof LongColumn;
        if (scaled && shorts && type.layout() == Type.Layout.LONG) {
            return longs((LongColumn) left, (LongColumn) right, rows, validity);
        }
        if (scaled && !divides) {
            Column narrow = narrow(left, right, rows, validity);
            if (narrow != null) {
                return narrow;
            }
            return operator == Operator.MULTIPLY
                    ? multiply(new Wide(left), new Wide(right), rows, validity)
                    : add(new Wide(left), new Wide(right), rows, validity);
        }
        return exact(left, right, rows, validity);
    }

    /** The values if they are known to fit 64 bits, else null. */
    private static long[] longs(Column column) {
        if (column instanceof DecimalColumn decimals) {
            return decimals.isNarrow() ? decimals.lows() : null;
        }
        return ((LongColumn) column).values();
    }

    /**
     * Wide types, but operands and results of 64 bits, which fit every type of 19 digits; null when
     * some do not.
     */
    private Column narrow(Column left, Column right, int rows, long[] validity) {
        long[] a = longs(left);
        long[] b = longs(right);
        if (a == null || b == null || type.layout() != Type.Layout.DECIMAL) {
            return null;
        }
        long[] out = new long[rows];
        long bad = 0;
        if (operator == Operator.MULTIPLY) {
            long high = 0;
            for (int i = 0; i < rows; i++) {
                long r = a[i] * b[i];
                out[i] = r;
                high |= Math.multiplyHigh(a[i], b[i]) ^ r >> 63;
            }
            bad = high == 0 ? 0 : -1;
        } else if (operator == Operator.ADD) {
            for (int i = 0; i < rows; i++) {
                long r = a[i] + b[i];
                out[i] = r;
                bad |= (a[i] ^ r) & (b[i] ^ r);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                long r = a[i] - b[i];
                out[i] = r;
                bad |= (a[i] ^ b[i]) & (a[i] ^ r);
            }
        }
        return bad < 0 ? null : DecimalColumn.ofLongs(type, out, rows, validity);
    }

    private Column longs(LongColumn left, LongColumn right, int rows, long[] validity) {
        long[] a = left.values();
        long[] b = right.values();
        long[] out = new long[rows];
        long max = boundLow - 1;
        long bad = 0;
        switch (operator) {
            case ADD -> {
                for (int i = 0; i < rows; i++) {
                    long r = a[i] + b[i];
                    out[i] = r;
                    bad |= max - r | max + r;
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < rows; i++) {
                    long r = a[i] - b[i];
                    out[i] = r;
                    bad |= max - r | max + r;
                }
            }
            case MULTIPLY -> {
                long high = 0;
                for (int i = 0; i < rows; i++) {
                    long r = a[i] * b[i];
                    out[i] = r;
                    high |= Math.multiplyHigh(a[i], b[i]) ^ r >> 63;
                    bad |= max - r | max + r;
                }
                bad |= high == 0 ? 0 : -1;
            }
            case REMAINDER -> {
                for (int i = 0; i < rows; i++) {
                    long divisor = b[i];
                    out[i] = a[i] % (divisor == 0 ? 1 : divisor);
                    bad |= divisor == 0 ? -1L : 0L;
                }
            }
            case DIVIDE, INTEGER_DIVIDE -> bad = -1;
        }
        return bad < 0
                ? exact(left, right, rows, validity)
                : new LongColumn(type, out, rows, validity);
    }

    /** Either layout read as 128-bit integers. */
    private static final class Wide {
        final Column column;
        final long[] highs;
        final long[] lows;

        Wide(Column column) {
            this.column = column;
            if (column instanceof DecimalColumn decimals) {
                highs = decimals.highs();
                lows = decimals.lows();
            } else {
                lows = ((LongColumn) column).values();
                highs = new long[column.rows()];
                for (int i = 0; i < highs.length; i++) {
                    highs[i] = lows[i] >> 63;
                }
            }
        }
    }

    private Column add(Wide left, Wide right, int rows, long[] validity) {
        long[] highs = new long[rows];
        long[] lows = new long[rows];
        boolean subtract = operator == Operator.SUBTRACT;
        boolean bad = false;
        for (int i = 0; i < rows; i++) {
            long ah = left.highs[i];
            long al = left.lows[i];
            long bh = right.highs[i];
            long bl = right.lows[i];
            long low;
            long high;
            long overflow;
            if (subtract) {
                low = al - bl;
                high = ah - bh - (Long.compareUnsigned(al, bl) < 0 ? 1 : 0);
                overflow = (ah ^ bh) & (ah ^ high);
            } else {
                low = al + bl;
                high = ah + bh + (Long.compareUnsigned(low, al) < 0 ? 1 : 0);
                overflow = (ah ^ high) & (bh ^ high);
            }
            highs[i] = high;
            lows[i] = low;
            bad |= overflow < 0 || outside(high, low);
        }
        return bad
                ? exact(left.column, right.column, rows, validity)
                : column(highs, lows, rows, validity);
    }

    private Column multiply(Wide left, Wide right, int rows, long[] validity) {
        long[] highs = new long[rows];
        long[] lows = new long[rows];
        boolean bad = false;
        for (int i = 0; i < rows; i++) {
            long a = left.lows[i];
            long b = right.lows[i];
            long high = Math.multiplyHigh(a, b);
            long low = a * b;
            highs[i] = high;
            lows[i] = low;
            boolean wide = left.highs[i] != a >> 63 || right.highs[i] != b >> 63;
            bad |= wide || outside(high, low);
        }
        return bad
                ? exact(left.column, right.column, rows, validity)
                : column(highs, lows, rows, validity);
    }

    private Column column(long[] highs, long[] lows, int rows, long[] validity) {
        return type.layout() == Type.Layout.LONG
                ? new LongColumn(type, lows, rows, validity)
                : DecimalColumn.of(type, highs, lows, rows, validity);
    }

    private boolean outside(long high, long low) {
        if (high < 0) {
            low = -low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        return Int128.compare(high, low, boundHigh, boundLow) >= 0 || high < 0;
    }

    /** By big numbers: for odd scales, wide factors, and to find the row that went wrong. */
    private Column exact(Column left, Column right, int rows, long[] validity) {
        long[] highs = new long[rows];
        long[] lows = new long[rows];
        for (int i = 0; i < rows; i++) {
            if (validity != null && !Bits.get(validity, i)) {
                continue;
            }
            BigDecimal a = (BigDecimal) left.value(i);
            BigDecimal b = (BigDecimal) right.value(i);
            BigDecimal result = exact(a, b).setScale(type.scale(), RoundingMode.HALF_UP);
            BigInteger unscaled = result.unscaledValue();
            if (unscaled.abs().compareTo(bound) >= 0) {
                throw Arithmetics.overflow(
                        operator, type, a.toPlainString(), b.toPlainString(), null);
            }
            highs[i] = Int128.high(unscaled);
            lows[i] = Int128.low(unscaled);
        }
        return column(highs, lows, rows, validity);
    }

    private BigDecimal exact(BigDecimal a, BigDecimal b) {
        if (operator.ordinal() >= Operator.DIVIDE.ordinal() && b.signum() == 0) {
            throw Arithmetics.byZero(operator, a.toPlainString());
        }
        return switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> a.divide(b, type.scale(), RoundingMode.HALF_UP);
            case INTEGER_DIVIDE -> a.divideToIntegralValue(b);
            case REMAINDER -> a.remainder(b);
        };
    }
}
