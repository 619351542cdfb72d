package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Column;

/** Finds runs of neighbouring rows with equal keys. */
public final class Runs {
    private Runs() {}

    /** Where runs begin among {@code rows} rows, ascending; nulls are equal. */
    public static int[] starts(Column[] keys, int rows) {
        byte[] equal = new byte[rows];
        int[] before = new int[rows];
        int[] at = new int[rows];
        for (int i = 1; i < rows; i++) {
            before[i - 1] = i - 1;
            at[i - 1] = i;
        }
        Arrays.fill(equal, (byte) 1);
        for (Column key : keys) {
            Column flat = key.flat();
            Equality.check(flat, before, flat, at, Math.max(0, rows - 1), equal);
        }
        int[] starts = new int[rows];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            starts[count] = i;
            count += i == 0 || equal[i - 1] == 0 ? 1 : 0;
        }
        return Arrays.copyOf(starts, count);
    }

    /** Whether two rows have equal keys. */
    public static boolean same(Column[] a, int i, Column[] b, int j) {
        for (int k = 0; k < a.length; k++) {
            boolean null1 = a[k].isNull(i);
            boolean null2 = b[k].isNull(j);
            if (null1 != null2 || !null1 && Ordering.compare(a[k], i, b[k], j) != 0) {
                return false;
            }
        }
        return true;
    }
}
