package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/**
 * {@code sum}: integers as BIGINT, DECIMAL(p,s) as DECIMAL(38,s), floating numbers as DOUBLE,
 * intervals as themselves. Null for no values. Exact sums are kept in 128 bits, so only a result
 * that does not fit is an error, whatever the order of the rows.
 */
final class Sum {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    new Definition(
                            List.of("sum"),
                            "sum(number or interval) → BIGINT, DECIMAL, DOUBLE or interval",
                            Sum::resolve,
                            Sum::states,
                            Sum::accumulator));

    private Sum() {}

    private static List<Type> resolve(List<Type> arguments) {
        if (arguments.size() != 1) {
            return null;
        }
        Type type = arguments.get(0);
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> List.of(type, Type.BIGINT);
            case NULL -> List.of(Type.BIGINT, Type.BIGINT);
            case DECIMAL -> List.of(type, Type.decimal(Type.MAX_PRECISION, type.scale()));
            case FLOAT, DOUBLE -> List.of(type, Type.DOUBLE);
            case INTERVAL_DAY, INTERVAL_MONTH -> List.of(type, type);
            case BOOLEAN, DATE, TIMESTAMP, STRING, BINARY, ARRAY, MAP, STRUCT -> null;
        };
    }

    private static boolean floating(Signature signature) {
        return signature.result().kind() == Type.Kind.DOUBLE;
    }

    private static List<Type> states(Signature signature) {
        return floating(signature)
                ? List.of(Type.DOUBLE, Type.DOUBLE)
                : List.of(Type.decimal(Type.MAX_PRECISION, signature.result().scale()));
    }

    private static Accumulator accumulator(Signature signature) {
        return floating(signature) ? new Doubles() : new Exact(signature.result());
    }

    private static final class Exact implements Accumulator {
        private final Type type;
        private final Type stateType;
        private final ExactSums sums = new ExactSums();

        Exact(Type type) {
            this.type = type;
            this.stateType = Type.decimal(Type.MAX_PRECISION, type.scale());
        }

        @Override
        public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
            sums.add(arguments[0].flat(), groups, rows, groupCount);
        }

        @Override
        public void merge(Column[] states, int[] groups, int rows, int groupCount) {
            sums.merge(states[0], null, groups, rows, groupCount);
        }

        @Override
        public Column[] states(int from, int count) {
            return new Column[] {sums.sums(stateType, from, count)};
        }

        @Override
        public Column results(int from, int count) {
            if (type.layout() == Type.Layout.INT) {
                LongColumn longs = (LongColumn) sums.fitted(Type.BIGINT, from, count);
                int[] ints = new int[count];
                for (int i = 0; i < count; i++) {
                    ints[i] = Math.toIntExact(longs.values()[i]);
                }
                return new IntColumn(type, ints, count, longs.validity());
            }
            return sums.fitted(type, from, count);
        }

        @Override
        public long bytes() {
            return sums.bytes();
        }
    }

    private static final class Doubles implements Accumulator {
        private final DoubleSums sums = new DoubleSums();
        private long[] seen = {};

        @Override
        public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
            sums.grow(groupCount);
            seen = Growth.bits(seen, groupCount);
            DoubleColumn column = (DoubleColumn) arguments[0].flat();
            double[] values = column.values();
            long[] validity = column.validity();
            long[] bits = seen;
            if (validity == null && groupCount == 1) {
                sums.addAll(column, rows, 0);
                bits[0] |= rows > 0 ? 1 : 0;
                return;
            }
            for (int i = 0; i < rows; i++) {
                if (validity == null || Bits.get(validity, i)) {
                    int group = groups[i];
                    sums.add(values[i], group);
                    bits[group >> 6] |= 1L << group;
                }
            }
        }

        @Override
        public void merge(Column[] states, int[] groups, int rows, int groupCount) {
            sums.grow(groupCount);
            seen = Growth.bits(seen, groupCount);
            Column[] flat = {states[0].flat(), states[1].flat()};
            for (int i = 0; i < rows; i++) {
                if (!flat[0].isNull(i)) {
                    sums.merge(flat, i, groups[i]);
                    Bits.set(seen, groups[i]);
                }
            }
        }

        @Override
        public Column[] states(int from, int count) {
            long[] validity = Growth.validity(seen, from, count);
            return new Column[] {sums.totals(from, count, validity), sums.lost(from, count)};
        }

        @Override
        public Column results(int from, int count) {
            return sums.results(from, count, Growth.validity(seen, from, count));
        }

        @Override
        public long bytes() {
            return sums.bytes() + 8L * seen.length;
        }
    }
}
