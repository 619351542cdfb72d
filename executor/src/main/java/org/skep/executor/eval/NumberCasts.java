package org.skep.executor.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.skep.executor.value.Calendar;
import org.skep.executor.value.Decimals;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** Casts to numbers from all but text. */
final class NumberCasts {
    private static final BigDecimal MILLION = BigDecimal.valueOf(Calendar.MICROS_PER_SECOND);

    private NumberCasts() {}

    static Casts.Conversion conversion(Type from, Type to) {
        return switch (from.kind()) {
            case BOOLEAN -> NumberCasts::fromBoolean;
            case TIMESTAMP -> NumberCasts::fromTimestamp;
            case TINYINT, SMALLINT, INTEGER, BIGINT ->
                    switch (to.kind()) {
                        case FLOAT, DOUBLE -> NumberCasts::integerToDouble;
                        case DECIMAL -> NumberCasts::toDecimal;
                        default -> NumberCasts::integerToInteger;
                    };
            case FLOAT, DOUBLE ->
                    switch (to.kind()) {
                        case FLOAT, DOUBLE -> NumberCasts::doubleToDouble;
                        case DECIMAL -> NumberCasts::toDecimal;
                        default -> NumberCasts::doubleToInteger;
                    };
            case DECIMAL ->
                    switch (to.kind()) {
                        case FLOAT, DOUBLE -> NumberCasts::decimalToDouble;
                        case DECIMAL -> NumberCasts::toDecimal;
                        default -> NumberCasts::decimalToInteger;
                    };
            case NULL, DATE, STRING, BINARY, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, STRUCT ->
                    Casts.refuse(from, to);
        };
    }

    private static Column fromBoolean(Column input, Type to, boolean orNull) {
        byte[] values = ((BooleanColumn) input).values();
        int[] ints = new int[input.rows()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = values[i];
        }
        Column numbers = new IntColumn(Type.INTEGER, ints, ints.length, input.validity());
        return Casts.conversion(Type.INTEGER, to).apply(numbers, to, orNull);
    }

    /** Seconds since 1970; whole ones, rounded down, for integers. */
    private static Column fromTimestamp(Column input, Type to, boolean orNull) {
        long[] micros = ((LongColumn) input).values();
        int rows = input.rows();
        if (to.isInteger()) {
            long[] seconds = new long[rows];
            for (int i = 0; i < rows; i++) {
                seconds[i] = Math.floorDiv(micros[i], Calendar.MICROS_PER_SECOND);
            }
            Column longs = new LongColumn(Type.BIGINT, seconds, rows, input.validity());
            return Casts.conversion(Type.BIGINT, to).apply(longs, to, orNull);
        }
        double[] seconds = new double[rows];
        for (int i = 0; i < rows; i++) {
            seconds[i] = micros[i] / 1e6;
        }
        Column doubles = new DoubleColumn(Type.DOUBLE, seconds, rows, input.validity());
        return Casts.conversion(Type.DOUBLE, to).apply(doubles, to, orNull);
    }

    static Column secondsToTimestamp(Column input, Type to, boolean orNull) {
        long[] out = new long[input.rows()];
        Misses misses = new Misses(input, to, orNull);
        for (int i = 0; i < out.length; i++) {
            if (!input.isNull(i)) {
                BigDecimal micros = decimal(input, i);
                micros = micros == null ? null : micros.multiply(MILLION);
                if (micros == null
                        || micros.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
                    misses.add(i);
                } else {
                    out[i] = micros.longValue();
                }
            }
        }
        return new LongColumn(to, out, out.length, misses.validity());
    }

    /** The value of a number as a decimal; null for NaN and infinities. */
    private static BigDecimal decimal(Column input, int row) {
        if (input instanceof DoubleColumn doubles) {
            double value = doubles.values()[row];
            if (!Double.isFinite(value)) {
                return null;
            }
            return input.type().kind() == Type.Kind.FLOAT
                    ? new BigDecimal(Float.toString((float) value))
                    : BigDecimal.valueOf(value);
        }
        if (input instanceof IntColumn ints) {
            return BigDecimal.valueOf(ints.values()[row]);
        }
        if (input instanceof LongColumn longs) {
            return BigDecimal.valueOf(longs.values()[row], input.type().scale());
        }
        return (BigDecimal) input.value(row);
    }

