package org.skep.executor.format.parquet;

import java.util.Arrays;

/** Rows of a row group as ascending stretches that do not touch. */
final class RowRanges {
    private long[] bounds = new long[8];
    private int size;

    static RowRanges all(long rows) {
        RowRanges all = new RowRanges();
        all.add(0, rows);
        return all;
    }

    /**
     * The rows of a row group among some rows of its file.
     *
     * @param numbers of the rows in the file, from 1, ascending
     * @param start how many rows the file has before the row group
     * @param rows how many the row group has
     */
    static RowRanges of(long[] numbers, long start, long rows) {
        RowRanges some = new RowRanges();
        int next = Arrays.binarySearch(numbers, start + 1);
        next = next < 0 ? -next - 1 : next;
        while (next < numbers.length && numbers[next] <= start + rows) {
            long row = numbers[next] - 1 - start;
            some.add(row, row + 1);
            while (next < numbers.length && numbers[next] == row + 1 + start) {
                next++; // said twice
            }
        }
        return some;
    }

    /** Adds rows that follow all rows so far. */
    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        if (size > 0 && bounds[2 * size - 1] == from) {
            bounds[2 * size - 1] = to;
            return;
        }
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * size] = from;
        bounds[2 * size + 1] = to;
        size++;
    }

    int count() {
        return size;
    }

    long from(int range) {
        return bounds[2 * range];
    }

    long to(int range) {
        return bounds[2 * range + 1];
    }

    long rows() {
        long rows = 0;
        for (int i = 0; i < size; i++) {
            rows += to(i) - from(i);
        }
        return rows;
    }

    /** The rows that are in both. */
    RowRanges and(RowRanges other) {
        RowRanges both = new RowRanges();
        int i = 0;
        int j = 0;
        while (i < size && j < other.size) {
            both.add(Math.max(from(i), other.from(j)), Math.min(to(i), other.to(j)));
            if (to(i) < other.to(j)) {
                i++;
            } else {
                j++;
            }
        }
        return both;
    }
}
