package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.exchange.BatchSource;
import org.skep.executor.exchange.SpillFile;
import org.skep.executor.kernel.RowBuffer;
import org.skep.executor.kernel.Sorting;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Sorts all rows: in memory, or as sorted runs on disk that are merged at the end. */
final class SortOperator implements Operator {
    private static final int MOST_RUNS = 64;
    private static final int LEAST_RUN_ROWS = 1024;
    private static final long MOST_RUN_BYTES = 1L << 30;

    private final Operator input;
    private final List<Type> types;
    private final SortKey[] keys;
    private final OperatorContext context;
    private final Reservation memory;
    private final RowBuffer rows;
    private final List<RunMerge.Run> runs = new ArrayList<>();
    private SpillFile file;
    private Operator sorted;

    SortOperator(Operator input, Schema schema, List<SortKey> keys, OperatorContext context) {
        this.input = input;
        this.types = schema.types();
        this.keys = keys.toArray(SortKey[]::new);
        this.context = context;
        this.memory = Reservation.of(context.task());
        this.rows = new RowBuffer(types);
    }

    @Override
    public Batch next() {
        if (sorted == null) {
            readAll();
        }
        Batch batch = sorted.next();
        if (batch == null) {
            memory.close();
        }
        return batch;
    }

    private void readAll() {
        for (Batch batch = input.next(); batch != null; batch = input.next()) {
            context.task().stopIfCancelled();
            rows.add(batch);
            long wanted = 2 * rows.bytes() + 24 * rows.rows(); // a copy, words and row numbers
            if (context.alwaysSpills()
                    || rows.bytes() > MOST_RUN_BYTES
                    || !memory.tryResize(wanted)) {
                if (context.alwaysSpills() || rows.rows() >= LEAST_RUN_ROWS) {
                    spillRun();
                } else {
                    memory.resize(wanted);
                }
            }
        }
        if (runs.isEmpty()) {
            sorted = sortInMemory(rows.takeAll());
            return;
        }
        if (rows.rows() > 0) {
            spillRun();
        }
        while (runs.size() > MOST_RUNS) {
            mergeSomeRuns();
        }
        RunMerge merge = merge(runs);
        sorted = merge;
    }

    private Operator sortInMemory(Batch all) {
        int[] order = order(all);
        int batchRows = context.batchRows();
        return new Operator() {
            private int done;

            @Override
            public Batch next() {
                context.task().stopIfCancelled();
                int count = Math.min(batchRows, all.rows() - done);
                if (count == 0) {
                    return null;
                }
                int[] places = new int[count];
                System.arraycopy(order, done, places, 0, count);
                done += count;
                return all.gather(places, count);
            }
        };
    }

    private int[] order(Batch all) {
        return Sorting.order(keys, keyColumns(all, keys), all.rows());
    }

    static Column[] keyColumns(Batch batch, SortKey[] keys) {
        Column[] columns = new Column[keys.length];
        for (int i = 0; i < keys.length; i++) {
            columns[i] = batch.column(keys[i].column());
        }
        return columns;
    }

    private void spillRun() {
        if (file == null) {
            file = context.task().own(context.spill().create(types));
        }
        runs.add(write(sortInMemory(rows.takeAll())));
        memory.resize(0);
    }

    private RunMerge.Run write(Operator source) {
        long before = file.bytes();
        List<SpillFile.Block> blocks = new ArrayList<>();
        for (Batch batch = source.next(); batch != null; batch = source.next()) {
            blocks.add(file.append(batch));
        }
        context.task().countSpilled(file.bytes() - before);
        return new RunMerge.Run(blocks);
    }

    /** Neighbours are merged, and stay where they were: equal rows keep their order. */
    private void mergeSomeRuns() {
        List<RunMerge.Run> merged = new ArrayList<>();
        for (int from = 0; from < runs.size(); from += MOST_RUNS) {
            int to = Math.min(runs.size(), from + MOST_RUNS);
            List<RunMerge.Run> some = List.copyOf(runs.subList(from, to));
            merged.add(write(merge(some)));
        }
        runs.clear();
        runs.addAll(merged);
    }

    private RunMerge merge(List<RunMerge.Run> some) {
        List<BatchSource> sources = new ArrayList<>();
        some.forEach(run -> sources.add(file.source(run.blocks())));
        return new RunMerge(sources, types, keys, context);
    }
}
