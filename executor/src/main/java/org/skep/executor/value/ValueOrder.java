package org.skep.executor.value;

import java.util.Arrays;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.Int128;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;

/**
 * The order of values of any type: numbers by value (NaN equals NaN and is greatest, -0 equals 0),
 * text and binary by unsigned bytes, arrays and structs member by member, a prefix first. Nulls
 * inside of nested values equal each other and come last.
 */
public final class ValueOrder {
    private ValueOrder() {}

    /** Compares two non-null rows of flat columns of the same type. */
    public static int compare(Column a, int i, Column b, int j) {
        return switch (a.type().layout()) {
            case BOOLEAN ->
                    Byte.compare(((BooleanColumn) a).values()[i], ((BooleanColumn) b).values()[j]);
            case INT -> Integer.compare(((IntColumn) a).values()[i], ((IntColumn) b).values()[j]);
            case LONG -> Long.compare(((LongColumn) a).values()[i], ((LongColumn) b).values()[j]);
            case DOUBLE -> compare(((DoubleColumn) a).values()[i], ((DoubleColumn) b).values()[j]);
            case DECIMAL -> {
                DecimalColumn x = (DecimalColumn) a;
                DecimalColumn y = (DecimalColumn) b;
                yield Int128.compare(x.highs()[i], x.lows()[i], y.highs()[j], y.lows()[j]);
            }
            case BYTES -> {
                BytesColumn x = (BytesColumn) a;
                BytesColumn y = (BytesColumn) b;
                int from = x.starts()[i];
                int to = y.starts()[j];
                yield Arrays.compareUnsigned(
                        x.data(), from, from + x.lengths()[i], y.data(), to, to + y.lengths()[j]);
            }
            case ARRAY -> compareArrays((ArrayColumn) a, i, (ArrayColumn) b, j);
            case STRUCT -> compareStructs((StructColumn) a, i, (StructColumn) b, j);
        };
    }

    /** The order of doubles. */
    public static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Double.compare(a, b);
    }

    /** As {@link #compare(Column, int, Column, int)}, nulls equal and last. */
    public static int compareNullable(Column a, int i, Column b, int j) {
        boolean left = a.isNull(i);
        boolean right = b.isNull(j);
        if (left || right) {
            return left && right ? 0 : left ? 1 : -1;
        }
        return compare(a, i, b, j);
    }

    private static int compareArrays(ArrayColumn a, int i, ArrayColumn b, int j) {
        Column left = a.elements().flat();
        Column right = b.elements().flat();
        int common = Math.min(a.lengths()[i], b.lengths()[j]);
        for (int k = 0; k < common; k++) {
            int order = compareNullable(left, a.starts()[i] + k, right, b.starts()[j] + k);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.lengths()[i], b.lengths()[j]);
    }

    private static int compareStructs(StructColumn a, int i, StructColumn b, int j) {
        for (int k = 0; k < a.size(); k++) {
            int order = compareNullable(a.member(k).flat(), i, b.member(k).flat(), j);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
