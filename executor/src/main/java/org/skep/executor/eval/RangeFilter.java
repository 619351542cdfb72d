package org.skep.executor.eval;

import java.util.Arrays;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Expr.Compare;
import org.skep.model.plan.Expr.Comparison;
import org.skep.model.plan.Expr.Literal;
import org.skep.model.type.Type;

/**
 * A column against a constant, as a range of longs: every comparison with a constant, and BETWEEN,
 * asks whether a value lies in {@code [low, high]}, or does not. So one loop per layout does for
 * all. Doubles are compared by their order-preserving keys, text by the sign of its comparison.
 */
final class RangeFilter implements Filter, Evaluator {
    private final int column;
    private final Evaluator input;
    private final Type type;
    private final long low;
    private final long high;
    private final int flip;
    private final byte[] bytes;

    private RangeFilter(
            int column, Evaluator input, Type type, long low, long high, int flip, byte[] bytes) {
        this.column = column;
        this.input = input;
        this.type = type;
        this.low = low;
        this.high = high;
        this.flip = flip;
        this.bytes = bytes;
    }

    /** The filter for a comparison with a constant; null when it is not one. */
    static RangeFilter of(Compare compare, ExpressionCompiler compiler) {
        Comparison operator = compare.operator();
        Expr operand = compare.left();
        Expr other = compare.right();
        if (operand instanceof Literal) {
            operator = operator.mirrored();
            operand = compare.right();
            other = compare.left();
        }
        Type type = operand.type();
        boolean fits =
                switch (type.layout()) {
                    case INT, LONG, DOUBLE, BYTES -> true;
                    case BOOLEAN, DECIMAL, ARRAY, STRUCT -> false;
                };
        boolean constant = other instanceof Literal literal && literal.value() != null;
        boolean nullable = operator == Comparison.DISTINCT || operator == Comparison.NOT_DISTINCT;
        if (!fits || !constant || nullable || operand instanceof Literal) {
            return null;
        }
        int column = operand instanceof Expr.Input direct ? direct.column() : -1;
        Evaluator input = compiler.compile(operand);
        Column value = Column.constant(type, ((Literal) other).value(), 1);
        if (value instanceof BytesColumn text) {
            return of(operator, column, input, type, 0, text.copyOf(0));
        }
        return of(operator, column, input, type, key(value), null);
    }

    private static RangeFilter of(
            Comparison operator, int column, Evaluator input, Type type, long key, byte[] bytes) {
        long min = Long.MIN_VALUE;
        long max = Long.MAX_VALUE;
        return switch (operator) {
            case EQUAL -> new RangeFilter(column, input, type, key, key, 0, bytes);
            case NOT_EQUAL -> new RangeFilter(column, input, type, key, key, 1, bytes);
            case LESS_OR_EQUAL -> new RangeFilter(column, input, type, min, key, 0, bytes);
            case GREATER_OR_EQUAL -> new RangeFilter(column, input, type, key, max, 0, bytes);
            case GREATER -> new RangeFilter(column, input, type, min, key, 1, bytes);
            case LESS -> new RangeFilter(column, input, type, key, max, 1, bytes);
            case DISTINCT, NOT_DISTINCT -> throw new IllegalArgumentException(operator.symbol());
        };
    }

    private static long key(Column value) {
        return switch (value.type().layout()) {
            case INT -> ((IntColumn) value).values()[0];
            case LONG -> ((LongColumn) value).values()[0];
            case DOUBLE -> key(((DoubleColumn) value).values()[0]);
            case BOOLEAN, DECIMAL, BYTES, ARRAY, STRUCT ->
                    throw new IllegalArgumentException(value.type().toString());
        };
    }

