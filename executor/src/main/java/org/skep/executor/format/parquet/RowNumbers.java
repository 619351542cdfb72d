package org.skep.executor.format.parquet;

import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** The pseudo-column {@code _line} of a Parquet file: its rows, numbered from 1. */
final class RowNumbers implements ColumnReader {
    private final Footer footer;
    private long next;

    RowNumbers(Footer footer) {
        this.footer = footer;
    }

    @Override
    public void start(int rowGroup) {
        next = 1;
        for (int group = 0; group < rowGroup; group++) {
            next += footer.rowGroup(group).getNum_rows();
        }
    }

    @Override
    public void skip(long rows) {
        next += rows;
    }

    @Override
    public Column read(int rows, int[] selected, int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = next + (selected == null ? i : selected[i]);
        }
        next += rows;
        return new LongColumn(Type.BIGINT, numbers, count, null);
    }
}
