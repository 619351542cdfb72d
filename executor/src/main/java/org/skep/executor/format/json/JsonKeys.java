package org.skep.executor.format.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skep.executor.format.value.JsonCursor;

/**
 * Finds which wanted column a member's name stands for. Records have their members in the same
 * order mostly, so what stood in a place before is tried first.
 */
final class JsonKeys {
    private static final int PLACES = 256;

    private final String[] names;
    private final byte[][] keys;

    /** The name last seen in each place, and its column or -1. */
    private final byte[][] seen = new byte[PLACES][];

    private final int[] seenColumns = new int[PLACES];

    /**
     * @param names of the wanted columns; null where there is none
     */
    JsonKeys(String[] names) {
        this.names = names;
        this.keys = new byte[names.length][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = names[i] == null ? null : names[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The column of the string that the cursor has just passed; -1 when it is not wanted. */
    int find(JsonCursor cursor, int place) {
        byte[] data = cursor.data();
        int start = cursor.stringStart();
        int length = cursor.stringLength();
        if (place < PLACES && !cursor.stringIsEscaped()) {
            byte[] known = seen[place];
            if (known != null
                    && known.length == length
                    && Arrays.equals(known, 0, length, data, start, start + length)) {
                return seenColumns[place];
            }
        }
        byte[] name = Arrays.copyOfRange(data, start, start + length);
        int size = cursor.stringIsEscaped() ? JsonCursor.unescape(name, 0, length) : length;
        int column = lookUp(Arrays.copyOf(name, size));
        if (place < PLACES && !cursor.stringIsEscaped()) {
            seen[place] = name;
            seenColumns[place] = column;
        }
        return column;
    }

    private int lookUp(byte[] name) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != null && Arrays.equals(keys[i], name)) {
                return i;
            }
        }
        String text = new String(name, StandardCharsets.UTF_8);
        for (int i = 0; i < names.length; i++) {
            if (names[i] != null && names[i].equalsIgnoreCase(text)) {
                return i;
            }
        }
        return -1;
    }
}
