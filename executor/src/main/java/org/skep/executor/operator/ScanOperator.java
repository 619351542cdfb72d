package org.skep.executor.operator;

import java.util.Iterator;
import java.util.List;
import org.skep.executor.format.BatchReader;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;

/** Reads a task's share of a scan's splits, one after another. */
final class ScanOperator implements Operator, AutoCloseable {
    private final PlanNode.Scan scan;
    private final Iterator<Split> splits;
    private final OperatorServices services;
    private final TaskContext task;
    private final TaskFilters filters;
    private BatchReader reader;
    private long left;

    ScanOperator(PlanNode.Scan scan, List<Split> splits, OperatorContext context) {
        this.scan = scan;
        this.splits = splits.iterator();
        this.services = context.services();
        this.task = context.task();
        this.filters = context.filters();
        this.left = scan.limit() < 0 ? Long.MAX_VALUE : scan.limit();
        task.own(this);
    }

    @Override
    public Batch next() {
        while (left > 0) {
            task.stopIfCancelled();
            if (reader == null) {
                if (!splits.hasNext()) {
                    return null;
                }
                reader = services.open(scan, splits.next(), filters.of(scan), task);
            }
            Batch batch = reader.next();
            if (batch != null) {
                Batch given = batch.rows() <= left ? batch : batch.slice(0, (int) left);
                left -= given.rows();
                return given;
            }
            ended();
        }
        ended();
        return null;
    }

    private void ended() {
        close();
        task.reading(null);
    }

    /** After a failure the task still tells which file it was reading. */
    @Override
    public void close() {
        if (reader != null) {
            BatchReader open = reader;
            reader = null;
            open.close();
        }
    }
}
