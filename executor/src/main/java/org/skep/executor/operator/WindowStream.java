package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.kernel.RowBuffer;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.WindowCall;

/**
 * Window functions over sorted rows as they come. At hand are only the rows that a function may
 * still look at ({@link WindowReach}); of those before, {@link WindowPast} knows what matters.
 */
final class WindowStream implements Operator {
    private final PlanNode.Window window;
    private final WindowReach reach;
    private final WindowTotals totals; // of the only partition there is; null for many
    private final Operator input;
    private final OperatorContext context;
    private final Reservation memory;
    private final RowBuffer atHand;
    private WindowPast past = WindowPast.NONE; // of the rows before those at hand
    private int next; // of the rows at hand, the first without a result
    private long wanted; // so many rows without a result are worth a try
    private Batch done;
    private int given;
    private boolean ended;

    /**
     * @param totals of the input's only partition; null when no function needs them
     */
    WindowStream(
            PlanNode.Window window,
            WindowReach reach,
            WindowTotals totals,
            Operator input,
            OperatorContext context) {
        this.window = window;
        this.reach = reach;
        this.totals = totals;
        this.input = input;
        this.context = context;
        this.memory = Reservation.of(context.task());
        this.atHand = new RowBuffer(window.input().schema().types());
        this.wanted = enough();
    }

    /** As many new rows as there are old ones around them, so that no row is kept often. */
    private long enough() {
        return Math.max(context.batchRows(), next + reach.after());
    }

    @Override
    public Batch next() {
        while (true) {
            context.task().stopIfCancelled();
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

    private void read() {
        Batch batch = input.next();
        if (batch == null) {
            ended = true;
        } else {
            atHand.add(batch);
            long columns = 8L * (window.calls().size() + 2) * atHand.rows();
            memory.resize(2 * atHand.bytes() + columns);
        }
        if (ended ? atHand.rows() > next : atHand.rows() - next >= wanted) {
            compute();
        }
    }

    private void compute() {
        Batch rows = atHand.takeAll();
        WindowRows all = WindowRows.of(rows, window, past, totals);
        int end = ended ? rows.rows() : reach.complete(all);
        if (end <= next) { // many peers: putting them together again and again would cost much
            atHand.add(rows);
            wanted = 2L * (rows.rows() - next);
            return;
        }
        done = results(window, all, next, end, context);
        given = 0;
        int gone = reach.unneeded(all, end);
        if (gone > 0) {
            past = WindowPast.after(all, gone, window, context.services());
        }
        if (gone < rows.rows()) {
            atHand.add(rows.slice(gone, rows.rows() - gone));
        }
        next = end - gone;
        wanted = enough();
    }

    /** The rows {@code from} to before {@code to} with the functions' columns. */
    static Batch results(
            PlanNode.Window window, WindowRows all, int from, int to, OperatorContext context) {
        List<Column> columns = new ArrayList<>(all.rows().columns());
        for (WindowCall call : window.calls()) {
            context.task().stopIfCancelled();
            columns.add(WindowFunctions.evaluate(call, all, context.services()));
        }
        return new Batch(all.count(), columns.toArray(Column[]::new)).slice(from, to - from);
    }
}
