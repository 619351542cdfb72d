package org.skep.executor.format.lines;

import org.skep.executor.task.TaskContext;
import org.skep.model.file.Split;

/** The lines of a split, a batch at a time, as stretches of one byte array. */
public final class LineBatch implements AutoCloseable {
    private final SplitText text;
    private final BlockReader block;
    private final int most;
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private int rows;
    private long linesSoFar;
    private long firstLine = -1;
    private boolean ended;

    public LineBatch(SplitText text, Split split, TaskContext task) {
        this.text = text;
        this.block = new BlockReader(text, split.length(), task);
        this.most = task.settings().batchRows();
    }

    /** Goes on to the next lines; how many they are, 0 at the end. Arrays are new each time. */
    public int next() {
        linesSoFar += rows;
        rows = 0;
        while (!ended) {
            find();
            if (rows > 0) {
                return rows;
            }
            if (block.isLast()) {
                ended = true;
            } else {
                block.refillFresh();
            }
        }
        return 0;
    }

    private void find() {
        byte[] data = block.data();
        int to = block.to();
        int at = block.from();
        int[] at0 = new int[most];
        int[] sizes = new int[most];
        int count = 0;
        while (count < most && at < to) {
            int end = LineEnds.find(data, at, to, (byte) '\n');
            if (end < 0 && !block.isLast()) {
                break;
            }
            int next = end < 0 ? to : end + 1;
            int last = end < 0 ? to : end;
            at0[count] = at;
            sizes[count++] = last > at && data[last - 1] == '\r' ? last - at - 1 : last - at;
            at = next;
        }
        block.consume(at);
        starts = at0;
        lengths = sizes;
        rows = count;
    }

    public byte[] data() {
        return block.data();
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    /** The number, from 1, of a line of this batch in its file. */
    public long lineNumber(int row) {
        if (firstLine < 0) {
            firstLine = 1 + text.linesBefore();
        }
        return firstLine + linesSoFar + row;
    }

    /** Whether all bytes of the lines are well-formed UTF-8. */
    public boolean isClean() {
        if (rows == 0) {
            return true;
        }
        int last = rows - 1;
        return Utf8Text.isValid(block.data(), starts[0], starts[last] + lengths[last]);
    }

    @Override
    public void close() {
        block.close();
    }
}
