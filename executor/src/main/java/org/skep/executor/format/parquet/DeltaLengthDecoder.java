package org.skep.executor.format.parquet;

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
final class DeltaLengthDecoder implements ValueDecoder {
    private final DeltaIntegers stream = new DeltaIntegers();
    private byte[] page;
    private int[] sizes = new int[0];
    private int next;
    private int total;
    private int position;

    @Override
    public void start(byte[] bytes, int from, int to, int values) {
        page = bytes;
        stream.start(bytes, from, to, values);
        total = stream.total();
        sizes = sizes.length < total ? new int[total] : sizes;
        stream.read(sizes, 0, total);
        position = stream.endPosition();
        checkBytes(sizes, total, to - position);
        next = 0;
    }

    /** The bytes are there, and no others. */
    static void checkBytes(int[] sizes, int count, int bytes) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            if (sizes[i] < 0) {
                throw new CorruptPageException("a byte array of length " + sizes[i]);
            }
            sum += sizes[i];
        }
        if (sum != bytes) {
            throw new CorruptPageException(
                    "byte arrays of %d bytes in all where the page has %d".formatted(sum, bytes));
        }
    }

    @Override
    public void read(Values out, int at, int count) {
        int from = position;
        int length = take(count);
        int start = out.appendData(page, from, length);
        for (int i = 0; i < count; i++) {
            int size = sizes[next - count + i];
            out.starts[at + i] = start;
            out.lengths[at + i] = size;
            start += size;
        }
    }

    @Override
    public void skip(int count) {
        take(count);
    }

    /** Passes over values and says how many bytes they have. */
    private int take(int count) {
        if (count > total - next) {
            throw new CorruptPageException("fewer values than the page says");
        }
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += sizes[next + i];
        }
        position += bytes;
        next += count;
        return bytes;
    }
}
