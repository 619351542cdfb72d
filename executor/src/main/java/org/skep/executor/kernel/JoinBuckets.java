package org.skep.executor.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The buckets of a {@link JoinTable} by hash. Rows are first shared out into parts by the upper
 * bits of their hashes, then each part's buckets are filled on their own: they fit into a cache,
 * and several threads may do it. Within a bucket rows keep their order, however many threads there
 * were.
 */
final class JoinBuckets {
    private static final int PART_BITS = 13; // buckets of a part: 64 KB of directory
    private static final int MOST_PARTS_BITS = 10;
    private static final int CHUNK_ROWS = 1 << 16;

    final int shift; // of a hash, gives the bucket
    final long[] directory; // where a bucket begins, and sixteen bits that tell absent keys
    final long[] entries; // code and row, side by side
    private final boolean hashed; // codes are hashes
    private final boolean exact;
    private final int bits;
    private final int partBits;
    private final int[] partStarts;
    private final AtomicBoolean unique;

    /**
     * @param codes by row: exact ones, or hashes
     * @param rows the rows that have a key; the first {@code count} are taken
     */
    JoinBuckets(boolean exact, long[] codes, int[] rows, int count, Pieces pieces) {
        this.exact = exact;
        this.hashed = !exact;
        this.bits = Math.max(6, 32 - Integer.numberOfLeadingZeros(count));
        this.shift = 64 - bits;
        this.partBits = Math.max(0, Math.min(MOST_PARTS_BITS, bits - PART_BITS));
        this.partStarts = new int[(1 << partBits) + 1];
        this.directory = new long[(1 << bits) + 1];
        this.entries = new long[Math.multiplyExact(2, count)];
        this.unique = new AtomicBoolean(exact);
        long[] partCodes = new long[count];
        int[] partRows = new int[count];
        share(codes, rows, count, partCodes, partRows, pieces);
        directory[1 << bits] = (long) count << 16;
        pieces.run(1 << partBits, part -> fill(part, partCodes, partRows));
    }

    /** Whether no two rows share a code; false when codes are hashes. */
    boolean isUnique() {
        return unique.get();
    }

    private long hash(long code) {
        return hashed ? code : Hashes.mix(code);
    }

    private int part(long hash) {
        return partBits == 0 ? 0 : (int) (hash >>> 64 - partBits);
    }

    /** A counting sort by part: chunks count, then move their rows. */
    private void share(
            long[] codes, int[] rows, int count, long[] toCodes, int[] toRows, Pieces pieces) {
        int chunks = (count + CHUNK_ROWS - 1) / CHUNK_ROWS;
        int[][] at = new int[chunks][];
        pieces.run(
                chunks,
                chunk -> {
                    int[] counts = new int[1 << partBits];
                    int end = (int) Math.min(count, (chunk + 1L) * CHUNK_ROWS);
                    for (int i = chunk * CHUNK_ROWS; i < end; i++) {
                        counts[part(hash(codes[rows[i]]))]++;
                    }
                    at[chunk] = counts;
                });
        int next = 0;
        for (int part = 0; part < 1 << partBits; part++) {
            partStarts[part] = next;
            for (int[] counts : at) {
                int here = counts[part];
                counts[part] = next;
                next += here;
            }
        }
        partStarts[1 << partBits] = next;
        pieces.run(
                chunks,
                chunk -> {
                    int[] places = at[chunk];
                    int end = (int) Math.min(count, (chunk + 1L) * CHUNK_ROWS);
                    for (int i = chunk * CHUNK_ROWS; i < end; i++) {
                        long code = codes[rows[i]];
                        int place = places[part(hash(code))]++;
                        toCodes[place] = code;
                        toRows[place] = rows[i];
                    }
                });
    }

    private void fill(int part, long[] codes, int[] rows) {
        int from = partStarts[part];
        int to = partStarts[part + 1];
        int buckets = 1 << bits - partBits;
        int first = part << bits - partBits;
        int[] ends = new int[buckets];
        for (int i = from; i < to; i++) {
            long hash = hash(codes[i]);
            int bucket = (int) (hash >>> shift);
            ends[bucket - first]++;
            directory[bucket] |= 1L << (hash & 15);
        }
        int next = from;
        for (int i = 0; i < buckets; i++) {
            int here = ends[i];
            ends[i] = next;
            directory[first + i] |= (long) next << 16;
            next += here;
        }
        boolean alone = exact;
        for (int i = from; i < to; i++) {
            long code = codes[i];
            int bucket = (int) (hash(code) >>> shift);
            int at = ends[bucket - first]++;
            entries[2 * at] = code;
            entries[2 * at + 1] = rows[i];
            for (int other = (int) (directory[bucket] >>> 16); alone && other < at; other++) {
                alone = entries[2 * other] != code;
            }
        }
        if (!alone) {
            unique.set(false);
        }
    }
}
