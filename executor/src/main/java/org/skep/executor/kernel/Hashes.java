package org.skep.executor.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;

/**
 * 64-bit hashes of values. Equal values have equal codes whatever form their column has, nulls
 * included; 0.0 and -0.0 are equal, and so are all NaNs.
 */
public final class Hashes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NULL_CODE = 0x6A09E667F3BCC909L;
    private static final long K1 = 0x9E3779B97F4A7C15L;
    private static final long K2 = 0xC2B2AE3D27D4EB4FL;

    private Hashes() {}

    /**
     * Spreads every bit over the word: the finaliser of splitmix64 with one multiplication less.
     */
    public static long mix(long value) {
        long h = value * K1;
        h ^= h >>> 32;
        h *= K2;
        return h ^ h >>> 29;
    }

    /** A hash for another purpose, independent of {@code hash}'s own bits. */
    static long reseed(long hash, int purpose) {
        return mix(hash + K2 * (purpose + 1));
    }

    /** Takes a column's codes into the hashes of its rows. */
    static void fold(long[] hashes, long[] codes, int rows) {
        for (int i = 0; i < rows; i++) {
            hashes[i] = mix(hashes[i] + codes[i]);
        }
    }

    /** A code per row of a column: equal for equal values, not spread for small types. */
    static void codes(Column column, long[] out) {
        if (column instanceof DictionaryColumn dictionary) {
            dictionaryCodes(dictionary, out);
            return;
        }
        int rows = column.rows();
        switch (column.type().layout()) {
            case BOOLEAN -> {
                byte[] values = ((BooleanColumn) column).values();
                for (int i = 0; i < rows; i++) {
                    out[i] = values[i];
                }
            }
            case INT -> {
                int[] values = ((IntColumn) column).values();
                for (int i = 0; i < rows; i++) {
                    out[i] = values[i];
                }
            }
            case LONG -> System.arraycopy(((LongColumn) column).values(), 0, out, 0, rows);
            case DOUBLE -> {
                double[] values = ((DoubleColumn) column).values();
                for (int i = 0; i < rows; i++) {
                    out[i] = Double.doubleToLongBits(values[i] + 0.0); // -0.0 + 0.0 is 0.0
                }
            }
            case DECIMAL -> {
                long[] highs = ((DecimalColumn) column).highs();
                long[] lows = ((DecimalColumn) column).lows();
                for (int i = 0; i < rows; i++) {
                    out[i] = lows[i] + mix(highs[i]);
                }
            }
            case BYTES -> bytesCodes((BytesColumn) column, out);
            case ARRAY -> arrayCodes((ArrayColumn) column, out);
            case STRUCT -> structCodes((StructColumn) column, out);
        }
        putNulls(column, out);
    }

    private static void putNulls(Column column, long[] out) {
        if (column.hasNulls()) {
            for (int i = 0; i < column.rows(); i++) {
                if (column.isNull(i)) {
                    out[i] = NULL_CODE;
                }
            }
        }
    }

    private static void dictionaryCodes(DictionaryColumn column, long[] out) {
        Column dictionary = column.dictionary();
        if (dictionary.rows() > column.rows() || dictionary.rows() == 0) {
            codes(column.flat(), out);
            return;
        }
        long[] entries = new long[dictionary.rows()];
        codes(dictionary, entries);
        lookUp(column, entries, out);
    }

    /** Codes of a dictionary column from those of its dictionary's entries. */
    static void lookUp(DictionaryColumn column, long[] entries, long[] out) {
        int[] ids = column.ids();
        for (int i = 0; i < column.rows(); i++) {
            out[i] = entries[ids[i]];
        }
        putNulls(column, out);
    }

    private static void bytesCodes(BytesColumn column, long[] out) {
        byte[] data = column.data();
        int[] starts = column.starts();
        int[] lengths = column.lengths();
        for (int i = 0; i < column.rows(); i++) {
            out[i] = bytes(data, starts[i], lengths[i]);
        }
    }

    /** Eight bytes at a time, the last ones in one overlapping or partial word. */
    static long bytes(byte[] data, int start, int length) {
        long h = length * K2;
        int at = start;
        int end = start + length;
        while (at + 8 <= end) {
            h = (h ^ (long) LONGS.get(data, at)) * K1;
            h ^= h >>> 32;
            at += 8;
        }
        if (at < end) {
            long word = 0;
            if (length >= 8) {
                word = (long) LONGS.get(data, end - 8);
            } else {
                for (int i = at; i < end; i++) {
                    word = word << 8 | data[i] & 0xFF;
                }
            }
            h = (h ^ word) * K2;
            h ^= h >>> 29;
        }
        return h;
    }

    private static void arrayCodes(ArrayColumn column, long[] out) {
        Column elements = Copying.referencedElements(column);
        long[] codes = new long[elements.rows()];
        codes(elements, codes);
        int[] lengths = column.lengths();
        int at = 0;
        for (int i = 0; i < column.rows(); i++) {
            int length = column.isNull(i) ? 0 : lengths[i];
            long h = length;
            for (int end = at + length; at < end; at++) {
                h = mix(h + codes[at]);
            }
            out[i] = h;
        }
    }

    private static void structCodes(StructColumn column, long[] out) {
        int rows = column.rows();
        Arrays.fill(out, 0, rows, 0);
        long[] codes = new long[rows];
        for (int member = 0; member < column.size(); member++) {
            codes(column.member(member), codes);
            fold(out, codes, rows);
        }
    }
}
