package org.skep.executor.format.codec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file, written through a buffer, that knows how far it has come. */
public final class CountingOutput extends OutputStream {
    private final FileChannel channel;
    private final OutputStream out;
    private long position;

    public CountingOutput(Path file) throws IOException {
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /** Bytes that were written so far. */
    public long position() {
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

    /** Returns when the file would survive a loss of power. */
    public void force() throws IOException {
        out.flush();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
