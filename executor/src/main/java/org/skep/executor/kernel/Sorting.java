package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/**
 * Sorts rows in memory, stably. As many keys as fit are packed into one word, each squeezed to the
 * range its values have; words are radix sorted together with row numbers; rows whose words are
 * equal although their keys may not be are sorted again by what the word left out.
 */
public final class Sorting {
    private static final int FEW = 24;

    private final SortKey[] keys;
    private final Column[] columns;
    private final Ordering ordering;
    private final int[] order;
    private final long[] values;
    private final RadixSort radix = new RadixSort();
    private boolean untouched = true; // order is 0, 1, 2 …

    private Sorting(SortKey[] keys, Column[] columns, int rows) {
        this.keys = keys;
        this.columns = columns;
        this.ordering = new Ordering(keys, columns, columns);
        this.order = new int[rows];
        this.values = new long[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
    }

    /** The rows' numbers in the order of their keys; equal rows keep their order. */
    public static int[] order(SortKey[] keys, Column[] columns, int rows) {
        Column[] prepared = new Column[columns.length];
        for (int i = 0; i < columns.length; i++) {
            prepared[i] = prepare(columns[i]);
        }
        Sorting sorting = new Sorting(keys, prepared, rows);
        sorting.sort(0, rows, 0);
        return sorting.order;
    }

    /** Flat; for a small dictionary the ranks of its entries stand for them. */
    private static Column prepare(Column column) {
        if (!(column instanceof DictionaryColumn dictionary)) {
            return column;
        }
        boolean ranked =
                switch (column.type().layout()) {
                    case BOOLEAN, INT, LONG, DOUBLE -> false;
                    case DECIMAL, BYTES, ARRAY, STRUCT -> true;
                };
        Column entries = dictionary.dictionary();
        if (!ranked || entries.rows() == 0 || entries.rows() > column.rows()) {
            return column.flat();
        }
        int[] ranks = ranks(entries);
        int[] ids = dictionary.ids();
        int[] out = new int[column.rows()];
        for (int i = 0; i < out.length; i++) {
            out[i] = ranks[ids[i]];
        }
        return new IntColumn(Type.INTEGER, out, out.length, column.validity());
    }

    /** Equal entries have equal ranks. */
    private static int[] ranks(Column entries) {
        SortKey[] key = {new SortKey(0, true, true)};
        Column[] column = {entries};
        int[] sorted = order(key, column, entries.rows());
        Ordering equal = new Ordering(key, column, column);
        int[] ranks = new int[entries.rows()];
        int rank = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i > 0 && equal.compare(sorted[i - 1], sorted[i]) != 0) {
                rank++;
            }
            ranks[sorted[i]] = rank;
        }
        return ranks;
    }

    private void sort(int from, int to, int firstKey) {
        int count = to - from;
        if (count < 2 || firstKey == keys.length) {
            return;
        }
        if (count <= FEW) {
            untouched = false;
            insertionSort(from, to, firstKey);
            return;
        }
        long[] words = new long[count];
        int bits = 0;
        int key = firstKey;
        boolean exact = true;
        while (exact && key < keys.length && bits < 64) {
            SortValues encoded = encode(key, from, count);
            int wanted = encoded.bits();
            int taken = Math.min(wanted, 64 - bits);
            exact = encoded.exact() && taken == wanted;
            append(words, taken, wanted - taken, count);
            bits += taken;
            key += exact ? 1 : 0;
        }
        untouched = false;
        if (bits == 0) {
            if (!exact) {
                mergeSort(from, to, firstKey);
            }
            return;
        }
        radix.sort(words, order, from, count, bits);
        if (key < keys.length) {
            sortEqual(words, from, count, key);
        }
    }

    private SortValues encode(int key, int from, int count) {
        int[] rows = untouched ? null : order;
        return SortValues.encode(columns[key], keys[key], rows, from, count, values);
    }

    private void append(long[] words, int taken, int dropped, int count) {
        if (taken == 64) {
            for (int i = 0; i < count; i++) {
                words[i] = values[i] >>> dropped;
            }
        } else if (taken > 0) {
            for (int i = 0; i < count; i++) {
                words[i] = words[i] << taken | values[i] >>> dropped;
            }
        }
    }

    private void sortEqual(long[] words, int from, int count, int key) {
        int start = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || words[i] != words[start]) {
                sort(from + start, from + i, key);
                start = i;
            }
        }
    }

    private void insertionSort(int from, int to, int firstKey) {
        for (int i = from + 1; i < to; i++) {
            int row = order[i];
            int j = i - 1;
            while (j >= from && ordering.compareFrom(firstKey, order[j], row) > 0) {
                order[j + 1] = order[j];
                j--;
            }
            order[j + 1] = row;
        }
    }

    /** For keys that have no useful word: nested values. */
    private void mergeSort(int from, int to, int firstKey) {
        if (to - from <= FEW) {
            insertionSort(from, to, firstKey);
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(from, middle, firstKey);
        mergeSort(middle, to, firstKey);
        int[] left = Arrays.copyOfRange(order, from, middle);
        int i = 0;
        int j = middle;
        int at = from;
        while (i < left.length) {
            boolean takeRight = j < to && ordering.compareFrom(firstKey, left[i], order[j]) > 0;
            order[at++] = takeRight ? order[j++] : left[i++];
        }
    }
}
