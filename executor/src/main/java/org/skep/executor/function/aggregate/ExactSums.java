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

/**
 * Sums of integers or unscaled decimals, exact in 128 bits, and how many values went in. As long as
 * a bound on the sums says so, they are kept in 64 bits, beside the counts, so that a row costs one
 * cache miss and no carry.
 */
final class ExactSums {
    private static final long MOST = Long.MAX_VALUE;

    /** So few groups that their sums may be looked at when the bound seems to be too large. */
    private static final int FEW = 1024;

    private long[] slots = {}; // per group the low half of the sum, how many values
    private long[] highs; // null as long as all sums fit 64 bits
    private long bound; // then no sum is farther from 0

    private void grow(int groupCount) {
        slots = Growth.longs(slots, Math.multiplyExact(2, groupCount));
        if (highs != null) {
            highs = Growth.longs(highs, groupCount);
        }
    }

    /** Adds the values of a flat column of layout INT, LONG or DECIMAL. */
    void add(Column column, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        long[] validity = column.validity();
        long[] values = longs(column, rows);
        if (values == null) {
            addWide((DecimalColumn) column, null, groups, rows);
        } else if (validity == null && groupCount == 1) {
            addAll(values, rows);
        } else if (fits(values, rows)) {
            addNarrow(values, validity, groups, rows);
        } else {
            add(values, validity, groups, rows);
        }
    }

    /** The values if they are known to fit 64 bits, else null. */
    private static long[] longs(Column column, int rows) {
        if (column instanceof LongColumn longs) {
            return longs.values();
        }
        if (column instanceof IntColumn ints) {
            long[] values = new long[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = ints.values()[i];
            }
            return values;
        }
        DecimalColumn decimals = (DecimalColumn) column;
        return decimals.isNarrow() ? decimals.lows() : null;
    }

    /** Whether sums fit 64 bits with these values too; if not, all get their high halves. */
    private boolean fits(long[] values, int rows) {
        if (highs != null) {
            return false;
        }
        long bits = 0;
        for (int i = 0; i < rows; i++) {
            bits |= values[i] ^ values[i] >> 63;
        }
        if (bits < MOST / 2 / Math.max(1, rows)) {
            long more = rows * (bits + 1);
            if (bound > MOST - more && slots.length <= 2 * FEW) {
                bound = 0;
                for (int i = 0; i < slots.length; i += 2) {
                    bound = Math.max(bound, slots[i] ^ slots[i] >> 63);
                }
            }
            if (bound < MOST - 1 - more) {
                bound += more;
                return true;
            }
        }
        widen();
        return false;
    }

    private void widen() {
        highs = new long[slots.length / 2];
        for (int i = 0; i < highs.length; i++) {
            highs[i] = slots[2 * i] >> 63;
        }
    }

