package org.skep.model.sketch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Values as bytes, in the "single-value binary form" of Iceberg's table specification (appendix D),
 * and the hashes of these bytes: the first half of MurmurHash3's 128 bits (x64, by Austin Appleby)
 * with the seed of DataSketches, without its lowest bit.
 *
 * <p>Doubles that SQL takes for equal have the same bytes here: 0.0 and -0.0, and all NaN.
 */
public final class SingleValue {
    private static final long SEED = 9001;
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private SingleValue() {}

    public static byte[] bytes(boolean value) {
        return new byte[] {(byte) (value ? 1 : 0)};
    }

    /** Also of a DATE, in days. */
    public static byte[] bytes(int value) {
        byte[] bytes = new byte[Integer.BYTES];
        INT.set(bytes, 0, value);
        return bytes;
    }

    /** Also of a TIMESTAMP, in microseconds. */
    public static byte[] bytes(long value) {
        byte[] bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, value);
        return bytes;
    }

    public static byte[] bytes(float value) {
        return bytes(bits(value));
    }

    public static byte[] bytes(double value) {
        return bytes(bits(value));
    }

    /** A DECIMAL's unscaled number of 128 bits. */
    public static byte[] bytes(long high, long low) {
        byte[] wide = new byte[16];
        int length = write(high, low, wide);
        return Arrays.copyOfRange(wide, wide.length - length, wide.length);
    }

    public static long hash(boolean value) {
        return ended(SEED ^ mixed1(value ? 1 : 0), SEED, 1);
    }

    public static long hash(int value) {
        return ended(SEED ^ mixed1(value & 0xffffffffL), SEED, Integer.BYTES);
    }

    public static long hash(long value) {
        return ended(SEED ^ mixed1(value), SEED, Long.BYTES);
    }

    public static long hash(float value) {
        return hash(bits(value));
    }

    public static long hash(double value) {
        return hash(bits(value));
    }

    /** Of a DECIMAL's unscaled number of 128 bits. */
    public static long hash(long high, long low) {
        byte[] wide = new byte[16];
        int length = write(high, low, wide);
        return hash(wide, wide.length - length, length);
    }

    /** Of a STRING or BINARY, or of any value's bytes. */
    public static long hash(byte[] data, int from, int length) {
        long h1 = SEED;
        long h2 = SEED;
        int at = from;
        for (int left = length; left >= 16; left -= 16) {
            h1 ^= mixed1((long) LONG.get(data, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixed2((long) LONG.get(data, at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
            at += 16;
        }
        int left = length & 15;
        h1 ^= mixed1(partial(data, at, Math.min(8, left)));
        if (left > 8) {
            h2 ^= mixed2(partial(data, at + 8, left - 8));
        }
        return ended(h1, h2, length);
    }

    private static long partial(byte[] data, int from, int length) {
        if (length == 8) {
            return (long) LONG.get(data, from);
        }
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits |= (data[from + i] & 0xffL) << 8 * i;
        }
        return bits;
    }

    private static int bits(float value) {
        return Float.floatToIntBits(value == 0 ? 0f : value);
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value == 0 ? 0.0 : value);
    }

    /** Writes big-endian bytes to the end of {@code wide} and says how many are not only sign. */
    private static int write(long high, long low, byte[] wide) {
        for (int i = 0; i < 8; i++) {
            wide[i] = (byte) (high >>> 56 - 8 * i);
            wide[8 + i] = (byte) (low >>> 56 - 8 * i);
        }
        int first = 0;
        while (first < 15 && wide[first] == wide[first + 1] >> 7) {
            first++;
        }
        return 16 - first;
    }

    private static long mixed1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixed2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long ended(long h1, long h2, int length) {
        long a = h1 ^ length;
        long b = h2 ^ length;
        a += b;
        b += a;
        return avalanche(a) + avalanche(b) >>> 1;
    }

    private static long avalanche(long bits) {
        long h = bits;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
