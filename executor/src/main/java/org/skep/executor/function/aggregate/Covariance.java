package org.skep.executor.function.aggregate;

import java.util.Collections;
import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.type.Type;

/**
 * Covariance, correlation and linear regression of pairs {@code (y, x)}, from counts, means and
 * co-moments, added and merged as in {@link Moments}.
 */
final class Covariance implements Accumulator {
    private static final int N = 0;
    private static final int Y = 1;
    private static final int X = 2;
    private static final int YY = 3;
    private static final int XX = 4;
    private static final int XY = 5;
    private static final int PARTS = 6;

    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    definition("covar_pop", s -> s[XY] / s[N]),
                    definition("covar_samp", s -> s[N] > 1 ? s[XY] / (s[N] - 1) : Double.NaN),
                    definition("corr", s -> s[XY] / Math.sqrt(s[XX] * s[YY])),
                    definition("regr_slope", s -> s[XX] == 0 ? Double.NaN : s[XY] / s[XX]),
                    definition(
                            "regr_intercept",
                            s -> s[XX] == 0 ? Double.NaN : s[Y] - s[XY] / s[XX] * s[X]),
                    definition(
                            "regr_r2",
                            s ->
                                    s[XX] == 0
                                            ? Double.NaN
                                            : s[YY] == 0 ? 1 : s[XY] * s[XY] / (s[XX] * s[YY])));

    /** A statistic of a group's six numbers; NaN where it is not defined. */
    private interface Statistic {
        double of(double[] state);
    }

    private final Statistic statistic;
    private double[][] slots = new double[PARTS][0];

    private Covariance(Statistic statistic) {
        this.statistic = statistic;
    }

    private static Definition definition(String name, Statistic statistic) {
        return new Definition(
                List.of(name),
                name + "(number, number) → DOUBLE",
                arguments ->
                        arguments.size() == 2
                                        && Definition.asDouble(arguments.get(0)) != null
                                        && Definition.asDouble(arguments.get(1)) != null
                                ? List.of(Type.DOUBLE, Type.DOUBLE, Type.DOUBLE)
                                : null,
                signature -> Collections.nCopies(PARTS, Type.DOUBLE),
                signature -> new Covariance(statistic));
    }

    private void grow(int groupCount) {
        for (int k = 0; k < PARTS; k++) {
            slots[k] = Growth.doubles(slots[k], groupCount);
        }
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        DoubleColumn y = (DoubleColumn) arguments[0].flat();
        DoubleColumn x = (DoubleColumn) arguments[1].flat();
        double[] one = new double[PARTS];
        one[N] = 1;
        for (int i = 0; i < rows; i++) {
            if (!y.isNull(i) && !x.isNull(i)) {
                one[Y] = y.values()[i];
                one[X] = x.values()[i];
                combine(groups[i], one);
            }
        }
    }

    private void combine(int g, double[] part) {
        double before = slots[N][g];
        double n = part[N];
        double all = before + n;
        double dy = part[Y] - slots[Y][g];
        double dx = part[X] - slots[X][g];
        double weight = before * n / all;
        slots[YY][g] += part[YY] + dy * dy * weight;
        slots[XX][g] += part[XX] + dx * dx * weight;
        slots[XY][g] += part[XY] + dx * dy * weight;
        slots[Y][g] += dy * n / all;
        slots[X][g] += dx * n / all;
        slots[N][g] = all;
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        double[] part = new double[PARTS];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < PARTS; k++) {
                part[k] = ((DoubleColumn) states[k].flat()).values()[i];
            }
            if (part[N] > 0) {
                combine(groups[i], part);
            }
        }
    }

    @Override
    public Column[] states(int from, int count) {
        Column[] states = new Column[PARTS];
        for (int k = 0; k < PARTS; k++) {
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
        double[] state = new double[PARTS];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < PARTS; k++) {
                state[k] = slots[k][from + i];
            }
            out[i] = state[N] == 0 ? Double.NaN : statistic.of(state);
            if (!Double.isNaN(out[i]) || Double.isNaN(state[XY])) {
                Bits.set(validity, i);
            }
        }
        return new DoubleColumn(Type.DOUBLE, out, count, Bits.orNull(validity, count));
    }

    @Override
    public long bytes() {
        return 8L * PARTS * slots[0].length;
    }
}
