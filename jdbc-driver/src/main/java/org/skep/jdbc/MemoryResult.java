package org.skep.jdbc;

import java.util.List;
import org.skep.engine.Result;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Schema;

/** A result that the driver makes up itself: metadata, the elements of an array. */
final class MemoryResult implements Result {
    private final Schema schema;
    private Batch rows;

    MemoryResult(Schema schema, Batch rows) {
        this.schema = schema;
        this.rows = rows;
    }

    /** Rows of boxed values as {@code Column.value} gives them. */
    static MemoryResult of(Schema schema, List<Object[]> rows) {
        ColumnBuilder[] builders = ColumnBuilder.of(schema.fields(), rows.size());
        Column[] columns = new Column[builders.length];
        for (int i = 0; i < builders.length; i++) {
            for (Object[] row : rows) {
                builders[i].appendValue(row[i]);
            }
            columns[i] = builders[i].build();
        }
        return new MemoryResult(schema, new Batch(rows.size(), columns));
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean hasRows() {
        return true;
    }

    @Override
    public long updateCount() {
        return -1;
    }

    @Override
    public long fileCount() {
        return -1;
    }

    @Override
    public Batch next() {
        Batch next = rows == null || rows.rows() == 0 ? null : rows;
        rows = null;
        return next;
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void cancel() {
        // all rows are there: nothing runs
    }

    @Override
    public void close() {
        rows = null;
    }
}
