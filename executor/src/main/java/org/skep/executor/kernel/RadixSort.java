package org.skep.executor.kernel;

import java.util.Arrays;

/**
 * Sorts row numbers by words, stably: least significant byte first, bytes that do not differ
 * skipped.
 */
final class RadixSort {
    private static final int FEW = 1024;

    /**
     * Sorts {@code words}, unsigned, and {@code rows[from]} and after along with them.
     *
     * @param bits how many low bits of the words are used
     */
    void sort(long[] words, int[] rows, int from, int count, int bits) {
        int rowBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, count - 1));
        if (bits + rowBits <= 63) {
            sortPacked(words, rows, from, count, bits, rowBits);
        } else {
            sortPairs(words, rows, from, count, bits);
        }
    }

    /** Word and row number in one long: half the memory traffic. */
    private static void sortPacked(
            long[] words, int[] rows, int from, int count, int bits, int rowBits) {
        long[] packed = new long[count];
        for (int i = 0; i < count; i++) {
            packed[i] = words[i] << rowBits | i;
        }
        if (count <= FEW) {
            Arrays.sort(packed);
        } else {
            packed = sortByBytes(packed, new long[count], rowBits, bits);
        }
        int[] before = Arrays.copyOfRange(rows, from, from + count);
        long mask = (1L << rowBits) - 1;
        for (int i = 0; i < count; i++) {
            words[i] = packed[i] >>> rowBits;
            rows[from + i] = before[(int) (packed[i] & mask)];
        }
    }

    private static long[] sortByBytes(long[] source, long[] target, int firstBit, int bits) {
        int count = source.length;
        long[] from = source;
        long[] to = target;
        for (int shift = firstBit; shift < firstBit + bits; shift += 8) {
            int[] ends = new int[257];
            for (int i = 0; i < count; i++) {
                ends[(int) (from[i] >>> shift & 0xFF) + 1]++;
            }
            if (ends[(int) (from[0] >>> shift & 0xFF) + 1] == count) {
                continue;
            }
            for (int i = 0; i < 256; i++) {
                ends[i + 1] += ends[i];
            }
            for (int i = 0; i < count; i++) {
                long word = from[i];
                to[ends[(int) (word >>> shift & 0xFF)]++] = word;
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void sortPairs(long[] words, int[] rows, int first, int count, int bits) {
        long[] from = words;
        long[] to = new long[count];
        int[] fromRows = Arrays.copyOfRange(rows, first, first + count);
        int[] toRows = new int[count];
        for (int shift = 0; shift < bits; shift += 8) {
            int[] ends = new int[257];
            for (int i = 0; i < count; i++) {
                ends[(int) (from[i] >>> shift & 0xFF) + 1]++;
            }
            if (ends[(int) (from[0] >>> shift & 0xFF) + 1] == count) {
                continue;
            }
            for (int i = 0; i < 256; i++) {
                ends[i + 1] += ends[i];
            }
            for (int i = 0; i < count; i++) {
                int at = ends[(int) (from[i] >>> shift & 0xFF)]++;
                to[at] = from[i];
                toRows[at] = fromRows[i];
            }
            long[] swap = from;
            from = to;
            to = swap;
            int[] swapRows = fromRows;
            fromRows = toRows;
            toRows = swapRows;
        }
        System.arraycopy(fromRows, 0, rows, first, count);
        if (from != words) {
            System.arraycopy(from, 0, words, 0, count);
        }
    }
}
