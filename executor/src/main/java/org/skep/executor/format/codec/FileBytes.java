package org.skep.executor.format.codec;

import java.io.Closeable;
import java.io.IOException;

/** A file as it is stored, read by position. The one seam between formats and where files live. */
public interface FileBytes extends Closeable {
    String path();

    long length();

    /**
     * Reads up to {@code length} bytes that stand at {@code position}.
     *
     * @return how many were read, at least 1; -1 at the end of the file
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;
}
