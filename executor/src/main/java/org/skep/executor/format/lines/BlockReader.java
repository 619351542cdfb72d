package org.skep.executor.format.lines;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.ReadAhead;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * A window that moves over the text of a split. What stands before {@link #from} is used up; the
 * rest of a record that the window cuts is moved to the front of the next one.
 */
public final class BlockReader implements AutoCloseable {
    private static final int BLOCK = 256 << 10;

    /** A longer record is taken for a mistake, such as a quote that is never closed. */
    private static final int LONGEST_RECORD = 256 << 20;

    private final SplitText text;
    private final ByteSource source;
    private final int block;
    private byte[] data;
    private int from;
    private int to;
    private long offset;
    private boolean last;

    /**
     * @param bytes about how many there will be, at least 0; small texts get small blocks
     * @param task whose stage may have a thread to spare for decompressing ahead
     */
    public BlockReader(SplitText text, long bytes, TaskContext task) {
        this.text = text;
        boolean packed = text.codec() != Codec.NONE;
        this.source = open(text, packed && bytes > BLOCK, task.spareThreads());
        this.block = packed ? BLOCK : (int) Math.min(BLOCK, bytes + 16);
        this.data = new byte[0];
    }

    private static ByteSource open(SplitText text, boolean ahead, Semaphore threads) {
        ByteSource source = text.open();
        return ahead && threads.tryAcquire() ? new ReadAhead(source, threads) : source;
    }

    public byte[] data() {
        return data;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Whether the window reaches the end of the text. */
    public boolean isLast() {
        return last;
    }

    /** Where in the text the window's byte {@code position} stands. */
    public long offsetOf(int position) {
        return offset + position;
    }

    /** Says that everything before {@code position} is used up. */
    public void consume(int position) {
        from = position;
    }

    /** Reads on into the same array; for readers whose columns keep nothing of it. */
    public void refill() {
        fill(to - from < data.length ? data : Arrays.copyOf(data, grown()));
    }

    /** Reads on into a new array; the old one stays as it is. */
    public void refillFresh() {
        int rest = to - from;
        fill(new byte[rest > block / 2 ? Math.max(block, grown()) : block]);
    }

    private int grown() {
        if (to - from >= LONGEST_RECORD) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "'%s' has a record longer than %d MiB, from line %d on"
                            .formatted(
                                    text.path(), LONGEST_RECORD >> 20, text.lineAt(offsetOf(from))),
                    "look for a quote that is not closed, or say which quote there is, if any");
        }
        return Math.max(block, 2 * Math.max(to - from, 1));
    }

    private void fill(byte[] next) {
        int rest = to - from;
        System.arraycopy(data, from, next, 0, rest);
        offset += from;
        data = next;
        from = 0;
        int asked = next.length - rest;
        int count = source.read(next, rest, asked);
        to = rest + count;
        last = count < asked;
    }

    @Override
    public void close() {
        source.close();
    }
}
