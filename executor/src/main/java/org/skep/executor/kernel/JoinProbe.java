package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Column;

/**
 * Finds the matches of probe rows in a {@link JoinTable}, a bounded number at a time. Probing is
 * staged: hashes of all rows, then the directory's bits, then the entries, then the keys; so cache
 * misses overlap. Used by one thread.
 */
public final class JoinProbe {
    private final JoinTable table;
    private final Hasher hasher;
    private Column[] keys;
    private long[] codes = new long[0];
    private int[] candidates = new int[0];
    private int[] buckets = new int[0];
    private byte[] equal = new byte[0];
    private int count;
    private int candidate; // the next one
    private int entry = -1; // its next entry, or -1 when it was not begun

    public JoinProbe(JoinTable table) {
        this.table = table;
        this.hasher = new Hasher(table.keyCount());
    }

    /** Begins with a batch's key columns. */
    public void start(Column[] columns, int rows) {
        if (candidates.length < rows) {
            codes = new long[rows];
            candidates = new int[rows];
            buckets = new int[rows];
        }
        candidate = 0;
        entry = -1;
        if (table.packing != null) {
            keys = flat(columns);
            count = table.packing.pack(keys, rows, codes, candidates);
        } else {
            hasher.hash(columns, rows, codes);
            keys = flat(columns);
            count = JoinTable.withoutNulls(keys, rows, candidates, table.nullsEqual());
        }
        if (table.denseStarts == null) {
            checkDirectory();
        }
    }

    private static Column[] flat(Column[] columns) {
        Column[] flat = new Column[columns.length];
        Arrays.setAll(flat, i -> columns[i].flat());
        return flat;
    }

    /** Keeps the candidates whose bit is set in the directory. */
    private void checkDirectory() {
        long[] directory = table.directory;
        int shift = table.shift;
        boolean exact = table.packing != null;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = candidates[i];
            long hash = exact ? Hashes.mix(codes[row]) : codes[row];
            int bucket = (int) (hash >>> shift);
            candidates[kept] = row;
            buckets[kept] = bucket;
            kept += (int) (directory[bucket] >>> (hash & 15) & 1);
        }
        count = kept;
    }

    /**
     * The next matches: places of probe rows, ascending, and of build rows. At most {@code limit}
     * of them; 0 when there are no more.
     */
    public int next(int[] probeRows, int[] buildRows, int limit) {
        if (table.denseStarts != null) {
            return table.denseRows == null
                    ? nextUnique(probeRows, buildRows, limit)
                    : nextDense(probeRows, buildRows, limit);
        }
        while (candidate < count) {
            int found = nextHashed(probeRows, buildRows, limit);
            if (table.packing == null) {
                found = compare(probeRows, buildRows, found);
            }
            if (found > 0) {
                return found;
            }
        }
        return 0;
    }

    private int nextUnique(int[] probeRows, int[] buildRows, int limit) {
        int[] places = table.denseStarts;
        int found = 0;
        int at = candidate;
        while (at < count && found < limit) {
            int row = candidates[at++];
            int place = places[(int) codes[row]];
            probeRows[found] = row;
            buildRows[found] = place;
            found += place >= 0 ? 1 : 0;
        }
        candidate = at;
        return found;
    }

    private int nextDense(int[] probeRows, int[] buildRows, int limit) {
        int[] starts = table.denseStarts;
        int[] rows = table.denseRows;
        int found = 0;
        while (candidate < count && found < limit) {
            int row = candidates[candidate];
            int bucket = (int) codes[row];
            int at = entry < 0 ? starts[bucket] : entry;
            int end = starts[bucket + 1];
            while (at < end && found < limit) {
                probeRows[found] = row;
                buildRows[found++] = rows[at++];
            }
            advance(at, end);
        }
        return found;
    }

    private int nextHashed(int[] probeRows, int[] buildRows, int limit) {
        long[] directory = table.directory;
        long[] entries = table.entries;
        int found = 0;
        while (candidate < count && found < limit) {
            int row = candidates[candidate];
            int bucket = buckets[candidate];
            long code = codes[row];
            int at = entry < 0 ? (int) (directory[bucket] >>> 16) : entry;
            int end = (int) (directory[bucket + 1] >>> 16);
            while (at < end && found < limit) {
                if (entries[2 * at] == code) {
                    probeRows[found] = row;
                    buildRows[found++] = (int) entries[2 * at + 1];
                }
                at++;
            }
            advance(at, end);
        }
        return found;
    }

    private void advance(int at, int end) {
        if (at < end) {
            entry = at;
        } else {
            candidate++;
            entry = -1;
        }
    }

    /** Keeps the pairs whose keys, not only whose hashes, are equal. */
    private int compare(int[] probeRows, int[] buildRows, int found) {
        if (equal.length < found) {
            equal = new byte[found];
        }
        Arrays.fill(equal, 0, found, (byte) 1);
        for (int i = 0; i < keys.length; i++) {
            Equality.check(table.keys[i], buildRows, keys[i], probeRows, found, equal);
        }
        int kept = 0;
        for (int i = 0; i < found; i++) {
            probeRows[kept] = probeRows[i];
            buildRows[kept] = buildRows[i];
            kept += equal[i];
        }
        return kept;
    }
}
