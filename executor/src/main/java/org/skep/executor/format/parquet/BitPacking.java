package org.skep.executor.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads integers packed with a fixed number of bits, least significant bit first. Buffers must have
 * {@link #PADDING} readable bytes behind the last packed one.
 */
final class BitPacking {
    /** Bytes that may be read, but not used, behind the end. */
    static final int PADDING = 16;

    static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private BitPacking() {}

    /**
     * Unpacks values {@code index} to before {@code index + count} of those that begin at byte
     * {@code base}.
     */
    static void unpack(byte[] in, int base, int index, int width, int[] out, int at, int count) {
        int done = Math.min(count, -index & 7);
        single(in, base, index, width, out, at, done);
        int groups = (count - done) >>> 3;
        int from = base + ((index + done) >>> 3) * width;
        if (width <= 8) {
            eightPerLoad(in, from, width, out, at + done, groups);
        } else if (width < 16) {
            fourPerLoad(in, from, width, out, at + done, groups);
        } else if (width <= 28) {
            twoPerLoad(in, from, width, out, at + done, groups);
        } else {
            onePerLoad(in, from, width, out, at + done, groups);
        }
        done += groups << 3;
        single(in, base, index + done, width, out, at + done, count - done);
    }

    private static void single(
            byte[] in, int base, int index, int width, int[] out, int at, int count) {
        int mask = (int) ((1L << width) - 1);
        for (int i = 0; i < count; i++) {
            long bit = (long) (index + i) * width;
            out[at + i] =
                    (int) ((long) LONGS.get(in, base + (int) (bit >>> 3)) >>> (bit & 7)) & mask;
        }
    }

    private static void eightPerLoad(
            byte[] in, int from, int width, int[] out, int at, int groups) {
        int mask = (1 << width) - 1;
        int w2 = 2 * width;
        int w3 = 3 * width;
        int w4 = 4 * width;
        int w5 = 5 * width;
        int w6 = 6 * width;
        int w7 = 7 * width;
        int p = from;
        int k = at;
        for (int g = 0; g < groups; g++, p += width, k += 8) {
            long v = (long) LONGS.get(in, p);
            out[k] = (int) v & mask;
            out[k + 1] = (int) (v >>> width) & mask;
            out[k + 2] = (int) (v >>> w2) & mask;
            out[k + 3] = (int) (v >>> w3) & mask;
            out[k + 4] = (int) (v >>> w4) & mask;
            out[k + 5] = (int) (v >>> w5) & mask;
            out[k + 6] = (int) (v >>> w6) & mask;
            out[k + 7] = (int) (v >>> w7) & mask;
        }
    }

    private static void fourPerLoad(byte[] in, int from, int width, int[] out, int at, int groups) {
        int mask = (1 << width) - 1;
        int w2 = 2 * width;
        int w3 = 3 * width;
        int half = width >>> 1;
        int odd = (width & 1) << 2;
        int p = from;
        int k = at;
        for (int g = 0; g < groups; g++, p += width, k += 8) {
            long v = (long) LONGS.get(in, p);
            long u = (long) LONGS.get(in, p + half) >>> odd;
            out[k] = (int) v & mask;
            out[k + 1] = (int) (v >>> width) & mask;
            out[k + 2] = (int) (v >>> w2) & mask;
            out[k + 3] = (int) (v >>> w3) & mask;
            out[k + 4] = (int) u & mask;
            out[k + 5] = (int) (u >>> width) & mask;
            out[k + 6] = (int) (u >>> w2) & mask;
            out[k + 7] = (int) (u >>> w3) & mask;
        }
    }

    private static void twoPerLoad(byte[] in, int from, int width, int[] out, int at, int groups) {
        int mask = (1 << width) - 1;
        int b2 = 2 * width >>> 3;
        int s2 = 2 * width & 7;
        int b4 = width >>> 1;
        int s4 = 4 * width & 7;
        int b6 = 6 * width >>> 3;
        int s6 = 6 * width & 7;
        int p = from;
        int k = at;
        for (int g = 0; g < groups; g++, p += width, k += 8) {
            long a = (long) LONGS.get(in, p);
            long b = (long) LONGS.get(in, p + b2) >>> s2;
            long c = (long) LONGS.get(in, p + b4) >>> s4;
            long d = (long) LONGS.get(in, p + b6) >>> s6;
            out[k] = (int) a & mask;
            out[k + 1] = (int) (a >>> width) & mask;
            out[k + 2] = (int) b & mask;
            out[k + 3] = (int) (b >>> width) & mask;
            out[k + 4] = (int) c & mask;
            out[k + 5] = (int) (c >>> width) & mask;
            out[k + 6] = (int) d & mask;
            out[k + 7] = (int) (d >>> width) & mask;
        }
    }

    private static void onePerLoad(byte[] in, int from, int width, int[] out, int at, int groups) {
        int mask = (int) ((1L << width) - 1);
        int p = from;
        int k = at;
        for (int g = 0; g < groups; g++, p += width, k += 8) {
            for (int i = 0; i < 8; i++) {
                int bit = i * width;
                out[k + i] = (int) ((long) LONGS.get(in, p + (bit >>> 3)) >>> (bit & 7)) & mask;
            }
        }
    }

    /** Unpacks values of up to 64 bits from byte {@code base} on. */
    static void unpack(byte[] in, int base, int width, long[] out, int count) {
        if (width == 0) {
            java.util.Arrays.fill(out, 0, count, 0);
            return;
        }
        long mask = -1L >>> (64 - width);
        for (int i = 0; i < count; i++) {
            long bit = (long) i * width;
            int at = base + (int) (bit >>> 3);
            int shift = (int) bit & 7;
            long value = (long) LONGS.get(in, at) >>> shift;
            if (shift + width > 64) {
                value |= (long) in[at + 8] << (64 - shift);
            }
            out[i] = value & mask;
        }
    }
}
