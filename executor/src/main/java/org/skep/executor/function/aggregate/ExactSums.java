package org.skep.executor.function.aggregate;

import java.math.BigDecimal;
import java.math.MathContext;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/** Sums of integers or unscaled decimals in 128 bits, and how many values went in. */
final class ExactSums {
    private long[] highs = {};
    private long[] lows = {};
    private long[] counts = {};

    private void grow(int groupCount) {
        highs = Growth.longs(highs, groupCount);
        lows = Growth.longs(lows, groupCount);
        counts = Growth.longs(counts, groupCount);
    }

    /** Adds the values of a flat column of layout INT, LONG or DECIMAL. */
    void add(Column column, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        long[] validity = column.validity();
        if (column instanceof DecimalColumn wide) {
            for (int i = 0; i < rows; i++) {
                if (validity == null || Bits.get(validity, i)) {
                    add(groups[i], wide.highs()[i], wide.lows()[i], 1);
                }
            }
        } else if (validity == null && groupCount == 1) {
            addAll(column, rows);
        } else if (column instanceof LongColumn longs) {
            add(longs.values(), validity, groups, rows);
        } else {
            add(((IntColumn) column).values(), validity, groups, rows);
        }
    }

    /** All rows into group 0. */
    private void addAll(Column column, int rows) {
        if (column instanceof IntColumn ints) {
            int[] values = ints.values();
            long sum = 0; // of at most 2^31 ints: no overflow
            for (int i = 0; i < rows; i++) {
                sum += values[i];
            }
            add(0, sum >> 63, sum, rows);
            return;
        }
        long[] values = ((LongColumn) column).values();
        // the low halves as unsigned numbers, and the high halves, cannot overflow in 2^31 rows
        long low = 0;
        long high = 0;
        for (int i = 0; i < rows; i++) {
            low += values[i] & 0xFFFFFFFFL;
            high += values[i] >> 32;
        }
        add(0, high >> 63, high, 0, 32);
        add(0, 0, low, rows);
    }

    private void add(int group, long high, long low, int count, int shift) {
        add(group, high << shift | low >>> 64 - shift, low << shift, count);
    }

    private void add(long[] values, long[] validity, int[] groups, int rows) {
        long[] low = lows;
        long[] high = highs;
        long[] count = counts;
        if (validity == null) {
            for (int i = 0; i < rows; i++) {
                int group = groups[i];
                long value = values[i];
                long sum = low[group] + value;
                low[group] = sum;
                // the carry of an unsigned addition, without a branch
                high[group] += (value >> 63) + carry(sum, value);
                count[group]++;
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            long valid = validity[i >> 6] >>> i & 1;
            long value = values[i] & -valid;
            long sum = low[group] + value;
            low[group] = sum;
            high[group] += (value >> 63) + carry(sum, value);
            count[group] += valid;
        }
    }

    private static long carry(long sum, long value) {
        return sum + Long.MIN_VALUE < value + Long.MIN_VALUE ? 1 : 0;
    }

    private void add(int[] values, long[] validity, int[] groups, int rows) {
        long[] longs = new long[rows];
        for (int i = 0; i < rows; i++) {
            longs[i] = values[i];
        }
        add(longs, validity, groups, rows);
    }

    private void add(int group, long high, long low, long count) {
        long sum = lows[group] + low;
        long before = highs[group];
        long after = before + high + carry(sum, low);
        // same signs in, another out: beyond 128 bits
        if (((before ^ after) & (high ^ after)) < 0) {
            throw overflow("the sum");
        }
        lows[group] = sum;
        highs[group] = after;
        counts[group] += count;
    }

    /** Adds partial sums, as {@link #sums} and {@link #counts} gave them. */
    void merge(Column sums, long[] partialCounts, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        DecimalColumn wide = (DecimalColumn) sums.flat();
        for (int i = 0; i < rows; i++) {
            if (!wide.isNull(i)) {
                long count = partialCounts == null ? 1 : partialCounts[i];
                add(groups[i], wide.highs()[i], wide.lows()[i], count);
            }
        }
    }

    /** Sums as DECIMAL(38,scale); null for groups without a value. */
    DecimalColumn sums(Type type, int from, int count) {
        long[] high = Growth.range(highs, from, count);
        long[] low = Growth.range(lows, from, count);
        return new DecimalColumn(type, high, low, count, validity(from, count));
    }

    long[] counts(int from, int count) {
        return Growth.range(counts, from, count);
    }

    long[] validity(int from, int count) {
        long[] bits = new long[Bits.words(count)];
        for (int i = 0; i < count; i++) {
            if (from + i < counts.length && counts[from + i] > 0) {
                Bits.set(bits, i);
            }
        }
        return Bits.orNull(bits, count);
    }

    /** The sums as a type of layout LONG or DECIMAL; those that do not fit are errors. */
    Column fitted(Type type, int from, int count) {
        DecimalColumn sums = sums(Type.decimal(38, type.scale()), from, count);
        if (type.layout() == Type.Layout.LONG) {
            for (int i = 0; i < count; i++) {
                if (!sums.isNull(i) && sums.highs()[i] != sums.lows()[i] >> 63) {
                    throw overflow(sums.value(i));
                }
            }
            return new LongColumn(type, sums.lows(), count, sums.validity());
        }
        for (int i = 0; i < count; i++) {
            boolean large = sums.highs()[i] > 1L << 60 || sums.highs()[i] < -(1L << 60);
            if (large && !sums.isNull(i) && ((BigDecimal) sums.value(i)).precision() > 38) {
                throw overflow(sums.value(i));
            }
        }
        return sums.as(type);
    }

    private static QueryException overflow(Object sum) {
        return new QueryException(
                ErrorCode.NUMERIC_OVERFLOW,
                "sum: %s does not fit the result type".formatted(sum),
                "sum a DECIMAL(38,0) or DOUBLE instead: sum(cast(x AS DOUBLE))");
    }

    double average(int group, int scale) {
        BigDecimal sum = new BigDecimal(Int128.toBigInteger(highs[group], lows[group]), scale);
        if (highs[group] == lows[group] >> 63 && scale == 0) {
            return (double) lows[group] / counts[group];
        }
        return sum.divide(BigDecimal.valueOf(counts[group]), MathContext.DECIMAL128).doubleValue();
    }

    boolean isEmpty(int group) {
        return group >= counts.length || counts[group] == 0;
    }

    long bytes() {
        return 24L * counts.length;
    }
}
