package org.skep.executor.format.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of this machine's file system. */
final class LocalFile implements FileBytes {
    /** A channel copies through a direct buffer of the size asked for: it should stay in cache. */
    private static final int PIECE = 256 << 10;

    private final String path;
    private final FileChannel channel;
    private final long length;

    LocalFile(String path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(Path.of(path), StandardOpenOption.READ);
        this.length = channel.size();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(into, offset, Math.min(length, PIECE)), position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