    /** A long that orders as the double does: NaN greatest, -0 with 0. */
    static long key(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    /** One filter for two that follow each other, when both are ranges of the same column. */
    static Filter both(Filter first, Filter second) {
        if (first instanceof RangeFilter a
                && second instanceof RangeFilter b
                && a.column >= 0
                && a.column == b.column
                && a.bytes == null
                && a.isRange()
                && b.isRange()) {
            long low = Math.max(a.from(), b.from());
            long high = Math.min(a.to(), b.to());
            return low <= high
                    ? new RangeFilter(a.column, a.input, a.type, low, high, 0, null)
                    : (batch, rows, count, selected) -> 0;
        }
        return null;
    }

    /** Whether the values that pass are one range: all but those of {@code <>}. */
    private boolean isRange() {
        return flip == 0
                || low == Long.MIN_VALUE && high < Long.MAX_VALUE
                || high == Long.MAX_VALUE && low > Long.MIN_VALUE;
    }

    private long from() {
        return flip == 0 ? low : low == Long.MIN_VALUE ? high + 1 : Long.MIN_VALUE;
    }

    private long to() {
        return flip == 0 ? high : low == Long.MIN_VALUE ? Long.MAX_VALUE : low - 1;
    }

    @Override
    public int select(Batch batch, int[] rows, int count, int[] selected) {
        Column values = Constant.flat(input, batch);
        if (rows == null && values.validity() == null) {
            return switch (type.layout()) {
                case INT -> selectAll(((IntColumn) values).values(), count, selected);
                case LONG -> selectAll(((LongColumn) values).values(), count, selected);
                case DOUBLE -> selectAll(((DoubleColumn) values).values(), count, selected);
                case BOOLEAN, DECIMAL, BYTES, ARRAY, STRUCT ->
                        Filter.whereTrue(test(values, count), null, count, selected);
            };
        }
        int[] candidates = rows;
        if (rows == null) {
            candidates = selected;
            for (int i = 0; i < count; i++) {
                candidates[i] = i;
            }
        }
        long[] valid = values.validity() == null ? Bits.allSet(values.rows()) : values.validity();
        return switch (type.layout()) {
            case INT -> select(((IntColumn) values).values(), valid, candidates, count, selected);
            case LONG -> select(((LongColumn) values).values(), valid, candidates, count, selected);
            case DOUBLE ->
                    select(((DoubleColumn) values).values(), valid, candidates, count, selected);
            case BYTES -> select((BytesColumn) values, valid, candidates, count, selected);
            case BOOLEAN, DECIMAL, ARRAY, STRUCT -> throw new IllegalStateException();
        };
    }

    private int selectAll(int[] values, int count, int[] selected) {
        long from = low;
        long to = high;
        int not = flip;
        int k = 0;
        for (int row = 0; row < count; row++) {
            int value = values[row];
            selected[k] = row;
            k += (value >= from & value <= to ? 1 : 0) ^ not;
        }
        return k;
    }

    private int selectAll(long[] values, int count, int[] selected) {
        long from = low;
        long to = high;
        int not = flip;
        int k = 0;
        for (int row = 0; row < count; row++) {
            long value = values[row];
            selected[k] = row;
            k += (value >= from & value <= to ? 1 : 0) ^ not;
        }
        return k;
    }

    private int selectAll(double[] values, int count, int[] selected) {
        long from = low;
        long to = high;
        int not = flip;
        int k = 0;
        for (int row = 0; row < count; row++) {
            long value = key(values[row]);
            selected[k] = row;
            k += (value >= from & value <= to ? 1 : 0) ^ not;
        }
        return k;
    }

    private int select(int[] values, long[] valid, int[] rows, int count, int[] selected) {
        long from = low;
        long to = high;
        int not = flip;
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int value = values[row];
            selected[k] = row;
            k += ((value >= from & value <= to ? 1 : 0) ^ not) & (int) (valid[row >> 6] >>> row);
        }
        return k;
    }

    private int select(long[] values, long[] valid, int[] rows, int count, int[] selected) {
        long from = low;
        long to = high;
        int not = flip;
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long value = values[row];
            selected[k] = row;
            k += ((value >= from & value <= to ? 1 : 0) ^ not) & (int) (valid[row >> 6] >>> row);
        }
        return k;
    }

    private int select(double[] values, long[] valid, int[] rows, int count, int[] selected) {
        long from = low;
        long to = high;
        int not = flip;
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long value = key(values[row]);
            selected[k] = row;
            k += ((value >= from & value <= to ? 1 : 0) ^ not) & (int) (valid[row >> 6] >>> row);
        }
        return k;
    }

    private int select(BytesColumn values, long[] valid, int[] rows, int count, int[] selected) {
        byte[] data = values.data();
        int[] starts = values.starts();
        int[] lengths = values.lengths();
        int k = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            selected[k] = row;
            if ((valid[row >> 6] >>> row & 1) != 0) {
                k += test(data, starts[row], lengths[row]);
            }
        }
        return k;
    }

    private int test(byte[] data, int start, int length) {
        if (low == high) {
            boolean equal =
                    length == bytes.length
                            && Arrays.equals(data, start, start + length, bytes, 0, length);
            return (equal ? 1 : 0) ^ flip;
        }
        int order = Arrays.compareUnsigned(data, start, start + length, bytes, 0, bytes.length);
        return (order >= low & order <= high ? 1 : 0) ^ flip;
    }

    @Override
    public Column evaluate(Batch batch) {
        return test(Constant.flat(input, batch), batch.rows());
    }

    private Column test(Column values, int rows) {
        byte[] out = new byte[rows];
        long from = low;
        long to = high;
        int not = flip;
        switch (type.layout()) {
            case INT -> {
                int[] ints = ((IntColumn) values).values();
                for (int i = 0; i < rows; i++) {
                    int value = ints[i];
                    out[i] = (byte) ((value >= from & value <= to ? 1 : 0) ^ not);
                }
            }
            case LONG -> {
                long[] longs = ((LongColumn) values).values();
                for (int i = 0; i < rows; i++) {
                    long value = longs[i];
                    out[i] = (byte) ((value >= from & value <= to ? 1 : 0) ^ not);
                }
            }
            case DOUBLE -> {
                double[] doubles = ((DoubleColumn) values).values();
                for (int i = 0; i < rows; i++) {
                    long value = key(doubles[i]);
                    out[i] = (byte) ((value >= from & value <= to ? 1 : 0) ^ not);
                }
            }
            case BYTES -> {
                BytesColumn text = (BytesColumn) values;
                for (int i = 0; i < rows; i++) {
                    out[i] = (byte) test(text.data(), text.starts()[i], text.lengths()[i]);
                }
            }
            case BOOLEAN, DECIMAL, ARRAY, STRUCT -> throw new IllegalStateException();
        }
        return new BooleanColumn(Type.BOOLEAN, out, rows, values.validity());
    }
}
