package org.skep.executor.format.codec;

import java.io.IOException;
import java.io.InputStream;

/**
 * bzip2, one stream after another, or from any block on. The format is Julian Seward's (bzip2 1.0):
 * run-length code, Burrows-Wheeler transform, move-to-front, Huffman code. CRCs are checked.
 */
final class Bzip2Decoder extends InputStream {
    static final long BLOCK_MAGIC = 0x314159265359L;
    static final long END_MAGIC = 0x177245385090L;

    private static final int HEADER = 'B' << 16 | 'Z' << 8 | 'h';
    private static final int[] CRC_TABLE = crcTable();

    private final BitReader input;
    private final Bzip2Block block = new Bzip2Block();
    private boolean begun;
    private boolean ended;
    private boolean wholeStream;
    private int streamCrc;
    private long blockStart;

    // undoing the first run-length code
    private int left;
    private int cursor;
    private int last = -1;
    private int same;
    private int repeat;
    private int crc;

    Bzip2Decoder(BitReader input) {
        this.input = input;
    }

    /** Goes to the first block that begins within these bytes of the file, if there is one. */
    boolean seekBlock(long from, long to) throws IOException {
        ended = !input.find(BLOCK_MAGIC, from, to);
        begun = true;
        wholeStream = false;
        left = 0;
        repeat = 0;
        return !ended;
    }

    /** The byte of the file in which the block that is being read began. */
    long blockStart() {
        return blockStart;
    }

    /** Whether all bytes of the block have been given; {@link #nextBlock} then goes on. */
    boolean blockEnded() {
        return left == 0 && repeat == 0;
    }

    long position() {
        return input.position() >>> 3;
    }

    /** Reads the next block; false at the end of the file. */
    boolean nextBlock() throws IOException {
        while (!ended) {
            if (!begun) {
                startStream();
            }
            blockStart = input.position() >>> 3;
            long magic = (long) input.read(24) << 24 | input.read(24);
            if (magic == BLOCK_MAGIC) {
                startBlock();
                return true;
            }
            if (magic != END_MAGIC) {
                throw new IOException("no block where one should begin");
            }
            endStream();
        }
        return false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (blockEnded() && !nextBlock()) {
                return -1;
            }
            int count = readBlock(into, offset, length);
            if (count > 0) {
                return count;
            }
        }
    }

    /** Bytes of this block; 0 when it has no more. */
    int readBlock(byte[] into, int offset, int length) throws IOException {
        int[] links = block.links;
        int at = offset;
        int end = offset + length;
        int sum = crc;
        while (at < end) {
            if (repeat > 0) {
                int run = Math.min(repeat, end - at);
                for (int i = 0; i < run; i++) {
                    into[at++] = (byte) last;
                    sum = sum << 8 ^ CRC_TABLE[(sum >>> 24 ^ last) & 0xFF];
                }
                repeat -= run;
                continue;
            }
            if (left == 0) {
                break;
            }
            int entry = links[cursor];
            cursor = entry >>> 8;
            int value = entry & 0xFF;
            left--;
            if (same == 4) {
                repeat = value;
                same = 0;
                continue;
            }
            same = value == last ? same + 1 : 1;
            last = value;
            into[at++] = (byte) value;
            sum = sum << 8 ^ CRC_TABLE[(sum >>> 24 ^ value) & 0xFF];
        }
        crc = sum;
        if (blockEnded()) {
            endBlock();
        }
        return at - offset;
    }

    private void startStream() throws IOException {
        if (input.read(24) != HEADER) {
            throw new IOException("neither end nor another stream");
        }
        int level = input.read(8) - '0';
        if (level < 1 || level > 9) {
            throw new IOException("block size %d".formatted(level));
        }
        streamCrc = 0;
        begun = true;
        wholeStream = true;
    }

    private void endStream() throws IOException {
        int stored = input.read(32);
        if (wholeStream && stored != streamCrc) {
            throw new IOException("wrong checksum");
        }
        input.toNextByte();
        begun = false;
        ended = input.atEnd();
    }

    private void startBlock() throws IOException {
        block.read(input);
        left = block.size;
        cursor = block.first;
        last = -1;
        same = 0;
        repeat = 0;
        crc = -1;
    }

    private void endBlock() throws IOException {
        if (~crc != block.crc) {
            throw new IOException("wrong checksum");
        }
        streamCrc = (streamCrc << 1 | streamCrc >>> 31) ^ block.crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value << 1 ^ (value < 0 ? 0x04C11DB7 : 0);
            }
            table[i] = value;
        }
        return table;
    }
}
