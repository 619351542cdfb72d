package org.skep.executor.eval;

import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;

/** A condition that chooses among candidate rows; conjunctions pass candidates along. */
interface Filter {
    /**
     * Puts the candidates for which the condition is true into {@code selected}, in order.
     *
     * @param rows the candidates, ascending; null for all rows; may be {@code selected} itself
     * @param count how many candidates
     */
    int select(Batch batch, int[] rows, int count, int[] selected);

    /** The candidates at which a BOOLEAN column over the whole batch is true. */
    static int whereTrue(Column column, int[] rows, int count, int[] selected) {
        if (column instanceof DictionaryColumn dictionary) {
            byte[] hits = hits(dictionary.dictionary());
            return whereHit(hits, dictionary.ids(), column.validity(), rows, count, selected);
        }
        byte[] values = ((BooleanColumn) column).values();
        long[] validity = column.validity();
        int k = 0;
        if (rows == null && validity == null) {
            for (int row = 0; row < count; row++) {
                selected[k] = row;
                k += values[row];
            }
        } else if (validity == null) {
            for (int i = 0; i < count; i++) {
                int row = rows[i];
                selected[k] = row;
                k += values[row];
            }
        } else {
            for (int i = 0; i < count; i++) {
                int row = rows == null ? i : rows[i];
                selected[k] = row;
                k += values[row] & (int) (validity[row >> 6] >>> row);
            }
        }
        return k;
    }

    /** One byte an entry: 1 where it is true, else 0. */
    static byte[] hits(Column flat) {
        byte[] values = ((BooleanColumn) flat).values();
        byte[] hits = new byte[flat.rows()];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = flat.isNull(i) ? 0 : values[i];
        }
        return hits;
    }

    /** The candidates whose dictionary entry is a hit. */
    static int whereHit(
            byte[] hits, int[] ids, long[] validity, int[] rows, int count, int[] selected) {
        int k = 0;
        if (rows == null && validity == null) {
            for (int row = 0; row < count; row++) {
                selected[k] = row;
                k += hits[ids[row]];
            }
            return k;
        }
        long[] valid = validity == null ? Bits.allSet(ids.length) : validity;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            selected[k] = row;
            k += hits[ids[row]] & (int) (valid[row >> 6] >>> row);
        }
        return k;
    }
}
