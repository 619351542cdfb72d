package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.exchange.BatchSource;
import org.skep.executor.exchange.SpillFile;
import org.skep.executor.kernel.BatchAppender;
import org.skep.executor.kernel.Ordering;
import org.skep.executor.kernel.SortPrefix;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/** Merges sorted rows with a heap; of equal rows those of the earlier source come first. */
final class RunMerge implements Operator {
    /** A sorted run on disk. */
    record Run(List<SpillFile.Block> blocks) {}

    private final SortKey[] keys;
    private final TaskContext task;
    private final int batchRows;
    private final BatchAppender output;
    private final Cursor[] heap; // the least on top
    private int size;

    RunMerge(List<BatchSource> sources, List<Type> types, SortKey[] keys, OperatorContext context) {
        this.keys = keys;
        this.task = context.task();
        this.batchRows = context.batchRows();
        this.output = new BatchAppender(types, batchRows);
        this.heap = new Cursor[sources.size()];
        for (int i = 0; i < sources.size(); i++) {
            Cursor cursor = new Cursor(i, sources.get(i));
            if (cursor.load()) {
                heap[size] = cursor;
                siftUp(size++);
            }
        }
    }

    @Override
    public Batch next() {
        task.stopIfCancelled();
        while (size > 0 && output.rows() < batchRows) {
            Cursor top = heap[0];
            int from = top.row;
            int most = Math.min(top.batch.rows(), from + batchRows - output.rows());
            int to = from + 1;
            while (to < most && (size == 1 || top.staysFirst(to, second()))) {
                to++;
            }
            output.appendRange(top.batch, from, to - from);
            top.row = to;
            if (to == top.batch.rows() && !top.load()) {
                heap[0] = heap[--size];
            }
            siftDown();
        }
        return output.rows() > 0 ? output.take() : null;
    }

    /** The cursor that comes next after the top one. */
    private Cursor second() {
        return size == 2 || heap[1].comesBefore(heap[2]) ? heap[1] : heap[2];
    }

    private void siftUp(int from) {
        int at = from;
        while (at > 0 && heap[at].comesBefore(heap[(at - 1) / 2])) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void siftDown() {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].comesBefore(heap[child])) {
                child++;
            }
            if (!heap[child].comesBefore(heap[at])) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int i, int j) {
        Cursor cursor = heap[i];
        heap[i] = heap[j];
        heap[j] = cursor;
    }

    /** Where a run is read. */
    private final class Cursor {
        private final int run;
        private final BatchSource source;
        private Batch batch;
        private Column[] columns;
        private long[] prefixes;
        private int row;

        Cursor(int run, BatchSource source) {
            this.run = run;
            this.source = source;
        }

        boolean load() {
            batch = source.next();
            row = 0;
            if (batch == null) {
                return false;
            }
            columns = SortOperator.keyColumns(batch, keys);
            prefixes = new long[batch.rows()];
            if (keys.length > 0) {
                SortPrefix.encode(columns[0].flat(), keys[0], prefixes);
            }
            return true;
        }

        boolean comesBefore(Cursor other) {
            return staysFirst(row, other);
        }

        /** Whether this run's row comes before the other run's current one. */
        boolean staysFirst(int at, Cursor other) {
            long mine = prefixes[at];
            long theirs = other.prefixes[other.row];
            if (mine != theirs) {
                return mine < theirs;
            }
            int order = new Ordering(keys, columns, other.columns).compare(at, other.row);
            return order != 0 ? order < 0 : run < other.run;
        }
    }
}
