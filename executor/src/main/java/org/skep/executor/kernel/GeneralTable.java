package org.skep.executor.kernel;

import java.util.Arrays;
import java.util.List;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/**
 * Groups of any keys: open addressing over longs of 32 hash bits and the group's number; keys are
 * held as columns and compared many pairs at a time.
 */
final class GeneralTable extends GroupTable {
    private static final long GROUP = 0xFFFFFFFFL;

    private final GrowingColumn[] keys;
    private final Hasher hasher;
    private long[] hashes = new long[64]; // by group
    private long[] table = new long[128]; // high half of the hash, group + 1
    private int size;

    private long[] rowHashes = new long[0];
    private int[] slots = new int[0]; // where a pending row goes on
    private int[] pending = new int[0];
    private int[] candidates = new int[0]; // rows that met their hash
    private int[] candidateGroups = new int[0];
    private byte[] equal = new byte[0];

    GeneralTable(List<Type> types) {
        keys = new GrowingColumn[types.size()];
        Arrays.setAll(keys, i -> new GrowingColumn(types.get(i), 64));
        hasher = new Hasher(keys.length);
    }

    @Override
    void insert(Column[] columns, int rows, int[] groups) {
        reserve(rows);
        hasher.hash(columns, rows, rowHashes);
        int mask = table.length - 1;
        for (int i = 0; i < rows; i++) {
            pending[i] = i;
            slots[i] = (int) rowHashes[i] & mask;
        }
        int left = rows;
        while (left > 0) {
            int before = size;
            int met = walk(left, mask, groups);
            appendKeys(columns, before, left);
            left = compare(columns, met, mask, groups);
        }
    }

    /**
     * Takes every pending row along the table to an empty slot, where it begins a group, or to one
     * of its hash, where it becomes a candidate. Says how many candidates there are. The first rows
     * of new groups are left in {@code pending}, in the order of the groups.
     */
    private int walk(int left, int mask, int[] groups) {
        long[] entries = table;
        int met = 0;
        int begun = 0;
        for (int p = 0; p < left; p++) {
            int row = pending[p];
            int slot = slots[row];
            long hash = rowHashes[row];
            while (true) {
                long entry = entries[slot];
                if (entry == 0) {
                    hashes[size++] = hash;
                    entries[slot] = hash & ~GROUP | size;
                    groups[row] = size - 1;
                    pending[begun++] = row; // never before p
                    break;
                }
                if ((entry ^ hash) >>> 32 == 0) {
                    candidates[met] = row;
                    candidateGroups[met++] = (int) (entry & GROUP) - 1;
                    slots[row] = slot;
                    break;
                }
                slot = slot + 1 & mask;
            }
        }
        return met;
    }

    private void appendKeys(Column[] columns, int before, int left) {
        int begun = size - before;
        if (begun > left) {
            throw new IllegalStateException("%d groups of %d rows".formatted(begun, left));
        }
        for (int i = 0; begun > 0 && i < keys.length; i++) {
            keys[i].append(columns[i], pending, 0, begun);
        }
    }

    /** Rows that equal their candidate have their group; the others become pending again. */
    private int compare(Column[] columns, int met, int mask, int[] groups) {
        if (met == 0) {
            return 0;
        }
        Arrays.fill(equal, 0, met, (byte) 1);
        for (int i = 0; i < keys.length; i++) {
            Equality.check(keys[i].view(), candidateGroups, columns[i], candidates, met, equal);
        }
        int left = 0;
        for (int c = 0; c < met; c++) {
            int row = candidates[c];
            if (equal[c] != 0) {
                groups[row] = candidateGroups[c];
            } else {
                slots[row] = slots[row] + 1 & mask;
                pending[left++] = row;
            }
        }
        return left;
    }

    private void reserve(int rows) {
        if (pending.length < rows) {
            rowHashes = new long[rows];
            slots = new int[rows];
            pending = new int[rows];
            candidates = new int[rows];
            candidateGroups = new int[rows];
            equal = new byte[rows];
        }
        long wanted = size + (long) rows;
        if (wanted > hashes.length) {
            hashes = Arrays.copyOf(hashes, (int) Math.max(wanted, 2L * hashes.length));
        }
        if (wanted * 3 > table.length * 2L) {
            int bits = 64 - Long.numberOfLeadingZeros(wanted * 3 / 2);
            if (bits > 30) {
                throw new IllegalStateException("%d groups in one table".formatted(size));
            }
            table = new long[1 << bits];
            int mask = table.length - 1;
            for (int group = 0; group < size; group++) {
                int slot = (int) hashes[group] & mask;
                while (table[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                table[slot] = hashes[group] & ~GROUP | group + 1;
            }
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Column[] keys() {
        Column[] views = new Column[keys.length];
        Arrays.setAll(views, i -> keys[i].view());
        return views;
    }

    @Override
    public long bytes() {
        long bytes = 8L * (hashes.length + table.length);
        for (GrowingColumn key : keys) {
            bytes += key.bytes();
        }
        return bytes;
    }
}
