package org.skep.executor.operator;

import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.file.WriteTarget;

/** The files that a task has written, as rows. */
final class WriteReport {
    private final ColumnBuilder[] columns = ColumnBuilder.of(WriteTarget.REPORT.fields(), 4);
    private int begun;
    private int files;

    /** The number of the next file of the task, from 0. */
    int nextFile() {
        return begun++;
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

    Batch batch() {
        Column[] built = new Column[columns.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = columns[i].build();
        }
        return new Batch(files, built);
    }
}
