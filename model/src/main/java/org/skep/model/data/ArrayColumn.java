package org.skep.model.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.model.type.Type;

/**
 * ARRAY, and MAP as an array of key-value structs: each row is a stretch of the elements' column.
 */
public final class ArrayColumn extends Column {
    private final int[] starts;
    private final int[] lengths;
    private final Column elements;

    public ArrayColumn(
            Type type, int[] starts, int[] lengths, Column elements, int rows, long[] validity) {
        super(type, rows, validity);
        this.starts = starts;
        this.lengths = lengths;
        this.elements = elements;
    }

    public int[] starts() {
        return starts;
    }

    public int[] lengths() {
        return lengths;
    }

    public Column elements() {
        return elements;
    }

    @Override
    public ArrayColumn gather(int[] positions, int count) {
        int[] at = new int[count];
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            if (position >= 0) {
                at[i] = starts[position];
                sizes[i] = lengths[position];
            }
        }
        return new ArrayColumn(
                type(), at, sizes, elements, count, gatherValidity(positions, count));
    }

    @Override
    public ArrayColumn slice(int from, int count) {
        return from == 0 && count == rows()
                ? this
                : new ArrayColumn(
                        type(),
                        Arrays.copyOfRange(starts, from, from + count),
                        Arrays.copyOfRange(lengths, from, from + count),
                        elements,
                        count,
                        Bits.slice(validity(), from, count));
    }

    @Override
    Object nonNull(int row) {
        if (type().kind() == Type.Kind.MAP) {
            Map<Object, Object> map = new LinkedHashMap<>();
            StructColumn entries = (StructColumn) elements.flat();
            for (int i = starts[row]; i < starts[row] + lengths[row]; i++) {
                map.put(entries.member(0).value(i), entries.member(1).value(i));
            }
            return map;
        }
        List<Object> list = new ArrayList<>(lengths[row]);
        for (int i = starts[row]; i < starts[row] + lengths[row]; i++) {
            list.add(elements.value(i));
        }
        return list;
    }

    @Override
    public long bytes() {
        return 8L * starts.length + elements.bytes() + validityBytes();
    }

    @Override
    public ArrayColumn as(Type other) {
        return new ArrayColumn(other, starts, lengths, elements, rows(), validity());
    }

    @Override
    public ArrayColumn withValidity(long[] other) {
        return new ArrayColumn(
                type(), starts, lengths, elements, rows(), Bits.and(validity(), other));
    }
}
