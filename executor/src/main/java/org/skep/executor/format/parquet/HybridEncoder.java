package org.skep.executor.format.parquet;

/**
 * Writes what {@link HybridDecoder} reads: runs where a value is repeated, packed groups elsewhere.
 */
final class HybridEncoder {
    /** Shorter repetitions are packed with their neighbours. */
    private static final int SHORTEST_RUN = 8;

    private HybridEncoder() {}

    static void encode(int[] values, int from, int to, int width, ByteSink out) {
        int i = from;
        while (i < to) {
            int run = runLength(values, i, to, Integer.MAX_VALUE);
            if (run >= SHORTEST_RUN) {
                out.writeVarint((long) run << 1);
                for (int b = 0; b < width; b += 8) {
                    out.write(values[i] >>> b);
                }
                i += run;
            } else {
                int end = i;
                do {
                    end = Math.min(to, end + 8);
                } while (end < to && runLength(values, end, to, SHORTEST_RUN) < SHORTEST_RUN);
                int groups = (end - i + 7) >>> 3;
                out.writeVarint((long) groups << 1 | 1);
                pack(values, i, end, groups * 8, width, out);
                i = end;
            }
        }
    }

    private static int runLength(int[] values, int from, int to, int enough) {
        int end = from + 1;
        int value = values[from];
        while (end < to && values[end] == value && end - from < enough) {
            end++;
        }
        return end - from;
    }

    /** Packs values, and zeros up to {@code count} of them. */
    private static void pack(int[] values, int from, int to, int count, int width, ByteSink out) {
        long bits = 0;
        int filled = 0;
        for (int i = 0; i < count; i++) {
            long value = from + i < to ? values[from + i] & 0xFFFFFFFFL : 0;
            bits |= value << filled;
            filled += width;
            while (filled >= 8) {
                out.write((int) bits);
                bits >>>= 8;
                filled -= 8;
            }
        }
    }
}
