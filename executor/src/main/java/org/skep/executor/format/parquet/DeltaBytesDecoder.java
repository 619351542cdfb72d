package org.skep.executor.format.parquet;

import java.util.Arrays;

/** DELTA_BYTE_ARRAY: how much of the previous value each begins with, then the rest of each. */
final class DeltaBytesDecoder implements ValueDecoder {
    /** A few kilobytes can spell out gigabytes by long prefixes; no honest page does. */
    private static final long LARGEST_PAGE = 1L << 30;

    private final DeltaIntegers stream = new DeltaIntegers();
    private final int width;
    private byte[] page;
    private int[] prefixes = new int[0];
    private int[] suffixes = new int[0];
    private byte[] previous = new byte[64];
    private int previousLength;
    private int next;
    private int total;
    private int position;
    private int end;
    private long spelled;

    /**
     * @param width the length that all values must have; 0 for any
     */
    DeltaBytesDecoder(int width) {
        this.width = width;
    }

    @Override
    public void start(byte[] bytes, int from, int to, int values) {
        page = bytes;
        end = to;
        stream.start(bytes, from, to, values);
        total = stream.total();
        prefixes = prefixes.length < total ? new int[total] : prefixes;
        stream.read(prefixes, 0, total);
        stream.start(bytes, stream.endPosition(), to, values);
        if (stream.total() != total) {
            throw new CorruptPageException(
                    "%d prefixes for %d suffixes".formatted(total, stream.total()));
        }
        suffixes = suffixes.length < total ? new int[total] : suffixes;
        stream.read(suffixes, 0, total);
        position = stream.endPosition();
        DeltaLengthDecoder.checkBytes(suffixes, total, to - position);
        previousLength = 0;
        next = 0;
        spelled = 0;
    }

    @Override
    public void read(Values out, int at, int count) {
        for (int i = 0; i < count; i++) {
            step();
            out.starts[at + i] = out.appendData(previous, 0, previousLength);
            out.lengths[at + i] = previousLength;
        }
    }

    @Override
    public void skip(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    /** Makes {@code previous} the next value. */
    private void step() {
        if (next == total) {
            throw new CorruptPageException("fewer values than the page says");
        }
        int prefix = prefixes[next];
        int suffix = suffixes[next++];
        if (prefix < 0 || prefix > previousLength || suffix < 0 || suffix > end - position) {
            throw new CorruptPageException(
                    "a value of %d bytes of the one before and %d more".formatted(prefix, suffix));
        }
        int length = prefix + suffix;
        if (width > 0 && length != width) {
            throw new CorruptPageException(
                    "a value of %d bytes instead of %d".formatted(length, width));
        }
        spelled += length;
        if (spelled > LARGEST_PAGE) {
            throw new CorruptPageException("a page of more than 1 GiB of values");
        }
        if (previous.length < length) {
            previous = Arrays.copyOf(previous, Math.max(length, 2 * previous.length));
        }
        System.arraycopy(page, position, previous, prefix, suffix);
        previousLength = length;
        position += suffix;
    }
}
