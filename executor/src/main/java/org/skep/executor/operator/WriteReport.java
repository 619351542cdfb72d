package org.skep.executor.operator;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.file.WriteTarget;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.type.Schema;

/** The files that a task has written, as rows. */
final class WriteReport {
    private final ColumnBuilder[] columns = ColumnBuilder.of(WriteTarget.REPORT.fields(), 4);
    private ColumnSketch[] sketches = {};
    private int begun;
    private int files;

    /** The number of the next file of the task, from 0. */
    int nextFile() {
        return begun++;
    }

    /**
     * The sketches of all that the task writes, the same for all its files.
     *
     * @param count of so many of the first columns; nested ones have none
     */
    ColumnSketch[] sketches(Schema schema, int count) {
        if (sketches.length == 0) {
            sketches = new ColumnSketch[count];
            for (int i = 0; i < count; i++) {
                sketches[i] = schema.type(i).isNested() ? null : new ColumnSketch();
            }
        }
        return sketches;
    }

    boolean hasBegun() {
        return begun > 0;
    }

    boolean isEmpty() {
        return files == 0;
    }

    /**
     * @param partition texts of the values, null for null
     */
    void add(String name, long rows, long bytes, List<String> partition) {
        columns[0].appendString(name);
        columns[1].appendLong(rows);
        columns[2].appendLong(bytes);
        int first = columns[3].elements().rows();
        for (String text : partition) {
            if (text == null) {
                columns[3].elements().appendNull();
            } else {
                columns[3].elements().appendString(text);
            }
        }
        columns[3].endArray(first);
        files++;
    }

    private void addSketches(ColumnSketch... of) {
        ColumnBuilder bytes = columns[4].elements();
        int first = bytes.rows();
        for (ColumnSketch sketch : of) {
            byte[] written = sketch == null ? new byte[0] : sketch.toBytes();
            bytes.appendBytes(written, 0, written.length);
        }
        columns[4].endArray(first);
    }

    Batch batch() {
        addSketches(sketches);
        for (int file = 1; file < files; file++) {
            addSketches();
        }
        Column[] built = new Column[columns.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = columns[i].build();
        }
        return new Batch(files, built);
    }
}
