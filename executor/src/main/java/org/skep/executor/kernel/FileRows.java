package org.skep.executor.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.skep.model.data.Column;

/**
 * Which rows of which files a join on both has on its build side, so that a scan need not look at
 * any other. Used by many threads.
 */
public final class FileRows {
    /** Beyond so many rows, finding each by itself spares little. */
    private static final int MOST_ROWS = 1 << 20;

    private static final long[] NONE = {};

    private final Map<String, long[]> numbers = new HashMap<>();
    private long bytes;

    private FileRows(Column files, Column rows) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < rows.rows(); i++) {
            if (isRow(files, rows, i)) {
                String file = (String) files.value(i);
                int count = counts.merge(file, 1, Integer::sum);
                long[] known = numbers.computeIfAbsent(file, path -> new long[4]);
                if (count > known.length) {
                    known = Arrays.copyOf(known, 2 * count);
                    numbers.put(file, known);
                }
                known[count - 1] = (long) rows.value(i);
            }
        }
        numbers.replaceAll((file, known) -> sorted(known, counts.get(file)));
        numbers.values().forEach(known -> bytes += 8L * known.length);
    }

    /**
     * The rows that two key columns name, of which neither is null; null when there are too many
     * for it to be worthwhile.
     *
     * @param files paths
     * @param rows numbers from 1
     */
    static FileRows of(Column files, Column rows) {
        return rows.rows() > MOST_ROWS ? null : new FileRows(files, rows);
    }

    private static boolean isRow(Column files, Column rows, int row) {
        return !files.isNull(row) && !rows.isNull(row);
    }

    private static long[] sorted(long[] numbers, int count) {
        long[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The numbers of a file's rows, ascending, maybe some of them more than once. */
    public long[] of(String path) {
        return numbers.getOrDefault(path, NONE).clone();
    }

    /** Bytes of heap. */
    long bytes() {
        return bytes;
    }
}
