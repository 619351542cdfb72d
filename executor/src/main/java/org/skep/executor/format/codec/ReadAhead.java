package org.skep.executor.format.codec;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * A source that a thread of its own reads a few blocks ahead, so that decompressing goes on while
 * what came out is parsed.
 */
public final class ReadAhead implements ByteSource {
    private static final int BLOCK = 256 << 10;
    private static final int BLOCKS = 6;

    private final ByteSource source;
    private final Semaphore permit;
    private final BlockingQueue<Block> filled = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread thread;
    private Block block = new Block(new byte[0], 0, null); // what is being handed out
    private int at;
    private boolean closed;

    /**
     * @param data null when reading failed
     * @param bytes fewer than a whole block only at the end
     */
    private record Block(byte[] data, int bytes, Throwable failure) {
        boolean isLast() {
            return failure != null || bytes < data.length;
        }

        void throwFailure() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
        }
    }

    /**
     * @param permit for the thread, given back when this is closed
     */
    public ReadAhead(ByteSource source, Semaphore permit) {
        this.source = source;
        this.permit = permit;
        this.thread = new Thread(this::fill, "skep-read-ahead");
        for (int i = 0; i < BLOCKS; i++) {
            free.add(new byte[BLOCK]);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void fill() {
        try {
            Block last;
            do {
                last = read(free.take());
                filled.put(last);
            } while (!last.isLast());
        } catch (InterruptedException e) {
            // closed before the end
        }
    }

    private Block read(byte[] into) {
        try {
            return new Block(into, source.read(into, 0, into.length), null);
        } catch (RuntimeException | Error e) {
            return new Block(null, 0, e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        block.throwFailure(); // again, when it was thrown before
        int count = 0;
        while (count < length) {
            if (at == block.bytes()) {
                if (block.isLast()) {
                    break;
                }
                advance();
            }
            int more = Math.min(length - count, block.bytes() - at);
            System.arraycopy(block.data(), at, into, offset + count, more);
            at += more;
            count += more;
        }
        return count;
    }

    private void advance() {
        if (block.data().length > 0) {
            free.add(block.data());
        }
        try {
            block = filled.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "the query was cancelled", e);
        }
        at = 0;
        block.throwFailure();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) { // the source is its as long as it runs
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        permit.release();
        source.close();
    }
}
