package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Schema;

/** The kinds of results. */
final class Results {
    /** What a known result is. */
    private enum Shape {
        NOTHING,
        ROWS,
        DOCUMENT
    }

    private Results() {}

    /** Rows of a running query. */
    static Result of(Schema schema, QueryRun run) {
        return new Result() {
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
                return run.next();
            }

            @Override
            public List<String> warnings() {
                return run.warnings();
            }

            @Override
            public void cancel() {
                run.cancel();
            }

            @Override
            public void close() {
                run.close();
            }
        };
    }

    /** Rows that are known already, each a list of boxed values. */
    static Result rows(Schema schema, List<List<Object>> rows) {
        return rows(schema, rows, List.of());
    }

    static Result rows(Schema schema, List<List<Object>> rows, List<String> warnings) {
        return known(schema, batches(schema, rows), -1, -1, Shape.ROWS, warnings);
    }

    /** A text, a line in each row. */
    static Result document(Schema schema, List<List<Object>> lines) {
        return known(schema, batches(schema, lines), -1, -1, Shape.DOCUMENT, List.of());
    }

    private static List<Batch> batches(Schema schema, List<List<Object>> rows) {
        List<Batch> batches = new ArrayList<>();
        if (!rows.isEmpty()) {
            ColumnBuilder[] builders = ColumnBuilder.of(schema.fields(), rows.size());
            for (List<Object> row : rows) {
                for (int i = 0; i < builders.length; i++) {
                    builders[i].appendValue(row.get(i));
                }
            }
            Column[] columns = new Column[builders.length];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = builders[i].build();
            }
            batches.add(new Batch(rows.size(), columns));
        }
        return batches;
    }

    /** A statement that gave nothing. */
    static Result nothing() {
        return known(new Schema(List.of()), List.of(), -1, -1, Shape.NOTHING, List.of());
    }

    /** A statement that wrote so many rows to so many files. */
    static Result written(long rows, long files, List<String> warnings) {
        return known(new Schema(List.of()), List.of(), rows, files, Shape.NOTHING, warnings);
    }

    private static Result known(
            Schema schema,
            List<Batch> batches,
            long updateCount,
            long fileCount,
            Shape shape,
            List<String> warnings) {
        return new Result() {
            private int next;

            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public boolean hasRows() {
                return shape != Shape.NOTHING;
            }

            @Override
            public boolean isDocument() {
                return shape == Shape.DOCUMENT;
            }

            @Override
            public long updateCount() {
                return updateCount;
            }

            @Override
            public long fileCount() {
                return fileCount;
            }

            @Override
            public Batch next() {
                return next < batches.size() ? batches.get(next++) : null;
            }

            @Override
            public List<String> warnings() {
                return warnings;
            }

            @Override
            public void cancel() {
                // nothing runs any more
            }

            @Override
            public void close() {
                next = batches.size();
            }
        };
    }
}
