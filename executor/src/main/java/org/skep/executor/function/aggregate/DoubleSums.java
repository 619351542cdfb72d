package org.skep.executor.function.aggregate;

import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.type.Type;

/**
 * A sum of floating numbers per group, with what rounding lost beside it: Knuth's two-sum (The Art
 * of Computer Programming 2, 4.2.2). The result is that of about twice the digits, so that it does
 * not depend on how rows were shared out to batches and tasks.
 */
final class DoubleSums {
    private double[] sums = {};
    private double[] lost = {};

    void grow(int groupCount) {
        sums = Growth.doubles(sums, groupCount);
        lost = Growth.doubles(lost, groupCount);
    }

    /** Adds all rows that are not null to one group. */
    void addAll(DoubleColumn column, int rows, int group) {
        double[] values = column.values();
        long[] validity = column.validity();
        double sum = sums[group];
        double rest = lost[group];
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                double value = values[i];
                double next = sum + value;
                double added = next - sum;
                rest += (sum - (next - added)) + (value - added);
                sum = next;
            }
        }
        sums[group] = sum;
        lost[group] = rest;
    }

    void add(double value, int group) {
        double sum = sums[group];
        double next = sum + value;
        double added = next - sum;
        lost[group] += (sum - (next - added)) + (value - added);
        sums[group] = next;
    }

    /** Adds the states of other sums: their totals, and what those lost. */
    void merge(Column[] states, int row, int group) {
        add(((DoubleColumn) states[0]).values()[row], group);
        lost[group] += ((DoubleColumn) states[1]).values()[row];
    }

    /** Zero for a group that nothing was added to. */
    double sum(int group) {
        if (group >= sums.length) {
            return 0;
        }
        double exact = sums[group] + lost[group];
        return Double.isNaN(exact) ? sums[group] : exact; // beyond infinity nothing is lost
    }

    DoubleColumn totals(int from, int count, long[] validity) {
        return new DoubleColumn(Type.DOUBLE, Growth.range(sums, from, count), count, validity);
    }

    DoubleColumn lost(int from, int count) {
        return new DoubleColumn(Type.DOUBLE, Growth.range(lost, from, count), count, null);
    }

    DoubleColumn results(int from, int count, long[] validity) {
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = sum(from + i);
        }
        return new DoubleColumn(Type.DOUBLE, out, count, validity);
    }

    long bytes() {
        return 16L * sums.length;
    }
}
