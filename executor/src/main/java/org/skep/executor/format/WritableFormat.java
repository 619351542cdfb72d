package org.skep.executor.format;

import java.nio.file.Path;
import java.util.Map;
import org.skep.executor.task.TaskContext;
import org.skep.model.type.Schema;

/** A kind of file that can be written too. */
public interface WritableFormat {
    /** The ending of file names, with the point: {@code .parquet}, or {@code .csv.gz}. */
    String fileEnding(Map<String, String> options);

    FileWriter create(Path file, Schema schema, Map<String, String> options, TaskContext task);
}
