package org.skep.executor.kernel;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/** Makes one long batch of many, whose rows are then found by their place. */
public final class Concat {
    private Concat() {}

    /**
     * @param types the columns' types, for when there are no batches
     */
    public static Batch batches(List<Type> types, List<Batch> batches) {
        return batches(types, batches, Pieces.ALONE);
    }

    static Batch batches(List<Type> types, List<Batch> batches, Pieces pieces) {
        if (batches.size() == 1) {
            return batches.get(0);
        }
        long rows = batches.stream().mapToLong(Batch::rows).sum();
        if (rows > Integer.MAX_VALUE - 64) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "%d rows to be held at once".formatted(rows),
                    "set shuffle_partitions higher, so that each holds fewer");
        }
        Column[] columns = new Column[types.size()];
        pieces.run(
                columns.length,
                i -> {
                    List<Column> parts = batches.stream().map(batch -> batch.column(i)).toList();
                    columns[i] = columns(types.get(i), parts, (int) rows);
                });
        return new Batch((int) rows, columns);
    }

    static Column columns(Type type, List<Column> parts, int rows) {
        if (parts.isEmpty()) {
            return copy(type, parts, 0);
        }
        Map<Column, Integer> dictionaries = new IdentityHashMap<>();
        long entries = 0;
        for (Column part : parts) {
            if (part instanceof DictionaryColumn dictionary && dictionary.dictionary().rows() > 0) {
                if (dictionaries.putIfAbsent(dictionary.dictionary(), (int) entries) == null) {
                    entries += dictionary.dictionary().rows();
                }
            } else {
                return copy(type, parts, rows);
            }
        }
        boolean pays =
                switch (type.layout()) {
                    case BOOLEAN, INT, LONG, DOUBLE, DECIMAL -> entries == 1;
                    case BYTES, ARRAY, STRUCT -> dictionaries.size() == 1 || 2 * entries <= rows;
                };
        return pays ? joinDictionaries(type, parts, rows, dictionaries) : copy(type, parts, rows);
    }

    private static Column copy(Type type, List<Column> parts, int rows) {
        GrowingColumn all = new GrowingColumn(type, rows);
        for (Column part : parts) {
            all.appendRange(part, 0, part.rows());
        }
        return all.view();
    }

    /** Dictionaries one after another, duplicates and all: a dictionary may have them. */
    private static Column joinDictionaries(
            Type type, List<Column> parts, int rows, Map<Column, Integer> dictionaries) {
        int[] ids = new int[rows];
        long[] validity = new long[Bits.words(rows)];
        int at = 0;
        int entries = 0;
        GrowingColumn joined = new GrowingColumn(type, 16);
        for (Column part : parts) {
            DictionaryColumn column = (DictionaryColumn) part;
            int offset = dictionaries.get(column.dictionary());
            if (offset == entries) { // in the order in which they were numbered
                entries += column.dictionary().rows();
                if (dictionaries.size() > 1) {
                    joined.appendRange(column.dictionary(), 0, column.dictionary().rows());
                }
            }
            int[] from = column.ids();
            for (int i = 0; i < column.rows(); i++) {
                ids[at + i] = from[i] + offset;
            }
            Copying.copyBits(column.validity(), 0, validity, at, column.rows());
            at += column.rows();
        }
        Column dictionary =
                dictionaries.size() == 1 ? dictionaries.keySet().iterator().next() : joined.view();
        return new DictionaryColumn(ids, dictionary, rows, Bits.orNull(validity, rows));
    }
}
