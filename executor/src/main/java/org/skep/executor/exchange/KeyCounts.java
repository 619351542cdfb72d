package org.skep.executor.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.skep.executor.kernel.Partitioner;
import org.skep.executor.kernel.Strides;
import org.skep.model.data.Column;
import org.skep.model.spi.Backend.HotKey;

/**
 * Which keys are frequent among the rows that a task puts out: one in n rows is counted by the hash
 * of its key, and when there is no counter left, the smallest half of them are given up (Misra and
 * Gries, "Finding repeated elements", 1982). Which rows are counted depends on their place only, so
 * a task that runs again says the same.
 */
final class KeyCounts {
    /** Is told of a key once, in the middle of the rows, when many of those so far have it. */
    interface Frequent {
        void found(long hash, List<Object> key);
    }

    private static final int SLOTS = 1024;
    private static final int MOST = SLOTS / 2;

    /** A key is remembered once it was counted so often: most never are. */
    private static final int NAMED = 4;

    private static final int LONGEST = 256;
    private static final int TOLD = 32;

    /** Fewer counted rows of a key are not worth a batch of their own. */
    private static final int LEAST_FREQUENT = 64;

    /** A frequent key has at least one in so many rows. */
    private static final int SHARE = 16;

    private final int every;
    private final Frequent frequent;
    private final int least;
    private final int share;
    private final Strides strides;
    private final int named;
    private final long[] hashes = new long[SLOTS];
    private final int[] counts = new int[SLOTS];
    private final Object[][] keys = new Object[SLOTS][];
    private int used;
    private int next;
    private long counted;
    private final long[] told = new long[TOLD];
    private int toldKeys;

    /**
     * @param every of how many rows one is counted; when it is each, then a key is frequent that
     *     two of them have
     * @param partitions that the rows are shared out to: a frequent key has as many rows as an even
     *     one of them, when there are many
     */
    KeyCounts(int every, int partitions, Frequent frequent) {
        this.every = every;
        this.frequent = frequent;
        this.least = every == 1 ? 2 : LEAST_FREQUENT;
        this.share = every == 1 ? Integer.MAX_VALUE : Math.max(SHARE, partitions);
        this.strides = new Strides(every);
        this.named = every == 1 ? 1 : NAMED;
    }

    /** Takes in the rows of a batch with the columns of their key. */
    void add(long[] rowHashes, int rows, Column[] columns) {
        int row = next;
        for (; row < rows; row += strides.next()) {
            int slot = slot(rowHashes[row]);
            if (counts[slot] == 0) {
                if (used == MOST) {
                    purge();
                    slot = slot(rowHashes[row]);
                }
                hashes[slot] = rowHashes[row];
                used++;
            }
            int count = ++counts[slot];
            if (count == named) {
                keys[slot] = key(columns, row);
            }
            counted++;
            if (count >= least && (long) count * share >= counted) {
                tell(slot);
            }
        }
        next = row - rows;
    }

    private void tell(int slot) {
        for (int i = 0; i < toldKeys; i++) {
            if (told[i] == hashes[slot]) {
                return;
            }
        }
        if (toldKeys < TOLD && isShort(keys[slot])) {
            told[toldKeys++] = hashes[slot];
            frequent.found(hashes[slot], Arrays.asList(keys[slot]));
        }
    }

    private int slot(long hash) {
        int slot = (int) (hash >>> 40) & SLOTS - 1;
        while (counts[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    private static Object[] key(Column[] columns, int row) {
        Object[] key = new Object[columns.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = columns[i].value(row);
        }
        return key;
    }

    /** Takes the median off from all counters: what is frequent stays. */
    private void purge() {
        int[] sorted = new int[used];
        int found = 0;
        for (int count : counts) {
            if (count > 0) {
                sorted[found++] = count;
            }
        }
        Arrays.sort(sorted);
        int median = sorted[found / 2];
        long[] oldHashes = hashes.clone();
        int[] oldCounts = counts.clone();
        Object[][] oldKeys = keys.clone();
        Arrays.fill(counts, 0);
        Arrays.fill(keys, null);
        used = 0;
        for (int i = 0; i < SLOTS; i++) {
            if (oldCounts[i] > median) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                counts[slot] = oldCounts[i] - median;
                keys[slot] = oldKeys[i];
                used++;
            }
        }
    }

    /** The most frequent keys, as the rows were partitioned. */
    List<HotKey> hotKeys(Partitioner partitioner) {
        List<HotKey> found = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            if (keys[slot] != null && counts[slot] > 1 && isShort(keys[slot])) {
                int partition = partitioner.of(hashes[slot]);
                long rows = (long) counts[slot] * every;
                found.add(new HotKey(Arrays.asList(keys[slot]), partition, rows));
            }
        }
        found.sort(Comparator.comparingLong(HotKey::rows).reversed());
        return List.copyOf(found.subList(0, Math.min(TOLD, found.size())));
    }

    private static boolean isShort(Object[] key) {
        for (Object value : key) {
            if (value instanceof String text && text.length() > LONGEST
                    || value instanceof byte[]) {
                return false;
            }
        }
        return true;
    }
}
