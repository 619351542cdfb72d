package org.skep.executor.format.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * gzip (RFC 1952), one member after another. Inflates straight into the reader's buffer; length and
 * CRC of every member are checked.
 */
final class GzipDecoder extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream input;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[128 << 10];
    private int at;
    private int filled;
    private boolean inMember;
    private boolean first = true;

    GzipDecoder(InputStream input) {
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
        try {
            while (true) {
                if (!inMember && !startMember()) {
                    return -1;
                }
                int count = inflater.inflate(into, offset, length);
                if (count > 0) {
                    crc.update(into, offset, count);
                    return count;
                }
                if (inflater.finished()) {
                    endMember();
                } else if (inflater.needsDictionary()) {
                    throw new IOException("a preset dictionary");
                } else if (inflater.needsInput()) {
                    need();
                    inflater.setInput(buffer, at, filled - at);
                    at = filled;
                }
            }
        } catch (DataFormatException e) {
            throw new IOException(e.getMessage() == null ? "bad data" : e.getMessage(), e);
        }
    }

    /** Whether another member follows; padding with zeros after the last one is passed over. */
    private boolean startMember() throws IOException {
        if (!first) {
            int next = peek();
            while (next == 0) {
                at++;
                next = peek();
            }
            if (next < 0) {
                return false;
            }
        }
        if (next() != 0x1F || next() != 0x8B || next() != 8) {
            throw new IOException("neither end nor another member");
        }
        int flags = next();
        if ((flags & 0xE0) != 0) {
            throw new IOException("reserved header flags");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            int low = next();
            skip(low | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(buffer, at, filled - at);
        at = filled;
        inMember = true;
        first = false;
        return true;
    }

    private void endMember() throws IOException {
        at = filled - inflater.getRemaining();
        long stored = little();
        if (stored != crc.getValue()) {
            throw new IOException("wrong checksum");
        }
        if (little() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new IOException("wrong length");
        }
        inMember = false;
    }

    private long little() throws IOException {
        int low = next() | next() << 8;
        return low | (long) (next() | next() << 8) << 16;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // up to the closing zero
        }
    }

    private int next() throws IOException {
        if (at == filled) {
            need();
        }
        return buffer[at++] & 0xFF;
    }

    private int peek() throws IOException {
        if (at == filled) {
            fill();
        }
        return at == filled ? -1 : buffer[at] & 0xFF;
    }

    private void need() throws IOException {
        fill();
        if (at == filled) {
            throw new EOFException("cut off");
        }
    }

    private void fill() throws IOException {
        int count = input.read(buffer, 0, buffer.length);
        at = 0;
        filled = Math.max(0, count);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
