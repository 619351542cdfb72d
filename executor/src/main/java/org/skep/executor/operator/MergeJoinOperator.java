package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.kernel.Concat;
import org.skep.executor.kernel.Copying;
import org.skep.executor.kernel.Ordering;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/**
 * Joins two sorted inputs. The right one is seen through a window that begins with the rows that
 * may still match and is widened as long as a run of equal keys goes on.
 */
final class MergeJoinOperator implements Operator {
    private final PlanNode.MergeJoin join;
    private final Operator left;
    private final Operator right;
    private final List<Type> rightTypes;
    private final Residual residual;
    private final JoinOutput output;
    private final OperatorContext context;
    private final Reservation memory;
    private final SortKey[] order;

    private Batch batch; // of the left side
    private Column[] leftKeys;
    private boolean[] leftMatched;
    private int leftRow;
    private boolean leftEnded;

    private Batch window; // of the right side
    private Column[] rightKeys;
    private long[] rightMatched;
    private int runStart; // rows before it match nothing any more
    private int runEnd; // of the run equal to the left row; runStart when not known
    private int runRow; // the next of the run to be paired with the left row
    private int rightGiven; // unmatched rows before it were given
    private boolean rightEnded;
    private Ordering ordering;

    private final int[] leftRows;
    private final int[] rightRows;

    MergeJoinOperator(
            PlanNode.MergeJoin join, Operator left, Operator right, OperatorContext context) {
        this.join = join;
        this.left = left;
        this.right = right;
        List<Type> leftTypes = join.left().schema().types();
        this.rightTypes = join.right().schema().types();
        int width = leftTypes.size() + rightTypes.size();
        this.residual = Residual.of(context.services(), join.residual(), leftTypes.size(), width);
        this.output = new JoinOutput(join.type(), leftTypes, rightTypes);
        this.context = context;
        this.memory = Reservation.of(context.task());
        this.order = new SortKey[join.leftKeys().size()];
        Arrays.setAll(order, i -> new SortKey(i, true, true));
        this.leftRows = new int[context.batchRows()];
        this.rightRows = new int[context.batchRows()];
        see(Concat.batches(rightTypes, List.of()), new long[0]);
    }

    @Override
    public Batch next() {
        while (true) {
            context.task().stopIfCancelled();
            Batch passed = unmatchedRight();
            if (passed != null) {
                return passed;
            }
            if (batch == null && !leftEnded) {
                readLeft();
            }
            if (leftEnded) {
                runStart = window.rows();
                if (output.type().keepsRight() && (rightGiven < runStart || widen())) {
                    continue;
                }
                return null;
            }
            Batch joined = advance();
            if (joined != null) {
                return joined;
            }
        }
    }

    private void readLeft() {
        batch = left.next();
        leftEnded = batch == null;
        if (!leftEnded) {
            leftKeys = flat(batch, join.leftKeys());
            leftMatched = new boolean[batch.rows()];
            leftRow = 0;
            ordering = new Ordering(order, leftKeys, rightKeys);
        }
    }

    /** Pairs rows until there are enough, or the left batch ends, or the window must move. */
    private Batch advance() {
        int count = 0;
        while (leftRow < batch.rows() && count < leftRows.length) {
            if (!findRun()) {
                if (count > 0) {
                    break; // places of pairs hold only until the window moves
                }
                if (output.type().keepsRight() && rightGiven < runStart) {
                    return null; // first give what the window is about to leave behind
                }
                widen();
                continue;
            }
            count = skipOrPair(count);
        }
        Batch joined = count == 0 ? null : joined(count);
        if (leftRow == batch.rows() && joined == null) {
            return endBatch();
        }
        return joined;
    }

    /** Finds the run of the left row's key; false when the window ends before that is certain. */
    private boolean findRun() {
        if (hasNullKey()) {
            return true; // matches nothing
        }
        if (runRow > runStart && runRow <= runEnd) {
            return true; // in the middle of a run
        }
        int rows = window.rows();
        while (runStart < rows && ordering.compare(leftRow, runStart) > 0) {
            runStart++;
        }
        if (runEnd <= runStart) {
            runEnd = runStart;
        }
        while (runEnd < rows && ordering.compare(leftRow, runEnd) == 0) {
            runEnd++;
        }
        runRow = runStart;
        return runEnd < rows || rightEnded;
    }

