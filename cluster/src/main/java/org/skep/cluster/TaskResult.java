package org.skep.cluster;

import java.io.Serializable;
import java.util.List;
import org.skep.model.error.QueryException;
import org.skep.model.spi.Backend.HotKey;
import org.skep.model.spi.Backend.TaskReport;

/**
 * What the driver hears of a task that has ended.
 *
 * @param report null when the query is wrong
 * @param rows by partition; none of the result stage
 * @param bytes decoded, by partition; none of the result stage
 * @param error what is wrong with the query: not thrown, or Spark would run the task again
 */
record TaskResult(
        int task,
        TaskReport report,
        long[] rows,
        long[] bytes,
        List<HotKey> hotKeys,
        QueryException error)
        implements Serializable {}
