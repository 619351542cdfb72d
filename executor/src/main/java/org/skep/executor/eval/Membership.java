package org.skep.executor.eval;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.plan.Expr.In;
import org.skep.model.type.Type;

/** IN over constants: hash sets for what fits a long and for bytes, a search for the rest. */
final class Membership {
    private Membership() {}

    static Evaluator evaluator(In in, ExpressionCompiler compiler) {
        Evaluator input = compiler.compile(in.input());
        Type type = in.input().type();
        Column values = column(type, in.values());
        Test test =
                switch (type.layout()) {
                    case INT, LONG, DOUBLE -> new LongSet(longs(values));
                    case BYTES -> new BytesSet((BytesColumn) values);
                    case BOOLEAN, DECIMAL, ARRAY, STRUCT ->
                            (column, out) -> search(values, column, out);
                };
        return batch -> {
            Column column = Constant.flat(input, batch);
            byte[] out = new byte[batch.rows()];
            test.apply(column, out);
            return new BooleanColumn(Type.BOOLEAN, out, out.length, column.validity());
        };
    }

    private interface Test {
        void apply(Column column, byte[] out);
    }

    private static Column column(Type type, List<Object> values) {
        ColumnBuilder builder = ColumnBuilder.of(type, values.size());
        values.forEach(builder::appendValue);
        return builder.build();
    }

    /** The values of a column of layout INT, LONG or DOUBLE such that equal ones are equal. */
    private static long[] longs(Column column) {
        if (column instanceof LongColumn longs) {
            return longs.values();
        }
        long[] out = new long[column.rows()];
        if (column instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int i = 0; i < out.length; i++) {
                out[i] = values[i];
            }
        } else {
            double[] values = ((DoubleColumn) column).values();
            for (int i = 0; i < out.length; i++) {
                out[i] = RangeFilter.key(values[i]);
            }
        }
        return out;
    }

    private static void search(Column values, Column column, byte[] out) {
        for (int i = 0; i < out.length; i++) {
            for (int k = 0; k < values.rows() && !column.isNull(i) && out[i] == 0; k++) {
                out[i] = (byte) (ValueOrder.compare(column, i, values, k) == 0 ? 1 : 0);
            }
        }
    }

    /** Up to a few values are compared one by one, more are hashed with linear probing. */
    private static final class LongSet implements Test {
        private static final int FEW = 8;

        private final long[] few;
        private final long[] slots;
        private final boolean[] used;
        private final int shift;

        LongSet(long[] values) {
            int count = values.length;
            few = count <= FEW ? Arrays.copyOf(values, count) : null;
            int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, count));
            slots = new long[1 << bits];
            used = new boolean[1 << bits];
            shift = 64 - bits;
            for (int i = 0; i < count; i++) {
                int slot = slot(values[i]);
                slots[slot] = values[i];
                used[slot] = true;
            }
        }

        /** Where the value is, or would be. */
        private int slot(long value) {
            int slot = (int) (value * 0x9E3779B97F4A7C15L >>> shift);
            while (used[slot] && slots[slot] != value) {
                slot = slot + 1 & slots.length - 1;
            }
            return slot;
        }

        @Override
        public void apply(Column column, byte[] out) {
            long[] values = longs(column);
            if (few == null) {
                for (int i = 0; i < out.length; i++) {
                    out[i] = (byte) (used[slot(values[i])] ? 1 : 0);
                }
                return;
            }
            for (long wanted : few) {
                for (int i = 0; i < out.length; i++) {
                    out[i] |= (byte) (values[i] == wanted ? 1 : 0);
                }
            }
        }
    }

    /** Hashed with linear probing; slots hold 1 + the index of a value. */
    private static final class BytesSet implements Test {
        private final BytesColumn values;
        private final int[] slots;

        BytesSet(BytesColumn values) {
            this.values = values;
            int count = values.rows();
            slots = new int[1 << 33 - Integer.numberOfLeadingZeros(Math.max(1, count))];
            for (int i = 0; i < count; i++) {
                int slot = slot(values.data(), values.starts()[i], values.lengths()[i]);
                slots[slot] = i + 1;
            }
        }

        private int slot(byte[] data, int start, int length) {
            int hash = length;
            for (int i = start; i < start + length; i++) {
                hash = 31 * hash + data[i];
            }
            int slot = (hash ^ hash >>> 15) & slots.length - 1;
            while (slots[slot] != 0 && !equal(slots[slot] - 1, data, start, length)) {
                slot = slot + 1 & slots.length - 1;
            }
            return slot;
        }

        private boolean equal(int index, byte[] data, int start, int length) {
            int from = values.starts()[index];
            return Arrays.equals(
                    values.data(),
                    from,
                    from + values.lengths()[index],
                    data,
                    start,
                    start + length);
        }

        @Override
        public void apply(Column column, byte[] out) {
            BytesColumn text = (BytesColumn) column;
            byte[] data = text.data();
            int[] starts = text.starts();
            int[] lengths = text.lengths();
            for (int i = 0; i < out.length; i++) {
                if (!column.isNull(i)) {
                    out[i] = (byte) (slots[slot(data, starts[i], lengths[i])] != 0 ? 1 : 0);
                }
            }
        }
    }
}
