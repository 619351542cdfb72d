package org.skep.executor.format.parquet;

import static org.skep.executor.format.parquet.BitPacking.INTS;

/** RLE for BOOLEAN values: the hybrid of one bit, with its length before it. */
final class RunBooleanDecoder implements ValueDecoder {
    private final HybridDecoder runs = new HybridDecoder();
    private int[] bits = new int[0];

    @Override
    public void start(byte[] page, int from, int to, int values) {
        int length = to - from < 4 ? -1 : (int) INTS.get(page, from);
        if (length < 0 || length > to - from - 4) {
            throw new CorruptPageException("booleans that run beyond their page");
        }
        runs.start(page, from + 4, from + 4 + length, 1);
    }

    @Override
    public void read(Values out, int at, int count) {
        bits = bits.length < count ? new int[count] : bits;
        runs.read(bits, 0, count);
        for (int i = 0; i < count; i++) {
            out.booleans[at + i] = (byte) (bits[i] & 1);
        }
    }

    @Override
    public void skip(int count) {
        runs.skip(count);
    }
}
