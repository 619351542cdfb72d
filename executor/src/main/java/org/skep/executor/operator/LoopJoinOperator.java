package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.kernel.Copying;
import org.skep.executor.kernel.RowBuffer;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.plan.JoinType;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

/**
 * Tries every left row with every right one, or with those that are in the range that the condition
 * speaks of, a batch of pairs at a time.
 */
final class LoopJoinOperator implements Operator {
    private final Operator left;
    private final Operator right;
    private final List<Type> rightTypes;
    private final Residual condition;
    private final JoinOutput output;
    private final RangeCandidates candidates; // null when the condition has no range
    private final OperatorContext context;
    private final Reservation memory;
    private final int[] leftRows;
    private final int[] rightRows;
    private Batch rightBatch;
    private long[] rightMatched;
    private int rightDone;
    private Batch batch;
    private boolean[] leftMatched;
    private int leftRow; // of the next pair
    private int rightRow; // its place, when candidates are told
    private boolean ranged; // whether they are for this batch

    LoopJoinOperator(
            PlanNode.LoopJoin join, Operator left, Operator right, OperatorContext context) {
        this.left = left;
        this.right = right;
        List<Type> leftTypes = join.left().schema().types();
        this.rightTypes = join.right().schema().types();
        int width = leftTypes.size() + rightTypes.size();
        this.condition = Residual.of(context.services(), join.condition(), leftTypes.size(), width);
        this.output = new JoinOutput(join.type(), leftTypes, rightTypes);
        this.candidates =
                join.bounds() == null
                        ? null
                        : new RangeCandidates(join.bounds(), context.services());
        this.context = context;
        this.memory = Reservation.of(context.task());
        this.leftRows = new int[context.batchRows()];
        this.rightRows = new int[context.batchRows()];
    }

    @Override
    public Batch next() {
        if (rightBatch == null) {
            readRight();
        }
        while (true) {
            context.task().stopIfCancelled();
            if (batch == null) {
                batch = left.next();
                if (batch == null) {
                    return unmatchedRight();
                }
                leftMatched = new boolean[batch.rows()];
                leftRow = 0;
                rightRow = 0;
                ranged = candidates != null && candidates.begin(batch);
            }
            int count = ranged ? pairsInRange() : pairs();
            if (count > 0) {
                Batch joined = joined(count);
                if (joined != null) {
                    return joined;
                }
            } else {
                Batch ended = endBatch();
                if (ended != null) {
                    return ended;
                }
            }
        }
    }

    private void readRight() {
        RowBuffer rows = new RowBuffer(rightTypes);
        for (Batch more = right.next(); more != null; more = right.next()) {
            context.task().stopIfCancelled();
            rows.add(more);
            memory.resize(rows.bytes());
        }
        rightBatch = rows.takeAll();
        long index = candidates == null ? 0 : candidates.build(rightBatch);
        memory.resize(Copying.ownBytes(rightBatch) + index);
        rightMatched = new long[Bits.words(rightBatch.rows())];
    }

    /** The next pairs; left rows that need no further match are passed over. */
    private int pairs() {
        boolean oneMatch = !output.type().givesRight();
        int rights = rightBatch.rows();
        int count = 0;
        while (leftRow < batch.rows() && count < leftRows.length) {
            if (rightRow == rights || oneMatch && leftMatched[leftRow]) {
                leftRow++;
                rightRow = 0;
                continue;
            }
            int more = Math.min(rights - rightRow, leftRows.length - count);
            for (int i = 0; i < more; i++) {
                leftRows[count + i] = leftRow;
                rightRows[count + i] = rightRow + i;
            }
            count += more;
            rightRow += more;
        }
        return count;
    }

    private int pairsInRange() {
        boolean oneMatch = !output.type().givesRight();
        int count = 0;
        while (leftRow < batch.rows() && count < leftRows.length) {
            boolean done = oneMatch && leftMatched[leftRow];
            int found = done ? -1 : candidates.next(leftRow, rightRow);
            if (found < 0) {
                leftRow++;
                rightRow = 0;
                continue;
            }
            leftRows[count] = leftRow;
            rightRows[count++] = candidates.row(found);
            rightRow = found + 1;
        }
        return count;
    }

    private Batch joined(int count) {
        JoinType type = output.type();
        int kept = condition.filter(batch, leftRows, rightBatch, rightRows, count);
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
                : output.pairs(batch, leftRows, rightBatch, rightRows, kept);
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

    private Batch unmatchedRight() {
        if (!output.type().keepsRight()) {
            return null;
        }
        int[] rows = new int[rightRows.length];
        int count = 0;
        for (; rightDone < rightBatch.rows() && count < rows.length; rightDone++) {
            if (!Bits.get(rightMatched, rightDone)) {
                rows[count++] = rightDone;
            }
        }
        return count == 0 ? null : output.rightOnly(rightBatch, rows, count);
    }
}
