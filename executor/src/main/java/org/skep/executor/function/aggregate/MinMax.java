package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/** {@code min} and {@code max} of any type; null for no values. */
final class MinMax {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(definition("min", -1), definition("max", 1));

    private MinMax() {}

    private static Definition definition(String name, int sign) {
        return new Definition(
                List.of(name),
                name + "(T) → T",
                Definition::same,
                signature -> List.of(signature.result()),
                signature -> accumulator(signature, sign));
    }

    private static Accumulator accumulator(Signature signature, int sign) {
        Type type = signature.result();
        return switch (type.layout()) {
            case INT, LONG -> new Longs(type, sign);
            case BOOLEAN, DOUBLE, DECIMAL, BYTES, ARRAY, STRUCT -> new Any(type, sign);
        };
    }

    /** Any type, by comparing with the slot. */
    private static final class Any implements Accumulator {
        private final Slots slots;
        private final int sign;

        Any(Type type, int sign) {
            this.slots = new Slots(type);
            this.sign = sign;
        }

        @Override
        public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
            slots.grow(groupCount);
            Column column = arguments[0];
            if (column instanceof DictionaryColumn ids && ids.dictionary().rows() > 0) {
                for (int i = 0; i < rows; i++) {
                    if (!column.isNull(i)) {
                        take(ids.dictionary(), ids.ids()[i], groups[i]);
                    }
                }
                return;
            }
            Column flat = column.flat();
            for (int i = 0; i < rows; i++) {
                take(flat, i, groups[i]);
            }
        }

        private void take(Column column, int row, int group) {
            if (!column.isNull(row)
                    && (slots.isNull(group) || slots.compare(column, row, group) * sign > 0)) {
                slots.set(group, column, row);
            }
        }

        @Override
        public void merge(Column[] states, int[] groups, int rows, int groupCount) {
            add(states, groups, rows, groupCount);
        }

        @Override
        public Column[] states(int from, int count) {
            return new Column[] {results(from, count)};
        }

        @Override
        public Column results(int from, int count) {
            return slots.column(from, count);
        }

        @Override
        public long bytes() {
            return slots.bytes();
        }
    }

    /** Layouts INT and LONG, without a branch. */
    private static final class Longs implements Accumulator {
        private final Type type;
        private final boolean max;
        private final long start;
        private long[] best = {};
        private long[] seen = {};

        Longs(Type type, int sign) {
            this.type = type;
            this.max = sign > 0;
            this.start = max ? Long.MIN_VALUE : Long.MAX_VALUE;
        }

        @Override
        public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
            best = Growth.longs(best, groupCount, start);
            seen = Growth.bits(seen, groupCount);
            Column column = arguments[0].flat();
            long[] values = column instanceof LongColumn longs ? longs.values() : widened(column);
            long[] validity = column.validity();
            long[] slots = best;
            long[] bits = seen;
            for (int i = 0; i < rows; i++) {
                if (validity == null || Bits.get(validity, i)) {
                    int group = groups[i];
                    long value = values[i];
                    long slot = slots[group];
                    slots[group] = max ? Math.max(slot, value) : Math.min(slot, value);
                    bits[group >> 6] |= 1L << group;
                }
            }
        }

        private static long[] widened(Column column) {
            int[] ints = ((IntColumn) column).values();
            long[] values = new long[column.rows()];
            for (int i = 0; i < values.length; i++) {
                values[i] = ints[i];
            }
            return values;
        }

        @Override
        public void merge(Column[] states, int[] groups, int rows, int groupCount) {
            add(states, groups, rows, groupCount);
        }

        @Override
        public Column[] states(int from, int count) {
            return new Column[] {results(from, count)};
        }

        @Override
        public Column results(int from, int count) {
            long[] values = Growth.range(best, from, count);
            long[] validity = Growth.validity(seen, from, count);
            if (type.layout() == Type.Layout.LONG) {
                return new LongColumn(type, values, count, validity);
            }
            int[] ints = new int[count];
            for (int i = 0; i < count; i++) {
                ints[i] = (int) values[i];
            }
            return new IntColumn(type, ints, count, validity);
        }

        @Override
        public long bytes() {
            return 8L * (best.length + seen.length);
        }
    }
}
