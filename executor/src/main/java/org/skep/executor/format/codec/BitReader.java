package org.skep.executor.format.codec;

import java.io.EOFException;
import java.io.IOException;

/** Bits of a file, the highest of each byte first. */
final class BitReader {
    private final FileBytes file;
    private final byte[] buffer = new byte[64 << 10];
    private long bufferStart;
    private int at;
    private int filled;
    private long bits;
    private int held;

    BitReader(FileBytes file) {
        this.file = file;
    }

    /** Goes on reading at bit {@code bit} of the file. */
    void seek(long bit) throws IOException {
        bufferStart = bit >>> 3;
        at = 0;
        filled = 0;
        held = 0;
        bits = 0;
        if ((bit & 7) != 0) {
            read((int) (bit & 7));
        }
    }

    /** The number of the next bit. */
    long position() {
        return (bufferStart + at) * 8 - held;
    }

    /** The next {@code count} bits, at most 32. */
    int read(int count) throws IOException {
        if (held < count) {
            fill(count);
        }
        held -= count;
        return (int) (bits >>> held & (1L << count) - 1);
    }

    /** The next {@code count} bits, at most 24, without passing over them; zeros beyond the end. */
    int peek(int count) throws IOException {
        while (held < count) {
            int next = nextByte();
            if (next < 0) {
                return (int) (bits << (count - held) & (1L << count) - 1);
            }
            bits = bits << 8 | next;
            held += 8;
        }
        return (int) (bits >>> (held - count) & (1L << count) - 1);
    }

    void skip(int count) throws IOException {
        read(count);
    }

    void toNextByte() {
        held -= held & 7;
    }

    boolean atEnd() throws IOException {
        if (held > 0) {
            return false;
        }
        int next = nextByte();
        if (next < 0) {
            return true;
        }
        bits = bits << 8 | next;
        held = 8;
        return false;
    }

    /**
     * Goes to the first place at or after byte {@code from} and before byte {@code to} where these
     * 48 bits begin, at any bit.
     *
     * @return whether there is one; the reader then stands before it
     */
    boolean find(long pattern, long from, long to) throws IOException {
        seek(from * 8);
        long window = 0;
        long mask = (1L << 48) - 1;
        for (long bytes = 0; ; bytes++) {
            int next = nextByte();
            if (next < 0) {
                return false;
            }
            window = window << 8 | next;
            if (bytes < 6) {
                if (bytes == 5 && (window & mask) == pattern) {
                    seek(from * 8);
                    return from < to;
                }
                continue;
            }
            // the window holds at least 56 bits: look at the 8 places that end in this byte
            long end = (bufferStart + at) * 8;
            for (int shift = 7; shift >= 0; shift--) {
                if ((window >>> shift & mask) == pattern) {
                    long bit = end - shift - 48;
                    if (bit >>> 3 >= to) {
                        return false;
                    }
                    seek(bit);
                    return true;
                }
            }
            if (bufferStart + at - 7 >= to) {
                return false;
            }
        }
    }

    private void fill(int count) throws IOException {
        while (held < count) {
            int next = nextByte();
            if (next < 0) {
                throw new EOFException("cut off");
            }
            bits = bits << 8 | next;
            held += 8;
        }
    }

    private int nextByte() throws IOException {
        if (at == filled) {
            bufferStart += filled;
            at = 0;
            filled = Math.max(0, file.read(bufferStart, buffer, 0, buffer.length));
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }
}
