package org.skep.executor.format.value;

import java.util.Arrays;

/** The rows of a batch that hold a text which is no value of its column's type. */
public final class BadValues {
    private int[] columns = new int[0];
    private int rows;
    private int column;
    private boolean any;

    /** Forgets all, for a batch of {@code count} rows. */
    public void begin(int count) {
        if (columns.length < count) {
            columns = new int[count];
        }
        rows = count;
        Arrays.fill(columns, 0, count, -1);
        any = false;
    }

    /** Says which column is parsed next. */
    public void column(int number) {
        column = number;
    }

    /** The row's value in this column is bad; the first bad column of a row is kept. */
    public void add(int row) {
        if (columns[row] < 0) {
            columns[row] = column;
        }
        any = true;
    }

    public boolean any() {
        return any;
    }

    public int rows() {
        return rows;
    }

    /** The column of the row's bad value, or -1. */
    public int columnAt(int row) {
        return columns[row];
    }
}
