package org.skep.executor.kernel;

import java.util.List;
import java.util.function.Consumer;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** Makes batches of copied rows. */
public final class BatchAppender {
    private final List<Type> types;
    private final int capacity;
    private final int[] text;
    private AppendedColumn[] columns;
    private int rows;

    /**
     * @param capacity how many rows a batch is going to have, about
     */
    public BatchAppender(List<Type> types, int capacity) {
        this.types = types;
        this.capacity = capacity;
        this.text = new int[types.size()];
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

    /**
     * Appends rows as {@link #append} does, and takes a batch whenever there are {@code most} of
     * them, so that no batch grows beyond its capacity.
     */
    public void append(
            Batch batch, int[] positions, int from, int count, int most, Consumer<Batch> full) {
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, most - rows);
            append(batch, positions, from + done, part);
            done += part;
            if (rows == most) {
                full.accept(take());
            }
        }
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
            text[i] = columns[i].text() + (columns[i].text() >> 4);
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
                columns[i] = new AppendedColumn(types.get(i), capacity, text[i]);
            }
        }
    }
}