    private boolean hasNullKey() {
        for (int i = 0; i < leftKeys.length && !join.nullsEqual(); i++) {
            if (leftKeys[i].isNull(leftRow)) {
                return true;
            }
        }
        return false;
    }

    private int skipOrPair(int count) {
        int to = count;
        if (!hasNullKey()) {
            int from = Math.max(runRow, runStart);
            int more = Math.max(0, Math.min(runEnd - from, leftRows.length - count));
            boolean oneIsEnough = !output.type().givesRight() && residual.isNone();
            for (int i = 0; i < (oneIsEnough ? Math.min(1, more) : more); i++) {
                leftRows[to] = leftRow;
                rightRows[to++] = from + i;
            }
            runRow = oneIsEnough ? runEnd : from + more;
            if (runRow < runEnd) {
                return to; // the output is full
            }
        }
        leftRow++;
        runRow = runStart;
        return to;
    }

    private Batch joined(int count) {
        JoinType type = output.type();
        int kept = residual.filter(batch, leftRows, window, rightRows, count);
        for (int i = 0; i < kept; i++) {
            leftMatched[leftRows[i]] = true;
        }
        if (type.keepsRight()) {
            for (int i = 0; i < kept; i++) {
                Bits.set(rightMatched, rightRows[i]);
            }
        }
        return kept == 0 || !type.givesRight()
                ? null
                : output.pairs(batch, leftRows, window, rightRows, kept);
    }

    private Batch endBatch() {
        Batch ended = batch;
        batch = null;
        JoinType type = output.type();
        if (!type.keepsLeft() && type != JoinType.SEMI) {
            return null;
        }
        int[] rows = new int[ended.rows()];
        int count = 0;
        for (int i = 0; i < ended.rows(); i++) {
            if (leftMatched[i] == (type == JoinType.SEMI)) {
                rows[count++] = i;
            }
        }
        return count == 0 ? null : output.leftOnly(ended, rows, count);
    }

    /** Right rows that the window has left behind without a match. */
    private Batch unmatchedRight() {
        if (!output.type().keepsRight() || rightGiven >= runStart) {
            return null;
        }
        int[] rows = new int[Math.min(leftRows.length, runStart - rightGiven)];
        int count = 0;
        for (; rightGiven < runStart && count < rows.length; rightGiven++) {
            if (!Bits.get(rightMatched, rightGiven)) {
                rows[count++] = rightGiven;
            }
        }
        return count == 0 ? null : output.rightOnly(window, rows, count);
    }

    /**
     * Moves the window on; false when the right side has no more rows. A window that holds a long
     * run is doubled, so that widening costs no more than reading.
     */
    private boolean widen() {
        List<Batch> parts = new ArrayList<>();
        int kept = window.rows() - runStart;
        if (kept > 0) {
            parts.add(window.slice(runStart, kept));
        }
        int read = 0;
        while (!rightEnded && read <= kept) {
            Batch more = right.next();
            rightEnded = more == null;
            if (more != null) {
                parts.add(more);
                read += more.rows();
            }
        }
        if (read == 0) {
            return false;
        }
        long[] bits = new long[Bits.words(kept + read)];
        for (int i = 0; i < kept; i++) {
            if (Bits.get(rightMatched, runStart + i)) {
                Bits.set(bits, i);
            }
        }
        int end = runEnd - runStart;
        int row = runRow - runStart;
        see(Concat.batches(rightTypes, parts), bits);
        runEnd = Math.max(0, end);
        runRow = Math.max(0, row);
        return true;
    }

    private void see(Batch rows, long[] matched) {
        window = rows;
        rightKeys = flat(rows, join.rightKeys());
        rightMatched = matched;
        runStart = 0;
        runEnd = 0;
        runRow = 0;
        rightGiven = 0;
        ordering = leftKeys == null ? null : new Ordering(order, leftKeys, rightKeys);
        memory.resize(Copying.ownBytes(rows));
    }

    private static Column[] flat(Batch rows, List<Integer> keys) {
        Column[] flat = new Column[keys.size()];
        Arrays.setAll(flat, i -> rows.column(keys.get(i)).flat());
        return flat;
    }
}
