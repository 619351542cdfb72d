package org.skep.executor.kernel;

import java.util.Arrays;
import java.util.List;
import org.skep.executor.task.Reservation;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/**
 * The keys that the rows of a finished stage have, to leave out rows of another that will find no
 * partner among them. It is no error to let a row pass, so it says yes to all when there is no
 * memory for it. Used by many threads.
 */
public final class PartnerKeys {
    private static final PartnerKeys ANY = new PartnerKeys(new KeyFilter[0], null);

    private final KeyFilter[] each; // by the place of a key; null where nobody asks
    private final KeyFilter together; // of the only key, or of hashes of all; null for any

    private PartnerKeys(KeyFilter[] each, KeyFilter together) {
        this.each = each;
        this.together = together;
    }

    /** Takes in rows batch by batch; for one thread. */
    public static final class Maker {
        private final List<Type> types;
        private final int[] columns;
        private final boolean[] asked;
        private final Reservation memory;
        private final Hasher hasher;
        private final long[][] codes; // by key; hashes of all keys come last
        private long[] batchCodes = new long[0];
        private int rows;
        private boolean refused;

        /**
         * @param types of the keys
         * @param columns where they are among the columns of the batches
         * @param asked for which of the keys {@link #filter} will be asked
         * @param memory what is held while keys are taken in; given back by the caller
         */
        public Maker(List<Type> types, int[] columns, boolean[] asked, Reservation memory) {
            this.types = types;
            this.columns = columns.clone();
            this.asked = asked.clone();
            this.memory = memory;
            this.hasher = new Hasher(columns.length);
            this.codes = new long[columns.length + 1][0];
        }

        /** Takes in keys; false when there is no memory for more, and no use in going on. */
        public boolean add(Batch batch) {
            int count = batch.rows();
            if (!refused && rows + count > codes[columns.length].length) {
                refused = !grow(rows + count);
            }
            if (refused) {
                return false;
            }
            Column[] keys = new Column[columns.length];
            Arrays.setAll(keys, i -> batch.column(columns[i]));
            int[] whole = new int[count];
            int kept = JoinTable.withoutNulls(keys, count, whole, false);
            batchCodes = batchCodes.length < count ? new long[count] : batchCodes;
            for (int key = 0; key < keys.length && keys.length > 1; key++) {
                if (asked[key]) {
                    Hashes.codes(keys[key], batchCodes);
                    append(codes[key], whole, kept);
                }
            }
            if (keys.length == 1) {
                Hashes.codes(keys[0], batchCodes);
            } else {
                hasher.hash(keys, count, batchCodes);
            }
            append(codes[columns.length], whole, kept);
            rows += kept;
            return true;
        }

        private void append(long[] all, int[] whole, int kept) {
            for (int i = 0; i < kept; i++) {
                all[rows + i] = batchCodes[whole[i]];
            }
        }

        private boolean grow(int least) {
            int size = Math.max(least, rows + (rows >> 1) + 1024);
            int arrays = 1;
            for (boolean one : asked) {
                arrays += one && columns.length > 1 ? 1 : 0;
            }
            // the arrays while they are copied, then the filters, of at most 32 bits per key
            if (!memory.tryResize(20L * arrays * size)) {
                return false;
            }
            for (int key = 0; key <= columns.length; key++) {
                if (key == columns.length || asked[key] && columns.length > 1) {
                    codes[key] = Arrays.copyOf(codes[key], size);
                }
            }
            return true;
        }

        /** What was taken in. */
        public PartnerKeys made() {
            if (refused) {
                return ANY;
            }
            int last = columns.length;
            Type type = last == 1 ? types.get(0) : Type.BIGINT;
            KeyFilter together = KeyFilter.of(type, codes[last], rows);
            KeyFilter[] each = new KeyFilter[last];
            for (int key = 0; key < last; key++) {
                if (asked[key]) {
                    each[key] =
                            last == 1 ? together : KeyFilter.of(types.get(key), codes[key], rows);
                }
            }
            return new PartnerKeys(each, together);
        }
    }

    /** The values of one of the keys; null when any may be. */
    public KeyFilter filter(int key) {
        return key < each.length ? each[key] : null;
    }

    /** Whether it says yes to every row. */
    public boolean isAny() {
        return together == null;
    }

    /**
     * Finds the rows that may have a partner; their places are ascending.
     *
     * @param keys the columns of the keys; not when {@link #isAny}
     */
    public int select(Column[] keys, int rows, int[] selected) {
        if (keys.length == 1) {
            return together.select(keys[0], selected);
        }
        long[] hashes = new long[rows];
        new Hasher(keys.length).hash(keys, rows, hashes);
        return together.select(new LongColumn(Type.BIGINT, hashes, rows, null), selected);
    }

    /** Bytes of heap. */
    public long bytes() {
        long total = together == null ? 0 : together.bytes();
        for (KeyFilter filter : each) {
            total += filter == null || filter == together ? 0 : filter.bytes();
        }
        return total;
    }
}
