package org.skep.executor.function.scalar;

import java.util.Arrays;
import org.skep.executor.value.Concatenation;
import org.skep.executor.value.ValueOrder;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.type.Type;

/**
 * Arrays, maps and structs, made and taken apart column by column. Elements count from 1, and from
 * -1 backwards; an element that is not there is null.
 */
public final class ArrayKernels {
    private ArrayKernels() {}

    @SqlFunction(
            value = {"array", "list_value"},
            signature = "(T...) array<T>",
            doc = "an array of its arguments",
            example = "array(1, 2) = ARRAY[1, 2]")
    public static Column array(Type type, int rows, Column[] arguments) {
        int n = arguments.length;
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        int[] places = new int[rows * n];
        for (int i = 0; i < rows; i++) {
            starts[i] = i * n;
            lengths[i] = n;
            for (int k = 0; k < n; k++) {
                places[i * n + k] = k * rows + i;
            }
        }
        Column elements =
                Concatenation.of(type.element(), arguments, rows * n).gather(places, rows * n);
        return new ArrayColumn(type, starts, lengths, elements, rows, null);
    }

    @SqlFunction(
            value = {"struct", "row"},
            signature = "(any...) struct",
            doc = "a struct of its arguments",
            example = "struct(1, 'a') = row(1, 'a')")
    public static Column struct(Type type, int rows, Column[] arguments) {
        return new StructColumn(type, arguments.clone(), rows, null);
    }

    @SqlFunction(
            value = "map",
            signature = "([K, V]...) map<K, V>",
            doc = "a map of keys and values in turn",
            example = "element_at(map('a', 1, 'b', 2), 'b') = 2")
    public static Column map(Type type, int rows, Column[] arguments) {
        int n = arguments.length / 2;
        Column[] keys = new Column[n];
        Column[] values = new Column[n];
        for (int k = 0; k < n; k++) {
            keys[k] = arguments[2 * k];
            values[k] = arguments[2 * k + 1];
        }
        Type keyType = type.children().get(0).type();
        Type valueType = type.children().get(1).type();
        ArrayColumn allKeys = (ArrayColumn) array(Type.array(keyType), rows, keys);
        ArrayColumn allValues = (ArrayColumn) array(Type.array(valueType), rows, values);
        return ofKeysAndValues(type, allKeys, allValues.elements(), null);
    }

    private static Column ofKeysAndValues(
            Type type, ArrayColumn keys, Column values, long[] validity) {
        Column entries =
                new StructColumn(
                        type.element(),
                        new Column[] {keys.elements(), values},
                        values.rows(),
                        null);
        return new ArrayColumn(type, keys.starts(), keys.lengths(), entries, keys.rows(), validity);
    }

    @SqlFunction(
            value = {"map_from_arrays", "map_of"},
            signature = "(array<K>, array<V>) map<K, V>",
            doc = "a map of keys and values in two arrays of the same length",
            example = "element_at(map_from_arrays(ARRAY['a'], ARRAY[7]), 'a') = 7")
    public static Column mapFromArrays(Type type, int rows, Column[] arguments) {
        ColumnBuilder out = ColumnBuilder.of(type, rows);
        ArrayColumn keys = (ArrayColumn) arguments[0];
        ArrayColumn values = (ArrayColumn) arguments[1];
        for (int i = 0; i < rows; i++) {
            if (keys.isNull(i) || values.isNull(i)) {
                out.appendNull();
                continue;
            }
            int count = keys.lengths()[i];
            if (count != values.lengths()[i]) {
                throw new IllegalArgumentException(
                        "%d keys but %d values".formatted(count, values.lengths()[i]));
            }
            int first = out.elements().rows();
            for (int k = 0; k < count; k++) {
                out.elements().member(0).append(keys.elements(), keys.starts()[i] + k);
                out.elements().member(1).append(values.elements(), values.starts()[i] + k);
                out.elements().endStruct();
            }
            out.endArray(first);
        }
        return out.build();
    }

    @SqlFunction(
            value = {"size", "cardinality", "array_length", "array_size", "length", "len"},
            signature = "(array<T>) int",
            doc = "how many elements",
            example = "size(ARRAY[1, 2, 3]) = 3")
    public static Column size(Type type, int rows, Column[] arguments) {
        ArrayColumn arrays = (ArrayColumn) arguments[0];
        return new IntColumn(type, Arrays.copyOf(arrays.lengths(), rows), rows, arrays.validity());
    }

    @SqlFunction(
            value = {"size", "cardinality"},
            signature = "(map<K, V>) int",
            doc = "how many entries",
            example = "size(map('a', 1)) = 1")
    public static Column mapSize(Type type, int rows, Column[] arguments) {
        return size(type, rows, arguments);
    }

    @SqlFunction(
            value = {"item", "element_at", "list_element", "array_extract"},
            signature = "(array<T>, bigint) T",
            doc = "the n-th element, from 1; a negative n counts from the end",
            example = "element_at(ARRAY[5, 6, 7], -1) = 7")
    public static Column item(Type type, int rows, Column[] arguments) {
        ArrayColumn arrays = (ArrayColumn) arguments[0];
        long[] index = ((LongColumn) arguments[1]).values();
        int[] places = new int[rows];
        for (int i = 0; i < rows; i++) {
            places[i] = -1;
            if (!arrays.isNull(i) && !arguments[1].isNull(i)) {
                int length = arrays.lengths()[i];
                long k = index[i] < 0 ? length + index[i] : index[i] - 1;
                places[i] = k >= 0 && k < length ? arrays.starts()[i] + (int) k : -1;
            }
        }
        return arrays.elements().gather(places, rows);
    }

