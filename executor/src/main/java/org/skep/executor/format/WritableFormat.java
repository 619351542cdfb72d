package org.skep.executor.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.skep.executor.task.TaskContext;
import org.skep.model.file.ColumnId;
import org.skep.model.type.Schema;

/** A kind of file that can be written too. */
public interface WritableFormat {
    /** The ending of file names, with the point: {@code .parquet}, or {@code .csv.gz}. */
    String fileEnding(Map<String, String> options);

    FileWriter create(Path file, Schema schema, Map<String, String> options, TaskContext task);

    /** A file that knows its columns by numbers, not only by their names. */
    default FileWriter create(
            Path file,
            Schema schema,
            List<ColumnId> ids,
            Map<String, String> options,
            TaskContext task) {
        if (!ids.isEmpty()) {
            throw new IllegalArgumentException("columns of " + file + " cannot be numbered");
        }
        return create(file, schema, options, task);
    }
}
