package org.skep.executor.operator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import org.skep.executor.kernel.Ordering;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/**
 * Edges of RANGE frames that lie a distance from the row's value in the one ORDER BY column. A row
 * with a null there has its peers, the other nulls, as frame; they are in no other row's frame.
 */
final class RangeEdges {
    private static final long DAY_MICROS = 86_400_000_000L;

    private RangeEdges() {}

    /**
     * @param sign -1 for PRECEDING, 1 for FOLLOWING
     * @param begin whether frames begin at the edge, not end
     */
    static void fill(
            int[] out, WindowRows rows, int sign, Object offset, Type offsetType, boolean begin) {
        SortKey key = rows.order().get(0);
        Column column = rows.rows().column(key.column()).flat();
        int direction = key.ascending() ? 1 : -1;
        Values values = values(column, offset, offsetType, sign * direction);
        for (int p = 0; p + 1 < rows.partitions().length; p++) {
            int start = rows.partitions()[p];
            int end = rows.partitions()[p + 1];
            int first = start; // of the rows that are not null
            int last = end;
            while (first < end && column.isNull(first)) {
                first++;
            }
            while (last > first && column.isNull(last - 1)) {
                last--;
            }
            for (int i = start; i < first; i++) {
                out[i] = begin ? start : first;
            }
            for (int i = last; i < end; i++) {
                out[i] = begin ? last : end;
            }
            int at = first;
            for (int i = first; i < last; i++) { // edges go up with the rows
                values.aim(i);
                while (at < last && before(values.compare(at) * direction, begin)) {
                    at++;
                }
                out[i] = at;
            }
        }
    }

    private static boolean before(int order, boolean begin) {
        return begin ? order < 0 : order <= 0;
    }

    /** Compares values with a target. */
    private interface Values {
        /** Makes the row's value, moved by the offset, the target. */
        void aim(int row);

        /** The natural order of a row's value and the target. */
        int compare(int row);
    }

    private static Values values(Column column, Object offset, Type offsetType, int sign) {
        return switch (column.type().kind()) {
            case FLOAT, DOUBLE ->
                    doubles((DoubleColumn) column, sign * ((Number) offset).doubleValue());
            case DECIMAL -> decimals(column, new BigDecimal(offset.toString()), sign);
            case DATE ->
                    isMonths(offsetType)
                            ? months(longs(column, 1), 1, sign * ((Number) offset).intValue())
                            : offsetType != null && offsetType.kind() == Type.Kind.INTERVAL_DAY
                                    ? numbers(longs(column, DAY_MICROS), sign, offset)
                                    : numbers(longs(column, 1), sign, offset);
            case TIMESTAMP ->
                    isMonths(offsetType)
                            ? months(
                                    longs(column, 1),
                                    DAY_MICROS,
                                    sign * ((Number) offset).intValue())
                            : numbers(longs(column, 1), sign, offset);
            case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_MONTH, INTERVAL_DAY ->
                    offset instanceof BigDecimal || offset instanceof Double
                            ? decimals(column, new BigDecimal(offset.toString()), sign)
                            : numbers(longs(column, 1), sign, offset);
            case NULL, BOOLEAN, STRING, BINARY, ARRAY, MAP, STRUCT ->
                    throw new IllegalArgumentException("a RANGE over " + column.type());
        };
    }

    private static boolean isMonths(Type type) {
        return type != null && type.kind() == Type.Kind.INTERVAL_MONTH;
    }

    private static long[] longs(Column column, long factor) {
        long[] out = new long[column.rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] =
                    column instanceof IntColumn ints
                            ? ints.values()[i] * factor
                            : ((LongColumn) column).values()[i];
        }
        return out;
    }

    private static Values numbers(long[] values, int sign, Object offset) {
        long by = sign * ((Number) offset).longValue();
        return new LongValues(values) {
            @Override
            long moved(long value) {
                long sum = value + by;
                boolean overflows = ((value ^ sum) & (by ^ sum)) < 0;
                return !overflows ? sum : by < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
        };
    }

    /**
     * @param dayLength how much a day is in the unit of the values
     */
    private static Values months(long[] values, long dayLength, int months) {
        return new LongValues(values) {
            @Override
            long moved(long value) {
                long day = Math.floorDiv(value, dayLength);
                long time = Math.floorMod(value, dayLength);
                LocalDate moved = LocalDate.ofEpochDay(day).plusMonths(months);
                return moved.toEpochDay() * dayLength + time;
            }
        };
    }

    private abstract static class LongValues implements Values {
        private final long[] values;
        private long target;

        LongValues(long[] values) {
            this.values = values;
        }

        abstract long moved(long value);

        @Override
        public void aim(int row) {
            target = moved(values[row]);
        }

        @Override
        public int compare(int row) {
            return Long.compare(values[row], target);
        }
    }

    private static Values doubles(DoubleColumn column, double by) {
        return new Values() {
            private final double[] target = new double[1];

            @Override
            public void aim(int row) {
                target[0] = column.values()[row] + by;
            }

            @Override
            public int compare(int row) {
                Column other = new DoubleColumn(Type.DOUBLE, target, 1, null);
                return Ordering.compare(column, row, other, 0);
            }
        };
    }

    private static Values decimals(Column column, BigDecimal offset, int sign) {
        BigDecimal by = sign < 0 ? offset.negate() : offset;
        return new Values() {
            private BigDecimal target;

            @Override
            public void aim(int row) {
                target = value(column, row).add(by);
            }

            @Override
            public int compare(int row) {
                return value(column, row).compareTo(target);
            }
        };
    }

    private static BigDecimal value(Column column, int row) {
        int scale = column.type().scale();
        if (column instanceof DecimalColumn decimals) {
            BigInteger unscaled = Int128.toBigInteger(decimals.highs()[row], decimals.lows()[row]);
            return new BigDecimal(unscaled, scale);
        }
        return BigDecimal.valueOf(WindowFunctions.integer(column, row), scale);
    }
}