    @SqlFunction(
            value = {"item", "element_at", "map_value"},
            signature = "(map<K, V>, K) V",
            doc = "the value of a key",
            example = "element_at(map('a', 1), 'x') = NULL")
    public static Column mapItem(Type type, int rows, Column[] arguments) {
        ArrayColumn maps = (ArrayColumn) arguments[0];
        StructColumn entries = (StructColumn) maps.elements().flat();
        Column keys = entries.member(0).flat();
        int[] places = new int[rows];
        for (int i = 0; i < rows; i++) {
            places[i] = maps.isNull(i) ? -1 : find(maps, keys, i, arguments[1]);
        }
        return entries.member(1).gather(places, rows);
    }

    /** Where in the elements the row's array has the value, -1 for nowhere or null. */
    private static int find(ArrayColumn arrays, Column elements, int row, Column value) {
        if (value.isNull(row)) {
            return -1;
        }
        int from = arrays.starts()[row];
        for (int i = from; i < from + arrays.lengths()[row]; i++) {
            if (!elements.isNull(i) && ValueOrder.compare(elements, i, value, row) == 0) {
                return i;
            }
        }
        return -1;
    }

    @SqlFunction(
            value = {"array_contains", "list_contains", "array_has", "list_has"},
            signature = "(array<T>, T) boolean",
            doc = "whether an element equals the value; null when only nulls might",
            example = "array_contains(ARRAY[1, 2], 2) = true")
    public static Column arrayContains(Type type, int rows, Column[] arguments) {
        ArrayColumn arrays = (ArrayColumn) arguments[0];
        Column elements = arrays.elements().flat();
        byte[] out = new byte[rows];
        long[] validity = Bits.allSet(rows);
        for (int i = 0; i < rows; i++) {
            boolean known = !arrays.isNull(i) && !arguments[1].isNull(i);
            if (known && find(arrays, elements, i, arguments[1]) >= 0) {
                out[i] = 1;
            } else if (!known || hasNull(arrays, elements, i)) {
                Bits.clear(validity, i);
            }
        }
        return new BooleanColumn(type, out, rows, Bits.orNull(validity, rows));
    }

    private static boolean hasNull(ArrayColumn arrays, Column elements, int row) {
        int from = arrays.starts()[row];
        for (int i = from; elements.hasNulls() && i < from + arrays.lengths()[row]; i++) {
            if (elements.isNull(i)) {
                return true;
            }
        }
        return false;
    }

    @SqlFunction(
            value = {"array_position", "list_position", "list_indexof"},
            signature = "(array<T>, T) bigint",
            doc = "the place of the first equal element, 0 if there is none",
            example = "array_position(ARRAY['a', 'b'], 'b') = BIGINT '2'")
    public static Column arrayPosition(Type type, int rows, Column[] arguments) {
        ArrayColumn arrays = (ArrayColumn) arguments[0];
        Column elements = arrays.elements().flat();
        long[] out = new long[rows];
        for (int i = 0; i < rows; i++) {
            int at = arrays.isNull(i) ? -1 : find(arrays, elements, i, arguments[1]);
            out[i] = at < 0 ? 0 : at - arrays.starts()[i] + 1;
        }
        return new LongColumn(
                type, out, rows, Bits.and(arrays.validity(), arguments[1].validity()));
    }

    @SqlFunction(
            value = {"map_keys"},
            signature = "(map<K, V>) array<K>",
            doc = "the keys",
            example = "map_keys(map('a', 1, 'b', 2)) = ARRAY['a', 'b']")
    public static Column mapKeys(Type type, int rows, Column[] arguments) {
        return mapMember(type, rows, (ArrayColumn) arguments[0], 0);
    }

    @SqlFunction(
            value = "map_values",
            signature = "(map<K, V>) array<V>",
            doc = "the values",
            example = "map_values(map('a', 1, 'b', 2)) = ARRAY[1, 2]")
    public static Column mapValues(Type type, int rows, Column[] arguments) {
        return mapMember(type, rows, (ArrayColumn) arguments[0], 1);
    }

    private static Column mapMember(Type type, int rows, ArrayColumn maps, int member) {
        Column elements = ((StructColumn) maps.elements().flat()).member(member);
        return new ArrayColumn(
                type, maps.starts(), maps.lengths(), elements, rows, maps.validity());
    }

    @SqlFunction(
            value = "map_contains_key",
            signature = "(map<K, V>, K) boolean",
            doc = "whether the map has the key",
            example = "map_contains_key(map('a', 1), 'a') = true")
    public static Column mapContainsKey(Type type, int rows, Column[] arguments) {
        ArrayColumn maps = (ArrayColumn) arguments[0];
        Column keys = ((StructColumn) maps.elements().flat()).member(0).flat();
        byte[] out = new byte[rows];
        for (int i = 0; i < rows; i++) {
            boolean has = !maps.isNull(i) && find(maps, keys, i, arguments[1]) >= 0;
            out[i] = (byte) (has ? 1 : 0);
        }
        return new BooleanColumn(
                type, out, rows, Bits.and(maps.validity(), arguments[1].validity()));
    }
}
