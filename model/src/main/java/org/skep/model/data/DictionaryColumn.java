package org.skep.model.data;

import java.util.Arrays;
import org.skep.model.type.Type;

/**
 * A column of any type as ids into a dictionary of its values: the form in which many Parquet
 * columns come, and every constant. The dictionary is flat and may hold duplicates and unused
 * entries; ids of null rows point into it too when it has entries.
 */
public final class DictionaryColumn extends Column {
    private final int[] ids;
    private final Column dictionary;

    public DictionaryColumn(int[] ids, Column dictionary, int rows, long[] validity) {
        super(dictionary.type(), rows, validity);
        if (dictionary instanceof DictionaryColumn) {
            throw new IllegalArgumentException("a dictionary of dictionaries");
        }
        this.ids = ids;
        this.dictionary = dictionary;
    }

    public int[] ids() {
        return ids;
    }

    public Column dictionary() {
        return dictionary;
    }

    /** Whether every row has the same value (or null). */
    public boolean isConstant() {
        return dictionary.rows() == 1;
    }

    @Override
    public DictionaryColumn gather(int[] positions, int count) {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            out[i] = position < 0 ? 0 : ids[position];
        }
        return new DictionaryColumn(out, dictionary, count, gatherValidity(positions, count));
    }

    @Override
    public DictionaryColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new DictionaryColumn(
                        Arrays.copyOfRange(ids, from, from + count),
                        dictionary,
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        return dictionary.value(ids[row]);
    }

    @Override
    public long bytes() {
        return 4L * ids.length + dictionary.bytes() + validityBytes();
    }

    @Override
    public Column flat() {
        if (dictionary.rows() == 0) {
            return Column.nulls(type(), rows()).flat();
        }
        Column flat = dictionary.gather(ids, rows());
        return validity() == null ? flat : flat.withValidity(validity());
    }

    @Override
    public DictionaryColumn as(Type other) {
        return new DictionaryColumn(ids, dictionary.as(other), rows(), validity());
    }

    @Override
    public DictionaryColumn withValidity(long[] other) {
        return new DictionaryColumn(ids, dictionary, rows(), Bits.and(validity(), other));
    }
}
