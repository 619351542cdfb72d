package org.skep.executor.format.lines;

import org.skep.executor.format.codec.ByteSource;

/** Bytes that were read already, then the rest of their source. */
final class Prefixed implements ByteSource {
    private final byte[] head;
    private final ByteSource rest;
    private int at;
    private final int end;

    Prefixed(byte[] head, int from, int to, ByteSource rest) {
        this.head = head;
        this.at = from;
        this.end = to;
        this.rest = rest;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int first = Math.min(length, end - at);
        if (first > 0) {
            System.arraycopy(head, at, into, offset, first);
            at += first;
        }
        return first < length ? first + rest.read(into, offset + first, length - first) : first;
    }

    @Override
    public void close() {
        rest.close();
    }
}
