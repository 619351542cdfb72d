package org.skep.executor.kernel;

import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.type.Type;

/**
 * A growing column that stays a dictionary column as long as all its rows come from the same
 * dictionary, where that pays: for text, nested values and constants.
 */
final class AppendedColumn {
    private final Type type;
    private final int capacity;
    private final int text;
    private Column dictionary;
    private GrowingColumn ids;
    private GrowingColumn values;

    /**
     * @param capacity rows that it is going to have, about
     * @param text bytes that its strings are going to have, about
     */
    AppendedColumn(Type type, int capacity, int text) {
        this.type = type;
        this.capacity = capacity;
        this.text = text;
    }

    /** Bytes that its strings have. */
    int text() {
        return values == null ? 0 : values.text();
    }

    void append(Column source, int[] positions, int from, int count) {
        if (takesIds(source)) {
            ids.append(idsOf((DictionaryColumn) source), positions, from, count);
        } else {
            values().append(source, positions, from, count);
        }
    }

    void appendRange(Column source, int from, int count) {
        if (takesIds(source)) {
            ids.appendRange(idsOf((DictionaryColumn) source), from, count);
        } else {
            values().appendRange(source, from, count);
        }
    }

    /** Whether rows of {@code source} would end the use of a dictionary. */
    boolean clashes(Column source) {
        return dictionary != null
                && !(source instanceof DictionaryColumn other && fits(other.dictionary()));
    }

    private boolean takesIds(Column source) {
        if (values != null || !(source instanceof DictionaryColumn other)) {
            return false;
        }
        Column entries = other.dictionary();
        if (dictionary != null) {
            return fits(entries);
        }
        boolean pays =
                switch (type.layout()) {
                    case BOOLEAN, INT, LONG, DOUBLE, DECIMAL -> entries.rows() == 1;
                    case BYTES, ARRAY, STRUCT -> entries.rows() > 0;
                };
        if (pays) {
            dictionary = entries;
            ids = new GrowingColumn(Type.INTEGER, capacity);
        }
        return pays;
    }

    private boolean fits(Column entries) {
        return entries == dictionary
                || entries.rows() == 1
                        && dictionary.rows() == 1
                        && !entries.hasNulls()
                        && !dictionary.hasNulls()
                        && Ordering.compare(entries, 0, dictionary, 0) == 0;
    }

    private static IntColumn idsOf(DictionaryColumn column) {
        return new IntColumn(Type.INTEGER, column.ids(), column.rows(), column.validity());
    }

    /** The plain values, made of the ids so far when there are some. */
    private GrowingColumn values() {
        if (values == null) {
            Column before = ids == null ? null : view();
            values = new GrowingColumn(type, capacity, Math.max(256, text));
            if (before != null) {
                values.appendRange(before, 0, before.rows());
            }
            ids = null;
            dictionary = null;
        }
        return values;
    }

    Column view() {
        if (ids == null) {
            return values().view();
        }
        IntColumn numbers = (IntColumn) ids.view();
        return new DictionaryColumn(
                numbers.values(), dictionary, numbers.rows(), numbers.validity());
    }

    long bytes() {
        return (ids == null ? 0 : ids.bytes()) + (values == null ? 0 : values.bytes());
    }
}
