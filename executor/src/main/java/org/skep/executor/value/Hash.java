package org.skep.executor.value;

import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;

/**
 * 64-bit hashes of values: equal values have equal hashes, whatever their layout's width. The
 * finishing step is MurmurHash3's (Austin Appleby), bytes go in eight at a time.
 */
public final class Hash {
    private static final long NULL = 0x9E3779B97F4A7C15L;

    private Hash() {}

    public static long mix(long key) {
        long h = key;
        h ^= h >>> 33;
        h *= 0xFF51AFD7ED558CCDL;
        h ^= h >>> 33;
        h *= 0xC4CEB9FE1A85EC53L;
        return h ^ h >>> 33;
    }

    /** The hash of a sequence that continues with a value of hash {@code next}. */
    public static long combine(long sofar, long next) {
        return mix(sofar * 31 + next);
    }

    public static long of(byte[] data, int start, int length) {
        long hash = length * 0x9E3779B97F4A7C15L;
        int at = start;
        int end = start + length;
        for (; at + 8 <= end; at += 8) {
            long word = 0;
            for (int k = 7; k >= 0; k--) {
                word = word << 8 | data[at + k] & 0xFF;
            }
            hash = (hash ^ mix(word)) * 0x9FB21C651E98DF25L;
        }
        long rest = 0;
        for (int k = end - 1; k >= at; k--) {
            rest = rest << 8 | data[k] & 0xFF;
        }
        return mix(hash ^ mix(rest + 1));
    }

    /** The hash of a row of any column; null has one too. */
    public static long of(Column column, int row) {
        if (column.isNull(row)) {
            return NULL;
        }
        return switch (column.type().layout()) {
            case BOOLEAN -> mix(((BooleanColumn) column.flat()).values()[row]);
            case INT -> mix(((IntColumn) column.flat()).values()[row]);
            case LONG -> mix(((LongColumn) column.flat()).values()[row]);
            case DOUBLE ->
                    mix(
                            Double.doubleToLongBits(
                                    ((DoubleColumn) column.flat()).values()[row] + 0.0));
            case DECIMAL -> {
                DecimalColumn wide = (DecimalColumn) column.flat();
                long low = wide.lows()[row];
                long high = wide.highs()[row];
                yield high == low >> 63 ? mix(low) : combine(mix(low), high);
            }
            case BYTES -> {
                BytesColumn text = (BytesColumn) column.flat();
                yield of(text.data(), text.starts()[row], text.lengths()[row]);
            }
            case ARRAY -> {
                ArrayColumn arrays = (ArrayColumn) column.flat();
                Column elements = arrays.elements().flat();
                long hash = 1;
                int from = arrays.starts()[row];
                for (int i = from; i < from + arrays.lengths()[row]; i++) {
                    hash = combine(hash, of(elements, i));
                }
                yield hash;
            }
            case STRUCT -> {
                StructColumn structs = (StructColumn) column.flat();
                long hash = 2;
                for (int k = 0; k < structs.size(); k++) {
                    hash = combine(hash, of(structs.member(k).flat(), row));
                }
                yield hash;
            }
        };
    }
}
