package org.skep.executor.format.codec;

/**
 * Bytes of a file after decompression, from front to back, in large pieces. Used by one thread.
 * What goes wrong is a {@code QueryException} that names the file and the place in it.
 */
public interface ByteSource extends AutoCloseable {
    /**
     * Fills {@code into} from {@code offset}, as far as the bytes reach.
     *
     * @return how many bytes were put there; fewer than {@code length} only at the end, so 0 there
     */
    int read(byte[] into, int offset, int length);

    @Override
    void close();
}
