package org.skep.executor.operator;

import java.util.Arrays;
import org.skep.executor.kernel.JoinProbe;
import org.skep.executor.kernel.JoinTable;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.plan.JoinType;

/** Joins left batches with a finished {@link JoinTable}. */
final class ProbeOperator implements Operator {
    private final Operator left;
    private final int[] leftKeys;
    private final JoinTable table;
    private final JoinProbe probe;
    private final Residual residual;
    private final JoinOutput output;
    private final TaskContext task;
    private final int limit;
    private final long[] rightMatched; // null when nobody asks
    private Batch batch;
    private boolean[] leftMatched = new boolean[0];
    private int[] leftRows = new int[0];
    private int[] rightRows = new int[0];
    private int rightDone;

    ProbeOperator(
            Operator left,
            int[] leftKeys,
            JoinTable table,
            Residual residual,
            JoinOutput output,
            OperatorContext context) {
        this.left = left;
        this.leftKeys = leftKeys;
        this.table = table;
        this.probe = new JoinProbe(table);
        this.residual = residual;
        this.output = output;
        this.task = context.task();
        this.limit = context.batchRows();
        this.rightMatched =
                output.type().keepsRight() ? new long[Bits.words(table.rows().rows())] : null;
    }

    @Override
    public Batch next() {
        while (true) {
            task.stopIfCancelled();
            if (batch == null) {
                batch = left.next();
                if (batch == null) {
                    return unmatchedRight();
                }
                start();
                if (table.isUnique() && residual.isNone() && output.type() == JoinType.LEFT) {
                    return allLeft();
                }
            }
            int found = probe.next(leftRows, rightRows, Math.max(limit, 1));
            if (found == 0) {
                Batch ended = endBatch();
                if (ended != null) {
                    return ended;
                }
                continue;
            }
            Batch joined = joined(found);
            if (joined != null) {
                return joined;
            }
        }
    }

    private void start() {
        int rows = batch.rows();
        int room = Math.max(limit, rows);
        if (leftRows.length < room) {
            leftRows = new int[room];
            rightRows = new int[room];
        }
        if (leftMatched.length < rows) {
            leftMatched = new boolean[rows];
        }
        Arrays.fill(leftMatched, 0, rows, false);
        Column[] keys = new Column[leftKeys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = batch.column(leftKeys[i]);
        }
        probe.start(keys, rows);
    }

    private Batch joined(int found) {
        JoinType type = output.type();
        int kept = residual.filter(batch, leftRows, table.rows(), rightRows, found);
        if (type.keepsLeft() || type == JoinType.SEMI) {
            for (int i = 0; i < kept; i++) {
                leftMatched[leftRows[i]] = true;
            }
        }
        if (rightMatched != null) {
            for (int i = 0; i < kept; i++) {
                Bits.set(rightMatched, rightRows[i]);
            }
        }
        if (!type.givesRight() || kept == 0) {
            return null;
        }
        if (kept == batch.rows() && table.isUnique()) { // every row, each once
            return output.beside(batch, table.rows(), rightRows);
        }
        return output.pairs(batch, leftRows, table.rows(), rightRows, kept);
    }

    /** A left join in which each row comes out exactly once: left columns stay as they are. */
    private Batch allLeft() {
        Batch whole = batch;
        int[] places = new int[whole.rows()];
        Arrays.fill(places, -1);
        int found = probe.next(leftRows, rightRows, whole.rows());
        for (int i = 0; i < found; i++) {
            places[leftRows[i]] = rightRows[i];
        }
        batch = null;
        return output.beside(whole, table.rows(), places);
    }

    /** What is left to give of the batch once all its matches are known; null for nothing. */
    private Batch endBatch() {
        Batch ended = batch;
        batch = null;
        JoinType type = output.type();
        if (!type.keepsLeft() && type != JoinType.SEMI) {
            return null;
        }
        int count = 0;
        for (int i = 0; i < ended.rows(); i++) {
            if (leftMatched[i] == (type == JoinType.SEMI)) {
                leftRows[count++] = i;
            }
        }
        if (count == 0) {
            return null;
        }
        boolean whole = count == ended.rows() && !type.givesRight();
        return whole ? ended : output.leftOnly(ended, leftRows, count);
    }

    private Batch unmatchedRight() {
        if (rightMatched == null) {
            return null;
        }
        int rows = table.rows().rows();
        int[] unmatched = new int[Math.min(limit, rows)];
        int count = 0;
        for (; rightDone < rows && count < unmatched.length; rightDone++) {
            if (!Bits.get(rightMatched, rightDone)) {
                unmatched[count++] = rightDone;
            }
        }
        return count == 0 ? null : output.rightOnly(table.rows(), unmatched, count);
    }
}
