package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/**
 * {@code avg}: a DOUBLE for every number, null for no values. Integers and decimals are summed
 * exactly and divided once.
 */
final class Avg {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    new Definition(
                            List.of("avg", "mean"),
                            "avg(number) → DOUBLE",
                            Definition.one(Avg::parameter, Type.DOUBLE),
                            Avg::states,
                            Avg::accumulator));

    private Avg() {}

    private static Type parameter(Type type) {
        return type.kind() == Type.Kind.NULL ? Type.DOUBLE : type.isNumeric() ? type : null;
    }

    private static List<Type> states(Signature signature) {
        Type type = signature.parameters().get(0);
        return type.isFloating()
                ? List.of(Type.DOUBLE, Type.DOUBLE, Type.BIGINT)
                : List.of(Type.decimal(Type.MAX_PRECISION, type.scale()), Type.BIGINT);
    }

    private static Accumulator accumulator(Signature signature) {
        Type type = signature.parameters().get(0);
        return type.isFloating() ? new Doubles() : new Exact(type);
    }

    private static final class Exact implements Accumulator {
        private final Type sumType;
        private final ExactSums sums = new ExactSums();

        Exact(Type type) {
            sumType = Type.decimal(Type.MAX_PRECISION, type.scale());
        }

        @Override
        public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
            sums.add(arguments[0].flat(), groups, rows, groupCount);
        }

        @Override
        public void merge(Column[] states, int[] groups, int rows, int groupCount) {
            long[] counts = ((LongColumn) states[1].flat()).values();
            sums.merge(states[0], counts, groups, rows, groupCount);
        }

        @Override
        public Column[] states(int from, int count) {
            return new Column[] {
                sums.sums(sumType, from, count),
                new LongColumn(Type.BIGINT, sums.counts(from, count), count, null)
            };
        }

        @Override
        public Column results(int from, int count) {
            double[] out = new double[count];
            for (int i = 0; i < count; i++) {
                out[i] = sums.isEmpty(from + i) ? 0 : sums.average(from + i, sumType.scale());
            }
            return new DoubleColumn(Type.DOUBLE, out, count, sums.validity(from, count));
        }

        @Override
        public long bytes() {
            return sums.bytes();
        }
    }

    private static final class Doubles implements Accumulator {
        private final DoubleSums sums = new DoubleSums();
        private long[] counts = {};

        @Override
        public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
            sums.grow(groupCount);
            counts = Growth.longs(counts, groupCount);
            DoubleColumn column = (DoubleColumn) arguments[0].flat();
            double[] values = column.values();
            long[] validity = column.validity();
            long[] count = counts;
            for (int i = 0; i < rows; i++) {
                if (validity == null || Bits.get(validity, i)) {
                    int group = groups[i];
                    sums.add(values[i], group);
                    count[group]++;
                }
            }
        }

        @Override
        public void merge(Column[] states, int[] groups, int rows, int groupCount) {
            sums.grow(groupCount);
            counts = Growth.longs(counts, groupCount);
            Column[] partial = {states[0].flat(), states[1].flat()};
            long[] partialCounts = ((LongColumn) states[2].flat()).values();
            for (int i = 0; i < rows; i++) {
                sums.merge(partial, i, groups[i]);
                counts[groups[i]] += partialCounts[i];
            }
        }

        @Override
        public Column[] states(int from, int count) {
            return new Column[] {
                sums.totals(from, count, null),
                sums.lost(from, count),
                new LongColumn(Type.BIGINT, Growth.range(counts, from, count), count, null)
            };
        }

        @Override
        public Column results(int from, int count) {
            double[] out = new double[count];
            long[] bits = new long[Bits.words(count)];
            for (int i = 0; i < count; i++) {
                if (from + i < counts.length && counts[from + i] > 0) {
                    Bits.set(bits, i);
                    out[i] = sums.sum(from + i) / counts[from + i];
                }
            }
            return new DoubleColumn(Type.DOUBLE, out, count, Bits.orNull(bits, count));
        }

        @Override
        public long bytes() {
            return sums.bytes() + 8L * counts.length;
        }
    }
}
