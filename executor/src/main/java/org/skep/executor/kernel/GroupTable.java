package org.skep.executor.kernel;

import java.util.List;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/**
 * Numbers the distinct combinations of key columns, from 0, about in the order they come. Null keys
 * are equal to each other.
 */
public abstract sealed class GroupTable permits NoKeysTable, NumberTable, GeneralTable {
    private final DictionaryShortcut shortcut = new DictionaryShortcut();

    /** An empty table for keys of these types. */
    public static GroupTable of(List<Type> keys) {
        if (keys.isEmpty()) {
            return new NoKeysTable();
        }
        if (keys.size() == 1) {
            Type.Layout layout = keys.get(0).layout();
            if (layout == Type.Layout.INT || layout == Type.Layout.LONG) {
                return new NumberTable(keys.get(0));
            }
        }
        return new GeneralTable(keys);
    }

    /** Puts the group of each row into {@code groups}; keys not seen before are numbered. */
    public final void assign(Column[] keys, int rows, int[] groups) {
        if (rows > 0 && !shortcut.assign(this, keys, rows, groups)) {
            Column[] flat = new Column[keys.length];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = keys[i].flat();
            }
            insert(flat, rows, groups);
        }
    }

    /** As {@link #assign}, for flat columns. */
    abstract void insert(Column[] keys, int rows, int[] groups);

    /** How many groups there are. */
    public abstract int size();

    /** The keys of all groups. The columns stay as they are when groups are added later. */
    public abstract Column[] keys();

    /** Bytes of heap held. */
    public abstract long bytes();
}
