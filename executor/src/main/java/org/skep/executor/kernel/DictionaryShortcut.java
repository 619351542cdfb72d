package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;

/**
 * Remembers the group of every combination of dictionary entries that was met, so that rows whose
 * keys are all dictionary columns cost an array access each.
 */
final class DictionaryShortcut {
    private static final int MOST = 1 << 16;
    private static final int UNKNOWN = -1;
    private static final int ASKED = -2;

    private Column[] dictionaries = {};
    private int[] groupOf;
    private int[] codes = new int[0];
    private int[] missing = new int[0];

    /** Says whether it could; a new dictionary is used from its second batch on if it is large. */
    boolean assign(GroupTable table, Column[] keys, int rows, int[] groups) {
        long combinations = keys.length == 0 ? Long.MAX_VALUE : 1;
        boolean same = keys.length == dictionaries.length;
        for (int i = 0; i < keys.length; i++) {
            if (!(keys[i] instanceof DictionaryColumn column) || column.dictionary().rows() == 0) {
                return false;
            }
            same = same && dictionaries[i] == column.dictionary();
            combinations *= column.dictionary().rows() + 1;
            if (combinations > MOST) {
                return false;
            }
        }
        if (keys.length == 0) {
            return false;
        }
        if (!same) {
            dictionaries = new Column[keys.length];
            Arrays.setAll(dictionaries, i -> ((DictionaryColumn) keys[i]).dictionary());
            groupOf = null;
        }
        if (groupOf == null) {
            if (!same && combinations > Math.max(64, 2L * rows)) {
                return false;
            }
            groupOf = new int[(int) combinations];
            Arrays.fill(groupOf, UNKNOWN);
        }
        encode(keys, rows);
        look(table, keys, rows, groups);
        return true;
    }

    private void encode(Column[] keys, int rows) {
        if (codes.length < rows) {
            codes = new int[rows];
            missing = new int[rows];
        }
        Arrays.fill(codes, 0, rows, 0);
        int[] out = codes;
        for (Column key : keys) {
            DictionaryColumn column = (DictionaryColumn) key;
            int[] ids = column.ids();
            int size = column.dictionary().rows() + 1;
            long[] validity = column.validity();
            if (validity == null) {
                for (int i = 0; i < rows; i++) {
                    out[i] = out[i] * size + ids[i];
                }
            } else {
                for (int i = 0; i < rows; i++) {
                    out[i] = out[i] * size + (Bits.get(validity, i) ? ids[i] : size - 1);
                }
            }
        }
    }

    private void look(GroupTable table, Column[] keys, int rows, int[] groups) {
        int[] known = groupOf;
        int missed = 0;
        boolean any = false;
        for (int i = 0; i < rows; i++) {
            int group = known[codes[i]];
            groups[i] = group;
            if (group < 0) {
                any = true;
                if (group == UNKNOWN) {
                    known[codes[i]] = ASKED;
                    missing[missed++] = i;
                }
            }
        }
        if (!any) {
            return;
        }
        Column[] flat = new Column[keys.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = keys[i].gather(missing, missed).flat();
        }
        int[] found = new int[missed];
        table.insert(flat, missed, found);
        for (int i = 0; i < missed; i++) {
            known[codes[missing[i]]] = found[i];
        }
        for (int i = 0; i < rows; i++) {
            groups[i] = known[codes[i]];
        }
    }
}
