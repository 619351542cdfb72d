package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.type.Type;

/** {@code product}: as a DOUBLE; {@code geomean}: its n-th root, by logarithms. */
final class Product implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(definition(false, "product"), definition(true, "geometric_mean", "geomean"));

    private final boolean root;
    private double[] values = {};
    private double[] counts = {};

    private Product(boolean root) {
        this.root = root;
    }

    private static Definition definition(boolean root, String... names) {
        return new Definition(
                List.of(names),
                names[0] + "(number) → DOUBLE",
                Definition.one(Definition::asDouble, Type.DOUBLE),
                signature -> List.of(Type.DOUBLE, Type.DOUBLE),
                signature -> new Product(root));
    }

    private void combine(int group, double value, double count) {
        if (counts[group] == 0) {
            values[group] = value;
        } else {
            values[group] = root ? values[group] + value : values[group] * value;
        }
        counts[group] += count;
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        DoubleColumn column = (DoubleColumn) arguments[0].flat();
        for (int i = 0; i < rows; i++) {
            if (!column.isNull(i)) {
                double value = column.values()[i];
                combine(groups[i], root ? Math.log(value) : value, 1);
            }
        }
    }

    private void grow(int groupCount) {
        values = Growth.doubles(values, groupCount);
        counts = Growth.doubles(counts, groupCount);
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        double[] partial = ((DoubleColumn) states[0].flat()).values();
        double[] partialCounts = ((DoubleColumn) states[1].flat()).values();
        for (int i = 0; i < rows; i++) {
            if (partialCounts[i] > 0) {
                combine(groups[i], partial[i], partialCounts[i]);
            }
        }
    }

    @Override
    public Column[] states(int from, int count) {
        return new Column[] {
            new DoubleColumn(Type.DOUBLE, Growth.range(values, from, count), count, null),
            new DoubleColumn(Type.DOUBLE, Growth.range(counts, from, count), count, null)
        };
    }

    @Override
    public Column results(int from, int count) {
        grow(from + count);
        double[] out = new double[count];
        long[] validity = new long[Bits.words(count)];
        for (int i = 0; i < count; i++) {
            double value = values[from + i];
            out[i] = root ? Math.exp(value / counts[from + i]) : value;
            if (counts[from + i] > 0) {
                Bits.set(validity, i);
            }
        }
        return new DoubleColumn(Type.DOUBLE, out, count, Bits.orNull(validity, count));
    }

    @Override
    public long bytes() {
        return 16L * values.length;
    }
}
