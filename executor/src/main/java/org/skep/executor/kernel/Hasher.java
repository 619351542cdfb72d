package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;

/**
 * Hashes rows by some key columns, batch after batch. It remembers what the entries of a dictionary
 * hash to as long as the same dictionary comes again.
 */
public final class Hasher {
    private final Column[] seen;
    private final long[][] entries;
    private long[] codes = new long[0];

    public Hasher(int keys) {
        seen = new Column[keys];
        entries = new long[keys][];
    }

    /** Puts a hash per row into {@code out}; rows without keys all have the same one. */
    public void hash(Column[] keys, int rows, long[] out) {
        Arrays.fill(out, 0, rows, 0);
        if (codes.length < rows) {
            codes = new long[rows];
        }
        for (int key = 0; key < keys.length; key++) {
            if (keys[key] instanceof DictionaryColumn dictionary) {
                dictionaryCodes(key, dictionary);
            } else {
                Hashes.codes(keys[key], codes);
            }
            Hashes.fold(out, codes, rows);
        }
    }

    /** Entries are hashed once when they are few, or when their dictionary comes again. */
    private void dictionaryCodes(int key, DictionaryColumn column) {
        Column dictionary = column.dictionary();
        boolean again = seen[key] == dictionary;
        if (!again) {
            seen[key] = dictionary;
            entries[key] = null;
        }
        int size = dictionary.rows();
        if (entries[key] == null && size > 0 && (again || size <= column.rows())) {
            entries[key] = new long[size];
            Hashes.codes(dictionary, entries[key]);
        }
        if (entries[key] != null) {
            Hashes.lookUp(column, entries[key], codes);
        } else {
            Hashes.codes(column, codes);
        }
    }
}
