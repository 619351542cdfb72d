package org.skep.executor.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The bytes of one column chunk after another, read in big pieces through one buffer: it slides
 * forward over a chunk, and jumps where pages are passed over.
 */
final class ChunkSource {
    /** How far a sequential read looks ahead. */
    private static final int AHEAD = 1 << 20;

    /** What is read after a jump: probably only a page header is wanted. */
    private static final int PEEK = 1 << 14;

    /** The system copies every read through a buffer as large as it. */
    private static final int PIECE = 1 << 18;

    private final FileChannel channel;
    private final Decompressor arrays;
    private byte[] window = new byte[0];
    private long windowStart;
    private int windowBytes;
    private long end;

    /**
     * @param arrays lends what the bytes are read into
     */
    ChunkSource(FileChannel channel, Decompressor arrays) {
        this.channel = channel;
        this.arrays = arrays;
    }

    /** Begins a chunk that ends before {@code to}. */
    void start(long to) {
        end = to;
        windowBytes = 0;
        windowStart = -1;
    }

    long end() {
        return end;
    }

    byte[] bytes() {
        return window;
    }

    /** How many bytes from {@code offset} on are at hand. */
    int available(long offset) {
        return offset < windowStart || offset >= windowStart + windowBytes
                ? 0
                : (int) (windowStart + windowBytes - offset);
    }

    /**
     * Makes {@code length} bytes at {@code offset} of the file be in {@link #bytes} and says where;
     * {@link BitPacking#PADDING} more are readable. Holds until the next call.
     */
    int require(long offset, int length) throws IOException {
        if (length < 0 || length > end - offset) {
            throw new CorruptPageException(
                    "%d bytes wanted where the column has %d".formatted(length, end - offset));
        }
        if (available(offset) < length) {
            fill(offset, length);
        }
        return (int) (offset - windowStart);
    }

    private void fill(long offset, int length) throws IOException {
        int kept = available(offset);
        boolean onward = kept > 0 || offset == windowStart + windowBytes || windowBytes == 0;
        int wanted = (int) Math.min(end - offset, Math.max(length, onward ? AHEAD : PEEK));
        byte[] into = window;
        if (window.length < wanted + BitPacking.PADDING) {
            into = arrays.lend(wanted + BitPacking.PADDING);
        }
        System.arraycopy(window, windowBytes - kept, into, 0, kept);
        if (into != window) {
            arrays.takeBack(window);
            window = into;
        }
        windowStart = offset;
        windowBytes = kept;
        while (windowBytes < wanted) {
            int piece = Math.min(PIECE, wanted - windowBytes);
            int read =
                    channel.read(ByteBuffer.wrap(window, windowBytes, piece), offset + windowBytes);
            if (read < 0) {
                throw new CorruptPageException("the file ends within the column");
            }
            windowBytes += read;
        }
    }
}