    /** All rows into group 0. */
    private void addAll(long[] values, int rows) {
        if (fits(values, rows)) {
            long sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += values[i];
            }
            slots[0] += sum;
            slots[1] += rows;
            return;
        }
        // the low halves as unsigned numbers, and the high halves, cannot overflow in 2^31 rows
        long low = 0;
        long high = 0;
        for (int i = 0; i < rows; i++) {
            low += values[i] & 0xFFFFFFFFL;
            high += values[i] >> 32;
        }
        add(0, high >> 63 << 32 | high >>> 32, high << 32, 0);
        add(0, 0, low, rows);
    }

    private void addNarrow(long[] values, long[] validity, int[] groups, int rows) {
        long[] slot = slots;
        if (validity == null) {
            for (int i = 0; i < rows; i++) {
                int at = 2 * groups[i];
                slot[at] += values[i];
                slot[at + 1]++;
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            int at = 2 * groups[i];
            long valid = validity[i >> 6] >>> i & 1;
            slot[at] += values[i] & -valid;
            slot[at + 1] += valid;
        }
    }

    private void add(long[] values, long[] validity, int[] groups, int rows) {
        long[] slot = slots;
        long[] high = highs;
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            long valid = validity == null ? 1 : validity[i >> 6] >>> i & 1;
            long value = values[i] & -valid;
            long sum = slot[2 * group] + value;
            slot[2 * group] = sum;
            // the carry of an unsigned addition, without a branch
            high[group] += (value >> 63) + carry(sum, value);
            slot[2 * group + 1] += valid;
        }
    }

    private static long carry(long sum, long value) {
        return sum + Long.MIN_VALUE < value + Long.MIN_VALUE ? 1 : 0;
    }

    private void addWide(DecimalColumn column, long[] counts, int[] groups, int rows) {
        if (highs == null) {
            widen();
        }
        long[] high = column.highs();
        long[] low = column.lows();
        for (int i = 0; i < rows; i++) {
            if (!column.isNull(i)) {
                add(groups[i], high[i], low[i], counts == null ? 1 : counts[i]);
            }
        }
    }

    private void add(int group, long high, long low, long count) {
        long sum = slots[2 * group] + low;
        long before = highs[group];
        long after = before + high + carry(sum, low);
        // same signs in, another out: beyond 128 bits
        if (((before ^ after) & (high ^ after)) < 0) {
            throw overflow("the sum");
        }
        slots[2 * group] = sum;
        highs[group] = after;
        slots[2 * group + 1] += count;
    }

    /** Adds partial sums, as {@link #sums} and {@link #counts} gave them. */
    void merge(Column sums, long[] partialCounts, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        DecimalColumn column = (DecimalColumn) sums.flat();
        if (!column.isNarrow() || !fits(column.lows(), rows)) {
            addWide(column, partialCounts, groups, rows);
        } else if (partialCounts == null) {
            addNarrow(column.lows(), column.validity(), groups, rows);
        } else {
            long[] values = column.lows();
            for (int i = 0; i < rows; i++) {
                long valid = column.isNull(i) ? 0 : -1;
                slots[2 * groups[i]] += values[i] & valid;
                slots[2 * groups[i] + 1] += partialCounts[i] & valid;
            }
        }
    }

    /** Sums as DECIMAL(38,scale); null for groups without a value. */
    DecimalColumn sums(Type type, int from, int count) {
        long[] low = every(from, count, 0);
        long[] validity = validity(from, count);
        return highs == null
                ? DecimalColumn.ofLongs(type, low, count, validity)
                : new DecimalColumn(type, Growth.range(highs, from, count), low, count, validity);
    }

    long[] counts(int from, int count) {
        return every(from, count, 1);
    }

    private long[] every(int from, int count, int part) {
        long[] out = new long[count];
        for (int i = 0; i < count && 2 * (from + i) < slots.length; i++) {
            out[i] = slots[2 * (from + i) + part];
        }
        return out;
    }

    long[] validity(int from, int count) {
        long[] bits = new long[Bits.words(count)];
        for (int i = 0; i < count; i++) {
            if (!isEmpty(from + i)) {
                Bits.set(bits, i);
            }
        }
        return Bits.orNull(bits, count);
    }

    /** The sums as a type of layout LONG or DECIMAL; those that do not fit are errors. */
    Column fitted(Type type, int from, int count) {
        DecimalColumn sums = sums(Type.decimal(38, type.scale()), from, count);
        if (sums.isNarrow()) {
            return type.layout() == Type.Layout.LONG
                    ? new LongColumn(type, sums.lows(), count, sums.validity())
                    : sums.as(type);
        }
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
        long low = slots[2 * group];
        long count = slots[2 * group + 1];
        if (scale == 0 && (highs == null || highs[group] == low >> 63)) {
            return (double) low / count;
        }
        BigDecimal sum =
                highs == null
                        ? BigDecimal.valueOf(low, scale)
                        : new BigDecimal(Int128.toBigInteger(highs[group], low), scale);
        return sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
    }

    boolean isEmpty(int group) {
        return 2 * group >= slots.length || slots[2 * group + 1] == 0;
    }

    long bytes() {
        return 8L * slots.length + (highs == null ? 0 : 8L * highs.length);
    }
}
