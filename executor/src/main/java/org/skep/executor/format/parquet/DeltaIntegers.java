package org.skep.executor.format.parquet;

/**
 * The DELTA_BINARY_PACKED stream: a header, then blocks of mini-blocks of bit-packed differences,
 * see the encodings page of the Parquet format. Used for integers and for the lengths in the two
 * delta encodings of byte arrays.
 */
final class DeltaIntegers {
    private static final int LARGEST_BLOCK = 1 << 16;

    private byte[] page;
    private int position;
    private int end;
    private int miniBlocks;
    private int miniSize;
    private int total;
    private int delivered;
    private long value;
    private long least;
    private int widthsAt;
    private int miniBlock;
    private long[] deltas = new long[0];
    private int next;
    private int buffered;

    /** Reads the header; {@code most} bounds how many values there may be. */
    void start(byte[] bytes, int from, int to, int most) {
        page = bytes;
        position = from;
        end = to;
        long blockSize = unsigned();
        long blocks = unsigned();
        long count = unsigned();
        value = signed();
        if (blockSize <= 0
                || blockSize > LARGEST_BLOCK
                || blocks <= 0
                || blocks > blockSize
                || blockSize % blocks != 0
                || blockSize / blocks % 8 != 0) {
            throw new CorruptPageException(
                    "delta blocks of %d values in %d parts".formatted(blockSize, blocks));
        }
        // every mini-block takes a byte at least, so few bytes cannot be many values
        if (count < 0
                || count > most
                || count > 1 + (long) (end - position) * (blockSize / blocks)) {
            throw new CorruptPageException(
                    "%d delta values in a page of at most %d".formatted(count, most));
        }
        miniBlocks = (int) blocks;
        miniSize = (int) (blockSize / blocks);
        total = (int) count;
        delivered = 0;
        miniBlock = miniBlocks;
        next = 0;
        buffered = 0;
        if (deltas.length < miniSize) {
            deltas = new long[miniSize];
        }
    }

    /** How many values the stream has. */
    int total() {
        return total;
    }

    void read(long[] out, int at, int count) {
        int done = begin(count);
        if (done > 0) {
            out[at] = value;
        }
        while (done < count) {
            int take = Math.min(count - done, available());
            long sum = value;
            for (int i = 0; i < take; i++) {
                sum += deltas[next + i] + least;
                out[at + done + i] = sum;
            }
            value = sum;
            next += take;
            done += take;
        }
        delivered += count;
    }

    void read(int[] out, int at, int count) {
        int done = begin(count);
        if (done > 0) {
            out[at] = (int) value;
        }
        while (done < count) {
            int take = Math.min(count - done, available());
            long sum = value;
            for (int i = 0; i < take; i++) {
                sum += deltas[next + i] + least;
                out[at + done + i] = (int) sum;
            }
            value = sum;
            next += take;
            done += take;
        }
        delivered += count;
    }

    void skip(int count) {
        int done = begin(count);
        while (done < count) {
            int take = Math.min(count - done, available());
            for (int i = 0; i < take; i++) {
                value += deltas[next + i] + least;
            }
            next += take;
            done += take;
        }
        delivered += count;
    }

    /** Where the stream ends, when all of its values were read or passed over. */
    int endPosition() {
        skip(total - delivered);
        return position;
    }

    /** Checks that {@code count} more are there; 1 when the first of them is the header's value. */
    private int begin(int count) {
        if (count > total - delivered) {
            throw new CorruptPageException("fewer values than the page says");
        }
        return delivered == 0 && count > 0 ? 1 : 0;
    }

    private int available() {
        if (next == buffered) {
            nextMiniBlock();
        }
        return buffered - next;
    }

    private void nextMiniBlock() {
        if (miniBlock == miniBlocks) {
            least = signed();
            widthsAt = position;
            position += miniBlocks;
            miniBlock = 0;
        }
        if (position > end) {
            throw new CorruptPageException("delta blocks run beyond their page");
        }
        int width = page[widthsAt + miniBlock++] & 0xFF;
        long bytes = (long) miniSize * width >>> 3;
        if (width > 64 || bytes > end - position) {
            throw new CorruptPageException("delta values of %d bits".formatted(width));
        }
        BitPacking.unpack(page, position, width, deltas, miniSize);
        position += (int) bytes;
        next = 0;
        buffered = miniSize;
    }

    private long signed() {
        long zigzag = unsigned();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    private long unsigned() {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= end) {
                throw new CorruptPageException("a number runs beyond its page");
            }
            byte b = page[position++];
            result |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw new CorruptPageException("a number of more than 10 bytes");
    }
}
