package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.kernel.RowBuffer;
import org.skep.executor.kernel.Runs;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.WindowCall;

/** Window functions, over some whole partitions at a time. */
final class WindowOperator implements Operator {
    private final PlanNode.Window window;
    private final Operator input;
    private final OperatorContext context;
    private final Reservation memory;
    private final RowBuffer waiting;
    private Batch last; // of those that wait
    private Batch done;
    private int given;
    private boolean ended;

    WindowOperator(PlanNode.Window window, Operator input, OperatorContext context) {
        this.window = window;
        this.input = input;
        this.context = context;
        this.memory = Reservation.of(context.task());
        this.waiting = new RowBuffer(window.input().schema().types());
    }

    @Override
    public Batch next() {
        while (true) {
            context.task().stopIfCancelled();
            if (done != null && given < done.rows()) {
                int count = Math.min(context.batchRows(), done.rows() - given);
                Batch batch = done.slice(given, count);
                given += count;
                return batch;
            }
            done = null;
            if (ended) {
                memory.close();
                return null;
            }
            read();
        }
    }

    /** Reads until some partitions are complete. */
    private void read() {
        Batch batch = input.next();
        if (batch == null) {
            ended = true;
            compute();
            return;
        }
        int boundary =
                waiting.rows() + batch.rows() >= context.batchRows() ? lastBoundary(batch) : -1;
        if (boundary < 0) {
            keep(batch);
            return;
        }
        if (boundary > 0) {
            keep(batch.slice(0, boundary));
        }
        compute();
        keep(batch.slice(boundary, batch.rows() - boundary));
    }

    private void keep(Batch batch) {
        waiting.add(batch);
        last = batch;
        long columns = 8L * (window.calls().size() + 2) * waiting.rows();
        memory.resize(2 * waiting.bytes() + columns);
    }

    /** The last row that begins a partition, if what waits belongs to earlier ones; else -1. */
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
        Column[] keys = new Column[window.partitionKeys().size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = batch.column(window.partitionKeys().get(i));
        }
        return keys;
    }

    private void compute() {
        if (waiting.rows() == 0) {
            return;
        }
        Batch rows = waiting.takeAll();
        last = null;
        WindowRows partitions = WindowRows.of(rows, window.partitionKeys(), window.order());
        List<Column> columns = new ArrayList<>(rows.columns());
        for (WindowCall call : window.calls()) {
            context.task().stopIfCancelled();
            columns.add(WindowFunctions.evaluate(call, partitions, context.services()));
        }
        done = new Batch(rows.rows(), columns.toArray(Column[]::new));
        given = 0;
    }
}
