package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.type.Type;

/**
 * Variance, standard deviation, skewness and kurtosis from the count, mean and central moments of a
 * group. Adding and merging follow Pébay, "Formulas for Robust, One-Pass Parallel Computation of
 * Covariances and Arbitrary-Order Statistical Moments" (2008), which is stable.
 */
final class Moments implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    definition(
                            (n, m2, m3, m4) -> n > 1 ? m2 / (n - 1) : Double.NaN,
                            "var_samp",
                            "variance"),
                    definition((n, m2, m3, m4) -> m2 / n, "var_pop"),
                    definition(
                            (n, m2, m3, m4) -> n > 1 ? Math.sqrt(m2 / (n - 1)) : Double.NaN,
                            "stddev_samp",
                            "stddev",
                            "std"),
                    definition((n, m2, m3, m4) -> Math.sqrt(m2 / n), "stddev_pop"),
                    definition(
                            (n, m2, m3, m4) -> Math.sqrt(n) * m3 / Math.pow(m2, 1.5), "skewness"),
                    definition((n, m2, m3, m4) -> n * m4 / (m2 * m2) - 3, "kurtosis"));

    /** A statistic of n values; NaN for none. */
    private interface Statistic {
        double of(double n, double m2, double m3, double m4);
    }

    private final Statistic statistic;
    private double[] counts = {};
    private double[] means = {};
    private double[] m2 = {};
    private double[] m3 = {};
    private double[] m4 = {};

    private Moments(Statistic statistic) {
        this.statistic = statistic;
    }

    private static Definition definition(Statistic statistic, String... names) {
        return new Definition(
                List.of(names),
                names[0] + "(number) → DOUBLE",
                Definition.one(Definition::asDouble, Type.DOUBLE),
                signature ->
                        List.of(Type.DOUBLE, Type.DOUBLE, Type.DOUBLE, Type.DOUBLE, Type.DOUBLE),
                signature -> new Moments(statistic));
    }

    private void grow(int groupCount) {
        counts = Growth.doubles(counts, groupCount);
        means = Growth.doubles(means, groupCount);
        m2 = Growth.doubles(m2, groupCount);
        m3 = Growth.doubles(m3, groupCount);
        m4 = Growth.doubles(m4, groupCount);
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        DoubleColumn column = (DoubleColumn) arguments[0].flat();
        long[] validity = column.validity();
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                add(groups[i], column.values()[i]);
            }
        }
    }

    /** One value, after Welford: rounds less than the general case. */
    private void add(int g, double value) {
        double n = counts[g] + 1;
        double delta = value - means[g];
        double step = delta / n;
        double mean = means[g] + step;
        double square = delta * (value - mean);
        m4[g] +=
                square * step * step * (n * n - 3 * n + 3)
                        + 6 * step * step * m2[g]
                        - 4 * step * m3[g];
        m3[g] += square * step * (n - 2) - 3 * step * m2[g];
        m2[g] += square;
        means[g] = mean;
        counts[g] = n;
    }

    private void combine(int g, double n, double mean, double c2, double c3, double c4) {
        double before = counts[g];
        double all = before + n;
        double delta = mean - means[g];
        double step = delta / all;
        double product = before * n;
        m4[g] +=
                c4
                        + delta * step * step * step * product * (before * before - product + n * n)
                        + 6 * step * step * (before * before * c2 + n * n * m2[g])
                        + 4 * step * (before * c3 - n * m3[g]);
        m3[g] +=
                c3
                        + delta * step * step * product * (before - n)
                        + 3 * step * (before * c2 - n * m2[g]);
        m2[g] += c2 + delta * step * product;
        means[g] += n * step;
        counts[g] = all;
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        double[][] parts = new double[5][];
        for (int k = 0; k < 5; k++) {
            parts[k] = ((DoubleColumn) states[k].flat()).values();
        }
        for (int i = 0; i < rows; i++) {
            if (parts[0][i] > 0) {
                combine(groups[i], parts[0][i], parts[1][i], parts[2][i], parts[3][i], parts[4][i]);
            }
        }
    }

    @Override
    public Column[] states(int from, int count) {
        double[][] slots = {counts, means, m2, m3, m4};
        Column[] states = new Column[5];
        for (int k = 0; k < 5; k++) {
            states[k] =
                    new DoubleColumn(Type.DOUBLE, Growth.range(slots[k], from, count), count, null);
        }
        return states;
    }

    @Override
    public Column results(int from, int count) {
        grow(from + count);
        double[] out = new double[count];
        long[] validity = new long[Bits.words(count)];
        for (int i = 0; i < count; i++) {
            int g = from + i;
            out[i] = counts[g] == 0 ? Double.NaN : statistic.of(counts[g], m2[g], m3[g], m4[g]);
            boolean undefined = Double.isNaN(out[i]) && !Double.isNaN(m2[g]);
            if (!undefined) {
                Bits.set(validity, i);
            }
        }
        return new DoubleColumn(Type.DOUBLE, out, count, Bits.orNull(validity, count));
    }

    @Override
    public long bytes() {
        return 40L * counts.length;
    }
}
