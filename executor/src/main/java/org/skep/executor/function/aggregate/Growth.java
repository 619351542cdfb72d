package org.skep.executor.function.aggregate;

import java.util.Arrays;
import org.skep.model.data.Bits;

/** Arrays with one slot per group that grow by doubling. */
final class Growth {
    private Growth() {}

    static int capacity(int now, int wanted) {
        return Math.max(wanted, (int) Math.min(Integer.MAX_VALUE - 8, 2L * now));
    }

    static long[] longs(long[] slots, int count) {
        return slots.length >= count ? slots : Arrays.copyOf(slots, capacity(slots.length, count));
    }

    static long[] longs(long[] slots, int count, long initial) {
        if (slots.length >= count) {
            return slots;
        }
        long[] grown = Arrays.copyOf(slots, capacity(slots.length, count));
        Arrays.fill(grown, slots.length, grown.length, initial);
        return grown;
    }

    static int[] ints(int[] slots, int count) {
        return slots.length >= count ? slots : Arrays.copyOf(slots, capacity(slots.length, count));
    }

    static double[] doubles(double[] slots, int count) {
        return slots.length >= count ? slots : Arrays.copyOf(slots, capacity(slots.length, count));
    }

    static byte[] bytes(byte[] slots, int count) {
        return slots.length >= count ? slots : Arrays.copyOf(slots, capacity(slots.length, count));
    }

    /** Bits for so many groups. */
    static long[] bits(long[] bits, int count) {
        return longs(bits, Bits.words(count));
    }

    /** A part of the slots, which may lie beyond what was grown. */
    static long[] range(long[] slots, int from, int count) {
        return Arrays.copyOfRange(longs(slots, from + count), from, from + count);
    }

    static double[] range(double[] slots, int from, int count) {
        return Arrays.copyOfRange(doubles(slots, from + count), from, from + count);
    }

    static int[] range(int[] slots, int from, int count) {
        return Arrays.copyOfRange(ints(slots, from + count), from, from + count);
    }

    /** Validity of groups {@code from} and on. */
    static long[] validity(long[] seen, int from, int count) {
        long[] bits = new long[Bits.words(count)];
        for (int i = 0; i < count; i++) {
            int group = from + i;
            if (group >> 6 < seen.length && Bits.get(seen, group)) {
                Bits.set(bits, i);
            }
        }
        return Bits.orNull(bits, count);
    }
}
