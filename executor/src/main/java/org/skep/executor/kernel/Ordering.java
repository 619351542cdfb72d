package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.plan.SortKey;

/**
 * The order of rows by sort keys. NaN equals NaN and is greater than all, 0.0 equals -0.0, bytes
 * are unsigned, arrays and structs compare member by member with nulls first.
 */
public final class Ordering {
    private final SortKey[] keys;
    private final Column[] left;
    private final Column[] right;

    /** Compares rows of {@code left}'s key columns with rows of {@code right}'s, as many. */
    public Ordering(SortKey[] keys, Column[] left, Column[] right) {
        this.keys = keys;
        this.left = left;
        this.right = right;
    }

    /** Negative, zero or positive, as the left row comes before, with or after the right one. */
    public int compare(int leftRow, int rightRow) {
        return compareFrom(0, leftRow, rightRow);
    }

    int compareFrom(int firstKey, int leftRow, int rightRow) {
        for (int k = firstKey; k < keys.length; k++) {
            SortKey key = keys[k];
            boolean null1 = left[k].isNull(leftRow);
            boolean null2 = right[k].isNull(rightRow);
            if (null1 || null2) {
                if (null1 != null2) {
                    return null1 == key.nullsFirst() ? -1 : 1;
                }
                continue;
            }
            int order = compare(left[k], leftRow, right[k], rightRow);
            if (order != 0) {
                return key.ascending() ? order : -order;
            }
        }
        return 0;
    }

    /** The natural order of two values that are not null. */
    public static int compare(Column a, int i, Column b, int j) {
        if (a instanceof DictionaryColumn dictionary) {
            return compare(dictionary.dictionary(), dictionary.ids()[i], b, j);
        }
        if (b instanceof DictionaryColumn dictionary) {
            return compare(a, i, dictionary.dictionary(), dictionary.ids()[j]);
        }
        return switch (a.type().layout()) {
            case BOOLEAN -> ((BooleanColumn) a).values()[i] - ((BooleanColumn) b).values()[j];
            case INT -> Integer.compare(((IntColumn) a).values()[i], ((IntColumn) b).values()[j]);
            case LONG -> Long.compare(((LongColumn) a).values()[i], ((LongColumn) b).values()[j]);
            case DOUBLE ->
                    compareDoubles(((DoubleColumn) a).values()[i], ((DoubleColumn) b).values()[j]);
            case DECIMAL -> {
                DecimalColumn x = (DecimalColumn) a;
                DecimalColumn y = (DecimalColumn) b;
                yield Int128.compare(x.highs()[i], x.lows()[i], y.highs()[j], y.lows()[j]);
            }
            case BYTES -> {
                BytesColumn x = (BytesColumn) a;
                BytesColumn y = (BytesColumn) b;
                int p = x.starts()[i];
                int q = y.starts()[j];
                yield Arrays.compareUnsigned(
                        x.data(), p, p + x.lengths()[i], y.data(), q, q + y.lengths()[j]);
            }
            case ARRAY -> compareArrays((ArrayColumn) a, i, (ArrayColumn) b, j);
            case STRUCT -> {
                StructColumn x = (StructColumn) a;
                StructColumn y = (StructColumn) b;
                int order = 0;
                for (int k = 0; k < x.size() && order == 0; k++) {
                    order = compareNullable(x.member(k), i, y.member(k), j);
                }
                yield order;
            }
        };
    }

    static int compareDoubles(double x, double y) {
        return x < y
                ? -1
                : x > y ? 1 : x == y ? 0 : Boolean.compare(Double.isNaN(x), Double.isNaN(y));
    }

    private static int compareArrays(ArrayColumn a, int i, ArrayColumn b, int j) {
        int length1 = a.lengths()[i];
        int length2 = b.lengths()[j];
        for (int k = 0; k < Math.min(length1, length2); k++) {
            int order =
                    compareNullable(
                            a.elements(), a.starts()[i] + k, b.elements(), b.starts()[j] + k);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(length1, length2);
    }

    private static int compareNullable(Column a, int i, Column b, int j) {
        boolean null1 = a.isNull(i);
        boolean null2 = b.isNull(j);
        if (null1 || null2) {
            return Boolean.compare(null2, null1);
        }
        return compare(a, i, b, j);
    }
}
