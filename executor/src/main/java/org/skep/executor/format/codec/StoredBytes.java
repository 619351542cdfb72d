package org.skep.executor.format.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stretch of a file as it is stored, as a stream: what the decoders read. */
final class StoredBytes extends InputStream {
    private final FileBytes file;
    private final long end;
    private long position;

    StoredBytes(FileBytes file, long start, long end) {
        this.file = file;
        this.position = start;
        this.end = Math.min(end, file.length());
    }

    /** Where in the file the next byte stands. */
    long position() {
        return position;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, end - position);
        if (wanted <= 0) {
            return -1;
        }
        int count = file.read(position, into, offset, wanted);
        if (count < 0) {
            throw new EOFException("the file became shorter while it was read");
        }
        position += count;
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
}
