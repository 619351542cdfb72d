package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.RuntimeFilter;

/**
 * The build side of a join: its rows, and where those of a key are. Made once, then read by any
 * number of threads, each through a {@link JoinProbe} of its own.
 *
 * <p>Rows are stored bucket by bucket (Birler and others, "Simple, efficient, and robust hash
 * tables for join processing", DaMoN 2024): a directory holds where each bucket begins and sixteen
 * bits that tell most absent keys at once. Integer keys are packed into a code that needs no
 * further comparison; when codes lie close together the code is the bucket.
 */
public final class JoinTable {
    private final Batch rows;
    private final int[] keyColumns;
    private final boolean nullsEqual;
    final Column[] keys; // flat; empty when codes are exact
    final KeyCodes packing; // null when codes are hashes

    final int[] denseStarts; // bucket = code: where it begins among denseRows
    final int[] denseRows; // null when at most one row has each code: then starts are rows, or -1
    final long[] directory; // of JoinBuckets; null when codes are buckets
    final long[] entries;
    final int shift;
    private final KeyFilter[] filters; // of the keys that were asked for
    private FileRows fileRows; // when asked for
    private final boolean unique;

    private JoinTable(Batch rows, int[] keyColumns, boolean nullsEqual, Pieces pieces) {
        this.rows = rows;
        this.keyColumns = keyColumns;
        this.nullsEqual = nullsEqual;
        this.filters = new KeyFilter[keyColumns.length];
        Column[] flat = new Column[keyColumns.length];
        Arrays.setAll(flat, i -> rows.column(keyColumns[i]).flat());
        this.packing = nullsEqual ? null : KeyCodes.of(flat);
        this.keys = packing == null ? flat : new Column[0];
        int count = rows.rows();
        long[] codes = new long[count];
        int[] numbers = new int[count];
        int kept;
        if (packing != null) {
            kept = packing.pack(flat, count, codes, numbers);
        } else {
            new Hasher(flat.length).hash(flat, count, codes);
            kept = withoutNulls(flat, count, numbers, nullsEqual);
        }
        if (packing != null && Long.compareUnsigned(packing.most(), denseLimit(kept)) < 0) {
            int[] starts = new int[(int) packing.most() + 2];
            denseRows = fillDense(codes, numbers, kept, starts);
            unique = denseRows == null;
            denseStarts = starts;
            directory = null;
            entries = null;
            shift = 0;
        } else {
            JoinBuckets buckets = new JoinBuckets(packing != null, codes, numbers, kept, pieces);
            denseStarts = null;
            denseRows = null;
            shift = buckets.shift;
            directory = buckets.directory;
            entries = buckets.entries;
            unique = buckets.isUnique();
        }
    }

    /**
     * @param keys the key columns among those of {@code rows}
     * @param nullsEqual whether null keys match null keys, not nothing
     */
    public static JoinTable build(Batch rows, int[] keys, boolean nullsEqual, Pieces pieces) {
        return new JoinTable(rows, keys, nullsEqual, pieces);
    }

    private static long denseLimit(int rows) {
        return Math.min(1 << 28, Math.max(4096, 6L * rows));
    }

    static int withoutNulls(Column[] keys, int count, int[] numbers, boolean nullsEqual) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean isNull = false;
            for (int k = 0; k < keys.length && !nullsEqual; k++) {
                isNull |= keys[k].isNull(i);
            }
            if (!isNull) {
                numbers[kept++] = i;
            }
        }
        return kept;
    }

    private static int[] fillDense(long[] codes, int[] numbers, int kept, int[] starts) {
        boolean unique = true;
        for (int i = 0; i < kept; i++) {
            unique &= starts[(int) codes[numbers[i]] + 1]++ == 0;
        }
        if (unique) {
            Arrays.fill(starts, -1);
            for (int i = 0; i < kept; i++) {
                starts[(int) codes[numbers[i]]] = numbers[i];
            }
            return null;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        int[] ends = Arrays.copyOf(starts, starts.length);
        int[] sorted = new int[kept];
        for (int i = 0; i < kept; i++) {
            sorted[ends[(int) codes[numbers[i]]]++] = numbers[i];
        }
        return sorted;
    }

    /** The build side's rows; what a probe gives are places in it. */
    public Batch rows() {
        return rows;
    }

    /** Makes what scans are to be told, if it is worth it; before others read the table. */
    public void addFilter(RuntimeFilter filter) {
        switch (filter.kind()) {
            case KEYS ->
                    filters[filter.place()] = KeyFilter.of(rows.column(keyColumns[filter.place()]));
            case ROWS ->
                    fileRows = FileRows.of(rows.column(keyColumns[0]), rows.column(keyColumns[1]));
            case EDGE -> throw new IllegalArgumentException("a join has no edge: " + filter);
        }
    }

    /** The values of one of the keys; null when there is no filter of it. */
    public KeyFilter filter(int key) {
        return filters[key];
    }

    /**
     * What its two keys, a path and a number, say of files' rows; null when there is no such
     * filter.
     */
    public FileRows fileRows() {
        return fileRows;
    }

    boolean nullsEqual() {
        return nullsEqual;
    }

    int keyCount() {
        return keyColumns.length;
    }

    /** Whether no two rows share a key, as far as this is known without comparing keys. */
    public boolean isUnique() {
        return unique;
    }

    /** Bytes of heap that the table and its filters take beside its rows. */
    public long bytes() {
        long filtering = fileRows == null ? 0 : fileRows.bytes();
        for (KeyFilter filter : filters) {
            filtering += filter == null ? 0 : filter.bytes();
        }
        return filtering
                + (denseStarts == null ? 0 : 4L * denseStarts.length)
                + (denseRows == null ? 0 : 4L * denseRows.length)
                + (directory == null ? 0 : 8L * directory.length)
                + (entries == null ? 0 : 8L * entries.length);
    }
}
