package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;

/** Compares many pairs of rows at once, column by column. */
final class Equality {
    private Equality() {}

    /**
     * Clears {@code equal[i]} where row {@code left[i]} of {@code a} differs from row {@code
     * right[i]} of {@code b}. Both columns are flat. Nulls are equal to nulls only.
     */
    static void check(Column a, int[] left, Column b, int[] right, int count, byte[] equal) {
        byte[] before = a.hasNulls() || b.hasNulls() ? Arrays.copyOf(equal, count) : null;
        checkValues(a, left, b, right, count, equal);
        if (before == null) {
            return;
        }
        for (int i = 0; i < count; i++) { // what stands at a null row is arbitrary
            boolean null1 = a.isNull(left[i]);
            boolean null2 = b.isNull(right[i]);
            if (null1 || null2) {
                equal[i] = null1 && null2 ? before[i] : 0;
            }
        }
    }

    private static void checkValues(
            Column a, int[] left, Column b, int[] right, int count, byte[] equal) {
        switch (a.type().layout()) {
            case BOOLEAN -> {
                byte[] x = ((BooleanColumn) a).values();
                byte[] y = ((BooleanColumn) b).values();
                for (int i = 0; i < count; i++) {
                    equal[i] &= (byte) (x[left[i]] == y[right[i]] ? 1 : 0);
                }
            }
            case INT -> {
                int[] x = ((IntColumn) a).values();
                int[] y = ((IntColumn) b).values();
                for (int i = 0; i < count; i++) {
                    equal[i] &= (byte) (x[left[i]] == y[right[i]] ? 1 : 0);
                }
            }
            case LONG -> {
                long[] x = ((LongColumn) a).values();
                long[] y = ((LongColumn) b).values();
                for (int i = 0; i < count; i++) {
                    equal[i] &= (byte) (x[left[i]] == y[right[i]] ? 1 : 0);
                }
            }
            case DOUBLE -> {
                double[] x = ((DoubleColumn) a).values();
                double[] y = ((DoubleColumn) b).values();
                for (int i = 0; i < count; i++) {
                    double p = x[left[i]];
                    double q = y[right[i]];
                    equal[i] &= (byte) (p == q || Double.isNaN(p) && Double.isNaN(q) ? 1 : 0);
                }
            }
            case DECIMAL -> {
                DecimalColumn x = (DecimalColumn) a;
                DecimalColumn y = (DecimalColumn) b;
                for (int i = 0; i < count; i++) {
                    boolean same =
                            x.lows()[left[i]] == y.lows()[right[i]]
                                    && x.highs()[left[i]] == y.highs()[right[i]];
                    equal[i] &= (byte) (same ? 1 : 0);
                }
            }
            case BYTES -> checkBytes((BytesColumn) a, left, (BytesColumn) b, right, count, equal);
            case ARRAY, STRUCT -> {
                for (int i = 0; i < count; i++) {
                    if (equal[i] != 0 && !a.isNull(left[i]) && !b.isNull(right[i])) {
                        equal[i] = (byte) (Ordering.compare(a, left[i], b, right[i]) == 0 ? 1 : 0);
                    }
                }
            }
        }
    }

    private static void checkBytes(
            BytesColumn a, int[] left, BytesColumn b, int[] right, int count, byte[] equal) {
        byte[] x = a.data();
        byte[] y = b.data();
        for (int i = 0; i < count; i++) {
            int length = a.lengths()[left[i]];
            if (length != b.lengths()[right[i]]) {
                equal[i] = 0;
            } else if (equal[i] != 0) {
                int p = a.starts()[left[i]];
                int q = b.starts()[right[i]];
                equal[i] = (byte) (Arrays.equals(x, p, p + length, y, q, q + length) ? 1 : 0);
            }
        }
    }
}
