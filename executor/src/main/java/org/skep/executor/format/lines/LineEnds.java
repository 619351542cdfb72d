package org.skep.executor.format.lines;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.skep.executor.format.codec.ByteSource;

/** Finds and counts one byte value, eight bytes at a time. */
public final class LineEnds {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_7 = 0x7F7F7F7F7F7F7F7FL;
    private static final long ONES = 0x0101010101010101L;

    private LineEnds() {}

    /** Where {@code wanted} first stands from {@code from} to before {@code to}; else -1. */
    public static int find(byte[] data, int from, int to, byte wanted) {
        long pattern = ONES * (wanted & 0xFF);
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long x = (long) LONGS.get(data, i) ^ pattern;
            long found = ~(((x & LOW_7) + LOW_7) | x | LOW_7);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** How many bytes from {@code from} to before {@code to} are {@code wanted}. */
    public static int count(byte[] data, int from, int to, byte wanted) {
        long pattern = ONES * (wanted & 0xFF);
        int count = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long x = (long) LONGS.get(data, i) ^ pattern;
            count += Long.bitCount(~(((x & LOW_7) + LOW_7) | x | LOW_7));
        }
        for (; i < to; i++) {
            count += data[i] == wanted ? 1 : 0;
        }
        return count;
    }

    /** How many of the next {@code limit} bytes of a source are {@code wanted}. */
    static long count(ByteSource source, long limit, byte wanted) {
        byte[] buffer = new byte[256 << 10];
        long left = limit;
        long lines = 0;
        while (left > 0) {
            int asked = (int) Math.min(buffer.length, left);
            int count = source.read(buffer, 0, asked);
            lines += count(buffer, 0, count, wanted);
            left -= count;
            if (count < asked) {
                break;
            }
        }
        return lines;
    }
}
