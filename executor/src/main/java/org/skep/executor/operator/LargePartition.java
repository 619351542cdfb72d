package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.exchange.SpillFile;
import org.skep.executor.kernel.Runs;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;

/** A window's partition on disk; its totals are gathered as its rows go there. */
final class LargePartition {
    private final PlanNode.Window window;
    private final SpillFile file;
    private final TaskContext task;
    private final WindowTotals totals;
    private final List<SpillFile.Block> blocks = new ArrayList<>();
    private Column[] keys; // of one row

    LargePartition(
            PlanNode.Window window, SpillFile file, OperatorServices services, TaskContext task) {
        this.window = window;
        this.file = file;
        this.task = task;
        this.totals = new WindowTotals(window, services);
    }

    /** How many of the first rows belong to this partition, which has some already. */
    int own(Batch batch) {
        Column[] others = keys(batch);
        int rows = 0;
        while (rows < batch.rows() && Runs.same(keys, 0, others, rows)) {
            rows++;
        }
        return rows;
    }

    /** Adds rows, in batches of at most {@code batchRows}. */
    void add(Batch rows, int batchRows) {
        long before = file.bytes();
        for (int from = 0; from < rows.rows(); from += batchRows) {
            Batch batch = rows.slice(from, Math.min(batchRows, rows.rows() - from));
            blocks.add(file.append(batch));
            totals.add(batch);
        }
        task.countSpilled(file.bytes() - before);
        keys = keys(rows.gather(new int[1], 1));
    }

    private Column[] keys(Batch batch) {
        return window.partitionKeys().stream().map(batch::column).toArray(Column[]::new);
    }

    /** Bytes of heap that the totals take. */
    long bytes() {
        return totals.bytes();
    }

    /** The rows with the functions' columns, once all rows are here. */
    Operator results(WindowReach reach, OperatorContext context) {
        return new WindowStream(window, reach, totals, file.source(blocks)::next, context);
    }
}
