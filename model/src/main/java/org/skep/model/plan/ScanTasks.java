package org.skep.model.plan;

import java.io.Serializable;
import java.util.List;

/**
 * Which splits of a scan each task reads.
 *
 * @param ends behind the last split of each task
 * @param order by which the rows of each task come out, outputs of the scan; each file has its rows
 *     in this order. Empty when they come as they are read
 */
public record ScanTasks(List<Integer> ends, List<SortKey> order) implements Serializable {
    public ScanTasks {
        ends = List.copyOf(ends);
        order = List.copyOf(order);
    }

    /** The first split of a task. */
    public int from(int task) {
        return task == 0 ? 0 : ends.get(task - 1);
    }
}
