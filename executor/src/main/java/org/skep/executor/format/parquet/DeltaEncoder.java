package org.skep.executor.format.parquet;

/** Writes what {@link DeltaIntegers} reads, in blocks of 128 values of four parts. */
final class DeltaEncoder {
    private static final int BLOCK = 128;
    private static final int PARTS = 4;
    private static final int PART = BLOCK / PARTS;

    private DeltaEncoder() {}

    static void encode(long[] values, int from, int count, ByteSink out) {
        out.writeVarint(BLOCK);
        out.writeVarint(PARTS);
        out.writeVarint(count);
        out.writeZigzag(count == 0 ? 0 : values[from]);
        long[] deltas = new long[BLOCK];
        for (int at = 1; at < count; at += BLOCK) {
            int size = Math.min(BLOCK, count - at);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < size; i++) {
                deltas[i] = values[from + at + i] - values[from + at + i - 1];
                least = Math.min(least, deltas[i]);
            }
            out.writeZigzag(least);
            block(deltas, size, least, out);
        }
    }

    private static void block(long[] deltas, int size, long least, ByteSink out) {
        int[] widths = new int[PARTS];
        for (int part = 0; part < PARTS; part++) {
            long all = 0;
            for (int i = part * PART; i < Math.min(size, (part + 1) * PART); i++) {
                deltas[i] -= least;
                all |= deltas[i];
            }
            widths[part] = 64 - Long.numberOfLeadingZeros(all);
            out.write(widths[part]);
        }
        for (int part = 0; part * PART < size; part++) {
            for (int i = size; i < (part + 1) * PART; i++) {
                deltas[i] = 0; // the last part is filled up
            }
            pack(deltas, part * PART, widths[part], out);
        }
    }

    private static void pack(long[] values, int from, int width, ByteSink out) {
        int bytes = PART * width / 8;
        out.reserve(bytes + BitPacking.PADDING);
        byte[] into = out.bytes();
        int start = out.size();
        for (int b = 0; b < bytes + 9 && start + b < into.length; b++) {
            into[start + b] = 0;
        }
        for (int i = 0; i < PART; i++) {
            int bit = i * width;
            int at = start + (bit >>> 3);
            int shift = bit & 7;
            long value = values[from + i];
            long word = (long) BitPacking.LONGS.get(into, at) | value << shift;
            BitPacking.LONGS.set(into, at, word);
            if (shift + width > 64) {
                into[at + 8] = (byte) (value >>> (64 - shift));
            }
        }
        out.skip(bytes);
    }
}
