package org.skep.executor.format.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.xerial.snappy.Snappy;

/**
 * Hadoop's block format of Snappy: again and again the length of a block, then pieces of raw Snappy
 * with their packed lengths until the block is complete. Lengths are big-endian.
 */
final class HadoopSnappyDecoder extends InputStream {
    /** What a stated length may be; Hadoop's own blocks have 256 KiB. */
    private static final int LARGEST_PIECE = 64 << 20;

    private final InputStream input;
    private final byte[] header = new byte[4];
    private byte[] packed = new byte[0];
    private byte[] piece = new byte[0];
    private int at;
    private int filled;
    private long blockLeft;

    HadoopSnappyDecoder(InputStream input) {
        this.input = input;
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
        while (at == filled) {
            if (!nextPiece()) {
                return -1;
            }
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(piece, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean nextPiece() throws IOException {
        while (blockLeft == 0) {
            int count = input.readNBytes(header, 0, 4);
            if (count == 0) {
                return false;
            }
            blockLeft = length(count);
        }
        int size = length(input.readNBytes(header, 0, 4));
        if (packed.length < size) {
            packed = new byte[size];
        }
        if (input.readNBytes(packed, 0, size) < size) {
            throw new EOFException("cut off");
        }
        int whole = Snappy.uncompressedLength(packed, 0, size);
        if (whole < 0 || whole > LARGEST_PIECE || whole > blockLeft) {
            throw new IOException("a piece of %d bytes".formatted(whole));
        }
        if (piece.length < whole) {
            piece = new byte[whole];
        }
        filled = Snappy.uncompress(packed, 0, size, piece, 0);
        at = 0;
        blockLeft -= filled;
        return true;
    }

    private int length(int read) throws IOException {
        if (read < 4) {
            throw new EOFException("cut off");
        }
        int length = Codec.bigEndian(header, 0);
        if (length < 0 || length > LARGEST_PIECE) {
            throw new IOException("a block of %d bytes".formatted(length));
        }
        return length;
    }
}
