package org.skep.executor.operator;

import org.skep.executor.exchange.SpillFile;
import org.skep.executor.kernel.RowBuffer;
import org.skep.executor.kernel.Runs;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;

/**
 * Window functions over some whole partitions at a time. One that the memory is too small for is
 * spilled, if it is enough to know its totals when its rows are read again.
 */
final class WindowOperator implements Operator {
    private final PlanNode.Window window;
    private final WindowReach reach; // null when functions may look at any row
    private final Operator input;
    private final OperatorContext context;
    private final Reservation memory;
    private final RowBuffer waiting;
    private Batch last; // of those that wait
    private long lastStart; // where the last partition begins among them
    private SpillFile file;
    private LargePartition large; // all rows of this one so far are in the file
    private Operator reread; // results of one that is complete, before those that are done
    private Batch done;
    private int given;
    private boolean ended;

    private WindowOperator(
            PlanNode.Window window, WindowReach reach, Operator input, OperatorContext context) {
        this.window = window;
        this.reach = reach;
        this.input = input;
        this.context = context;
        this.memory = Reservation.of(context.task());
        this.waiting = new RowBuffer(window.input().schema().types());
    }

    static Operator of(PlanNode.Window window, Operator input, OperatorContext context) {
        WindowReach reach = WindowReach.of(window);
        return reach != null && !reach.totals()
                ? new WindowStream(window, reach, null, input, context)
                : new WindowOperator(window, reach, input, context);
    }

    @Override
    public Batch next() {
        while (true) {
            context.task().stopIfCancelled();
            Batch batch = reread == null ? null : reread.next();
            if (batch != null) {
                return batch;
            }
            reread = null;
            if (done != null && given < done.rows()) {
                int count = Math.min(context.batchRows(), done.rows() - given);
                given += count;
                return done.slice(given - count, count);
            }
            done = null;
            if (ended) {
                memory.close();
                return null;
            }
            read();
        }
    }

    /** Reads a batch; what is complete with it is done. */
    private void read() {
        Batch batch = input.next();
        if (batch == null) {
            ended = true;
            if (large != null) {
                reread = large.results(reach, context);
            }
            cut(waiting.rows());
            return;
        }
        if (large != null) {
            int own = large.own(batch);
            enlarge(batch.slice(0, own));
            if (own == batch.rows()) {
                return;
            }
            reread = large.results(reach, context);
            large = null;
            batch = batch.slice(own, batch.rows() - own);
        }
        keep(batch);
    }

    private void keep(Batch batch) {
        int boundary = lastBoundary(batch);
        if (boundary >= 0) {
            lastStart = waiting.rows() + boundary;
        }
        waiting.add(batch);
        last = batch;
        if (waiting.rows() >= context.batchRows()) {
            cut(lastStart);
        }
        long columns = 8L * (window.calls().size() + 2) * waiting.rows();
        long wanted = 2 * waiting.bytes() + columns;
        if (reach == null) {
            memory.resize(wanted);
        } else if (context.alwaysSpills() || !memory.tryResize(wanted)) {
            cut(lastStart);
            spill();
        }
    }

    /** The last partition goes to disk as far as it is here, and what is still to come of it. */
    private void spill() {
        if (file == null) {
            file = context.task().own(context.spill().create(window.input().schema().types()));
        }
        large = new LargePartition(window, file, context.services(), context.task());
        enlarge(waiting.takeAll());
        last = null;
    }

    private void enlarge(Batch rows) {
        if (rows.rows() > 0) {
            large.add(rows, context.batchRows());
        }
        memory.resize(large.bytes());
    }

    /** The row that begins the last partition, if what waits belongs to earlier ones; else -1. */
    private int lastBoundary(Batch batch) {
        if (window.partitionKeys().isEmpty()) {
            return -1;
        }
        Column[] keys = keys(batch);
        for (int row = batch.rows() - 1; row > 0; row--) {
            if (!Runs.same(keys, row, keys, row - 1)) {
                return row;
            }
        }
        boolean fresh = last != null && !Runs.same(keys, 0, keys(last), last.rows() - 1);
        return fresh ? 0 : -1;
    }

    private Column[] keys(Batch batch) {
        return window.partitionKeys().stream().map(batch::column).toArray(Column[]::new);
    }

    /** The first rows that wait are whole partitions: they are done. */
    private void cut(long rows) {
        if (rows == 0) {
            return;
        }
        Batch all = waiting.takeAll();
        int count = (int) rows;
        Batch complete = count == all.rows() ? all : all.slice(0, count);
        if (count < all.rows()) {
            waiting.add(all.slice(count, all.rows() - count));
        }
        lastStart = 0;
        WindowRows partitions = WindowRows.of(complete, window, WindowPast.NONE, null);
        done = WindowStream.results(window, partitions, 0, count, context);
        given = 0;
    }
}
