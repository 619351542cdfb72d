package org.skep.cluster;

import java.io.Serializable;
import java.util.List;
import org.skep.model.error.QueryException;
import org.skep.model.spi.Backend.HotKey;
import org.skep.model.spi.Backend.TaskReport;
import scala.Tuple2;

/**
 * What the driver hears of a task that has ended.
 *
 * @param report null when the query is wrong
 * @param sizes of what it put out; null in the result stage and when the query is wrong
 * @param blocks all that it put out, with their partitions; null when that is too much to be sent
 * @param file what it put out, of a task of a checkpoint; null when that is nothing
 * @param error what is wrong with the query: not thrown, or Spark would run the task again
 */
record TaskResult(
        int task,
        TaskReport report,
        PartitionSizes sizes,
        List<HotKey> hotKeys,
        List<Tuple2<Integer, byte[]>> blocks,
        CheckpointFile file,
        QueryException error)
        implements Serializable {
    static TaskResult wrong(int task, QueryException error) {
        return new TaskResult(task, null, null, List.of(), null, null, error);
    }
}
