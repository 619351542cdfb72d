package org.skep.executor.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers the different values of a leaf in the order in which they first come. Gives up when the
 * dictionary would not save space.
 */
final class DictionaryBuilder {
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MOST_BYTES = 1 << 20;

    /** Below this many values it does not matter what is saved. */
    private static final int PATIENCE = 4096;

    private final Values values;
    private final int count;
    private final int[] ids;
    private int[] table = new int[1024];
    private int[] firsts = new int[512];
    private int entries;
    private long bytes;

    private DictionaryBuilder(Values values, int count) {
        this.values = values;
        this.count = count;
        this.ids = new int[count];
        Arrays.fill(table, -1);
    }

    /** The id of every value. */
    int[] ids() {
        return ids;
    }

    /** For each entry, a value that has it. */
    int[] firsts() {
        return firsts;
    }

    int entries() {
        return entries;
    }

    /** The dictionary of the first {@code count} values, or null when it is not worth it. */
    static DictionaryBuilder build(Values values, int count) {
        if (count == 0 || values.kind == Physical.BOOLEAN) {
            return null;
        }
        DictionaryBuilder builder = new DictionaryBuilder(values, count);
        return builder.number() ? builder : null;
    }

    private boolean number() {
        long plain = 0;
        for (int i = 0; i < count; i++) {
            ids[i] = id(i);
            plain += size(i);
            boolean wasteful = i > PATIENCE && bytes * 3 > plain * 2;
            if (bytes > MOST_BYTES || wasteful) {
                return false;
            }
        }
        int width = PageReader.bitWidth(Math.max(0, entries - 1));
        return bytes + (long) count * width / 8 < plain;
    }

    private int size(int i) {
        return switch (values.kind) {
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case BYTE_ARRAY, FIXED, INT96 -> 4 + values.lengths[i];
            case BOOLEAN -> 1;
        };
    }

    private int id(int i) {
        int mask = table.length - 1;
        int slot = hash(i) & mask;
        while (table[slot] >= 0) {
            if (same(firsts[table[slot]], i)) {
                return table[slot];
            }
            slot = slot + 1 & mask;
        }
        if (entries == firsts.length) {
            grow();
            return id(i);
        }
        table[slot] = entries;
        firsts[entries] = i;
        bytes += size(i);
        return entries++;
    }

    private void grow() {
        firsts = Arrays.copyOf(firsts, 2 * firsts.length);
        table = new int[2 * table.length];
        Arrays.fill(table, -1);
        int mask = table.length - 1;
        for (int entry = 0; entry < entries; entry++) {
            int slot = hash(firsts[entry]) & mask;
            while (table[slot] >= 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = entry;
        }
    }

    private int hash(int i) {
        long hash =
                switch (values.kind) {
                    case INT32 -> values.ints[i];
                    case INT64 -> values.longs[i];
                    case FLOAT, DOUBLE -> Double.doubleToRawLongBits(values.doubles[i]);
                    case BYTE_ARRAY, FIXED, INT96 -> hash(values.starts[i], values.lengths[i]);
                    case BOOLEAN -> values.booleans[i];
                };
        hash *= 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32) ^ (int) hash;
    }

    private long hash(int start, int length) {
        byte[] data = values.data;
        long hash = length;
        int i = start;
        int end = start + length;
        for (; i <= end - 8; i += 8) {
            hash = (hash ^ (long) WORDS.get(data, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (; i < end; i++) {
            hash = 31 * hash + data[i];
        }
        return hash;
    }

    private boolean same(int a, int b) {
        return switch (values.kind) {
            case INT32 -> values.ints[a] == values.ints[b];
            case INT64 -> values.longs[a] == values.longs[b];
            case FLOAT, DOUBLE ->
                    Double.doubleToRawLongBits(values.doubles[a])
                            == Double.doubleToRawLongBits(values.doubles[b]);
            case BYTE_ARRAY, FIXED, INT96 ->
                    Arrays.equals(
                            values.data,
                            values.starts[a],
                            values.starts[a] + values.lengths[a],
                            values.data,
                            values.starts[b],
                            values.starts[b] + values.lengths[b]);
            case BOOLEAN -> values.booleans[a] == values.booleans[b];
        };
    }
}
