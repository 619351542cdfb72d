package org.skep.executor.kernel;

import java.util.Arrays;
import java.util.List;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;

/** Tells the rows of one key from others: by their hash first, and those of its hash by value. */
public final class RowsOfKey {
    private final long hash;
    private final Column[] values;
    private int[] mine = new int[0];
    private int[] places = new int[0];
    private int[] zeros = new int[0];
    private byte[] equal = new byte[0];

    /**
     * @param hash that {@link Hasher} gives rows of this key
     * @param values a column of one row for each column of the key
     */
    public RowsOfKey(long hash, List<Column> values) {
        this.hash = hash;
        this.values = values.toArray(Column[]::new);
    }

    /**
     * Moves the key's rows behind the others, of which it says how many there are. Rows of equal
     * keys stay in their order.
     *
     * @param hashes of all rows of the batch
     * @param keys the columns of the batch that make up the key
     * @param rows row numbers, {@code count} of them at {@code from} and after
     */
    public int moveBehind(long[] hashes, Column[] keys, int[] rows, int from, int count) {
        if (mine.length < count) {
            mine = new int[count];
            places = new int[count];
            zeros = new int[count];
            equal = new byte[count];
        }
        int found = 0;
        int others = from;
        for (int i = from; i < from + count; i++) {
            int row = rows[i];
            boolean same = hashes[row] == hash;
            mine[found] = row;
            rows[others] = row;
            found += same ? 1 : 0;
            others += same ? 0 : 1;
        }
        if (found == 0) {
            return count;
        }
        Arrays.fill(equal, 0, found, (byte) 1);
        for (int i = 0; i < keys.length; i++) {
            compare(keys[i], values[i], found);
        }
        int kept = 0;
        for (int i = 0; i < found; i++) {
            kept += equal[i];
        }
        if (kept < found) { // two keys with one hash
            kept = 0;
            for (int i = 0; i < found; i++) {
                if (equal[i] != 0) {
                    mine[kept++] = mine[i];
                } else {
                    rows[others++] = mine[i];
                }
            }
        }
        System.arraycopy(mine, 0, rows, others, kept);
        return others - from;
    }

    private void compare(Column key, Column value, int found) {
        if (!(key instanceof DictionaryColumn dictionary)) {
            Equality.check(key, mine, value, zeros, found, equal);
        } else if (key.hasNulls()) {
            for (int i = 0; i < found; i++) {
                places[i] = i;
            }
            Column flat = key.gather(mine, found).flat();
            Equality.check(flat, places, value, zeros, found, equal);
        } else {
            compareEntries(dictionary, value, found);
        }
    }

    /** Nearly always the key is one entry, which is compared once. */
    private void compareEntries(DictionaryColumn key, Column value, int found) {
        int[] ids = key.ids();
        int known = -1;
        byte[] same = new byte[1];
        for (int i = 0; i < found; i++) {
            int id = ids[mine[i]];
            if (id != known) {
                same[0] = 1;
                Equality.check(key.dictionary(), new int[] {id}, value, zeros, 1, same);
                known = same[0] != 0 ? id : known;
                equal[i] &= same[0];
            }
        }
    }
}
