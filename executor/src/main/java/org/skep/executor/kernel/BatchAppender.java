package org.skep.executor.kernel;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** Makes batches of copied rows. */
public final class BatchAppender {
    private final List<Type> types;
    private final int capacity;
    private AppendedColumn[] columns;
    private int rows;

    /**
     * @param capacity how many rows a batch is going to have, about
     */
    public BatchAppender(List<Type> types, int capacity) {
        this.types = types;
        this.capacity = capacity;
    }

    public int rows() {
        return rows;
    }

    /** Appends the rows at {@code positions[from]} and after, {@code count} of them. */
    public void append(Batch batch, int[] positions, int from, int count) {
        begin();
        for (int i = 0; i < columns.length; i++) {
            columns[i].append(batch.column(i), positions, from, count);
        }
        rows += count;
    }

    public void appendRange(Batch batch, int from, int count) {
        begin();
        for (int i = 0; i < columns.length; i++) {
            columns[i].appendRange(batch.column(i), from, count);
        }
        rows += count;
    }

    /** Whether appending rows of {@code batch} would make plain values of a dictionary column. */
    public boolean clashes(Batch batch) {
        for (int i = 0; columns != null && i < columns.length; i++) {
            if (columns[i].clashes(batch.column(i))) {
                return true;
            }
        }
        return false;
    }

    /** The rows so far; the next ones begin a new batch. */
    public Batch take() {
        begin();
        Column[] views = new Column[columns.length];
        for (int i = 0; i < views.length; i++) {
            views[i] = columns[i].view();
        }
        Batch batch = new Batch(rows, views);
        columns = null;
        rows = 0;
        return batch;
    }

    /** Bytes of heap held, dictionaries left out. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; columns != null && i < columns.length; i++) {
            bytes += columns[i].bytes();
        }
        return bytes;
    }

    private void begin() {
        if (columns == null) {
            columns = new AppendedColumn[types.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = new AppendedColumn(types.get(i), capacity);
            }
        }
    }
}