    private static long[] longs(Column input) {
        if (input instanceof LongColumn longs) {
            return longs.values();
        }
        int[] values = ((IntColumn) input).values();
        long[] out = new long[input.rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    private static Column integerToInteger(Column input, Type to, boolean orNull) {
        return narrow(longs(input), input, to, new Misses(input, to, orNull));
    }

    /** Longs as an integer type; those outside of its range are misses. */
    private static Column narrow(long[] values, Column input, Type to, Misses misses) {
        int rows = input.rows();
        if (to.kind() == Type.Kind.BIGINT) {
            return new LongColumn(to, values, rows, misses.validity());
        }
        long min = to.minInteger();
        long max = to.maxInteger();
        int[] out = new int[rows];
        long bad = 0;
        for (int i = 0; i < rows; i++) {
            long value = values[i];
            out[i] = (int) value;
            bad |= value < min | value > max ? 1 : 0;
        }
        for (int i = 0; bad != 0 && i < rows; i++) {
            if (values[i] < min || values[i] > max) {
                misses.add(i);
            }
        }
        return new IntColumn(to, out, rows, misses.validity());
    }

    private static Column integerToDouble(Column input, Type to, boolean orNull) {
        int rows = input.rows();
        double[] out = new double[rows];
        if (input instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int i = 0; i < rows; i++) {
                out[i] = values[i];
            }
        } else {
            long[] values = ((LongColumn) input).values();
            for (int i = 0; i < rows; i++) {
                out[i] = values[i];
            }
        }
        return round(new DoubleColumn(to, out, rows, input.validity()));
    }

    /** A new FLOAT column's values must be floats. */
    private static Column round(DoubleColumn column) {
        if (column.type().kind() == Type.Kind.FLOAT) {
            double[] values = column.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) values[i];
            }
        }
        return column;
    }

    private static Column doubleToDouble(Column input, Type to, boolean orNull) {
        if (to.kind() == Type.Kind.DOUBLE) {
            return input.as(to);
        }
        double[] values = ((DoubleColumn) input).values().clone();
        Misses misses = new Misses(input, to, orNull);
        for (int i = 0; i < input.rows(); i++) {
            if (Double.isFinite(values[i]) && Float.isInfinite((float) values[i])) {
                misses.add(i);
            }
        }
        return round(new DoubleColumn(to, values, input.rows(), misses.validity()));
    }

    private static Column doubleToInteger(Column input, Type to, boolean orNull) {
        double[] values = ((DoubleColumn) input).values();
        long[] out = new long[input.rows()];
        Misses misses = new Misses(input, to, orNull);
        for (int i = 0; i < out.length; i++) {
            double value = values[i];
            // also false for NaN; 2^63 is the first double that is too large
            if (!(value >= -0x1p63 && value < 0x1p63)) {
                misses.add(i);
            }
            out[i] = (long) value;
        }
        return narrow(out, input.withValidity(misses.validity()), to, misses);
    }

    private static Column decimalToDouble(Column input, Type to, boolean orNull) {
        int rows = input.rows();
        double[] out = new double[rows];
        int scale = input.type().scale();
        if (input instanceof LongColumn longs && scale <= 18) {
            long[] values = longs.values();
            double power = Math.pow(10, scale); // exact up to 10^22
            for (int i = 0; i < rows; i++) {
                out[i] = values[i] / power;
            }
            // one rounding is right only while the unscaled value is an exact double
            for (int i = 0; i < rows; i++) {
                if (Math.abs(values[i]) > 1L << 53) {
                    out[i] = BigDecimal.valueOf(values[i], scale).doubleValue();
                }
            }
        } else {
            for (int i = 0; i < rows; i++) {
                if (!input.isNull(i)) {
                    out[i] = decimal(input, i).doubleValue();
                }
            }
        }
        return round(new DoubleColumn(to, out, rows, input.validity()));
    }

    private static Column decimalToInteger(Column input, Type to, boolean orNull) {
        long[] out = new long[input.rows()];
        Misses misses = new Misses(input, to, orNull);
        if (input instanceof LongColumn longs) {
            long[] values = longs.values();
            long power = 1;
            for (int i = 0; i < input.type().scale(); i++) {
                power *= 10;
            }
            for (int i = 0; i < out.length; i++) {
                out[i] = values[i] / power;
            }
            return narrow(out, input, to, misses);
        }
        for (int i = 0; i < out.length; i++) {
            if (!input.isNull(i)) {
                BigInteger whole = decimal(input, i).toBigInteger();
                if (whole.bitLength() > 63) {
                    misses.add(i);
                }
                out[i] = whole.longValue();
            }
        }
        return narrow(out, input.withValidity(misses.validity()), to, misses);
    }

    private static Column toDecimal(Column input, Type to, boolean orNull) {
        int rows = input.rows();
        int up = to.scale() - input.type().scale();
        if (!(input instanceof DoubleColumn)
                && !(input instanceof DecimalColumn)
                && to.layout() == Type.Layout.LONG
                && up >= 0) {
            long[] out = scaleUp(longs(input), rows, up, to.precision());
            if (out != null) {
                return new LongColumn(to, out, rows, input.validity());
            }
        }
        boolean decimal = input.type().kind() == Type.Kind.DECIMAL;
        if (decimal && up == 0 && input.type().precision() <= to.precision()) {
            return widen(input, to);
        }
        Misses misses = new Misses(input, to, orNull);
        long[] highs = new long[rows];
        long[] lows = new long[rows];
        for (int i = 0; i < rows; i++) {
            if (input.isNull(i)) {
                continue;
            }
            BigDecimal value = decimal(input, i);
            BigDecimal fitted = value == null ? null : Decimals.fitOrNull(value, to);
            if (fitted == null) {
                misses.add(i);
            } else {
                highs[i] = Int128.high(fitted.unscaledValue());
                lows[i] = Int128.low(fitted.unscaledValue());
            }
        }
        return to.layout() == Type.Layout.LONG
                ? new LongColumn(to, lows, rows, misses.validity())
                : DecimalColumn.of(to, highs, lows, rows, misses.validity());
    }

    /** Null when a row does not fit: the slow path finds out whether it matters. */
    private static long[] scaleUp(long[] values, int rows, int up, int precision) {
        long power = 1;
        for (int i = 0; i < up; i++) {
            power *= 10;
        }
        long max = 1;
        for (int i = 0; i < precision - up; i++) {
            max *= 10;
        }
        long[] out = new long[rows];
        long bad = 0;
        for (int i = 0; i < rows; i++) {
            long value = values[i];
            out[i] = value * power;
            bad |= value >= max | value <= -max ? 1 : 0;
        }
        return bad == 0 ? out : null;
    }

    private static Column widen(Column input, Type to) {
        if (input instanceof LongColumn longs && to.layout() == Type.Layout.DECIMAL) {
            return DecimalColumn.ofLongs(to, longs.values(), input.rows(), input.validity());
        }
        if (input instanceof DecimalColumn || input instanceof LongColumn) {
            return input.as(to);
        }
        throw new IllegalArgumentException(input.type() + " to " + to);
    }
}
