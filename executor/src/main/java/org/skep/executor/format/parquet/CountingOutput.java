package org.skep.executor.format.parquet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A buffered output that knows how far it has come. */
final class CountingOutput extends OutputStream {
    private final OutputStream out;
    private long position;

    CountingOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    long position() {
        return position;
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
        position++;
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        out.write(bytes, start, length);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
