package org.skep.model.data;

import java.util.Arrays;
import java.util.List;

/**
 * Some rows, by column. A batch is not changed once made, so it may be kept, shared between threads
 * and handed on without a copy. It may have rows and no columns (for {@code count(*)}).
 */
public final class Batch {
    private final int rows;
    private final Column[] columns;

    public Batch(int rows, Column... columns) {
        this.rows = rows;
        this.columns = columns;
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException(
                        "a column of %d rows in a batch of %d".formatted(column.rows(), rows));
            }
        }
    }

    public int rows() {
        return rows;
    }

    public int width() {
        return columns.length;
    }

    public Column column(int index) {
        return columns[index];
    }

    public List<Column> columns() {
        return List.of(columns);
    }

    public Batch gather(int[] positions, int count) {
        Column[] out = new Column[columns.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = columns[i].gather(positions, count);
        }
        return new Batch(count, out);
    }

    public Batch slice(int from, int count) {
        if (from == 0 && count == rows) {
            return this;
        }
        Column[] out = new Column[columns.length];
        Arrays.setAll(out, i -> columns[i].slice(from, count));
        return new Batch(count, out);
    }

    /** The named columns, in that order. */
    public Batch select(int... indices) {
        Column[] out = new Column[indices.length];
        Arrays.setAll(out, i -> columns[indices[i]]);
        return new Batch(rows, out);
    }

    /** The columns of this, then those of {@code other}, which has as many rows. */
    public Batch beside(Batch other) {
        Column[] out = Arrays.copyOf(columns, columns.length + other.columns.length);
        System.arraycopy(other.columns, 0, out, columns.length, other.columns.length);
        return new Batch(rows, out);
    }

    public long bytes() {
        long bytes = 0;
        for (Column column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }

    @Override
    public String toString() {
        return rows + " rows " + Arrays.toString(columns);
    }
}
