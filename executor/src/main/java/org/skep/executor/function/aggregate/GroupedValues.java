package org.skep.executor.function.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.value.Concatenation;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** All values of each group, in the order in which they came. */
final class GroupedValues {
    private final Type type;
    private final List<Column> chunks = new ArrayList<>();
    private int[] groups = {};
    private int count;
    private long bytes;
    private ArrayColumn grouped;

    GroupedValues(Type type) {
        this.type = type;
    }

    /** Adds the chosen rows of a column. */
    void add(Column column, int[] rows, int[] rowGroups, int size) {
        if (size == 0) {
            return;
        }
        Column chunk = column.gather(rows, size).flat();
        if (chunk instanceof BytesColumn text) {
            chunk = text.compact(); // the column's array may be much larger than these rows
        }
        groups = Growth.ints(groups, count + size);
        System.arraycopy(rowGroups, 0, groups, count, size);
        count += size;
        bytes += chunk.bytes();
        chunks.add(chunk);
        grouped = null;
    }

    /** Adds the elements of arrays, as {@link #arrays} gave them. */
    void addArrays(Column states, int[] rowGroups, int rows) {
        ArrayColumn arrays = (ArrayColumn) states.flat();
        int total = 0;
        for (int i = 0; i < rows; i++) {
            total += arrays.isNull(i) ? 0 : arrays.lengths()[i];
        }
        int[] places = new int[total];
        int[] each = new int[total];
        int k = 0;
        for (int i = 0; i < rows; i++) {
            int length = arrays.isNull(i) ? 0 : arrays.lengths()[i];
            for (int j = 0; j < length; j++) {
                places[k] = arrays.starts()[i] + j;
                each[k++] = rowGroups[i];
            }
        }
        add(arrays.elements(), places, each, total);
    }

    /** The values of groups from {@code from} on as arrays; empty for none. */
    ArrayColumn arrays(int from, int size) {
        ArrayColumn all = grouped(from + size);
        return all.slice(from, size);
    }

    private ArrayColumn grouped(int groupCount) {
        if (grouped != null && grouped.rows() >= groupCount) {
            return grouped;
        }
        int most = groupCount;
        for (int i = 0; i < count; i++) {
            most = Math.max(most, groups[i] + 1);
        }
        int[] lengths = new int[most];
        for (int i = 0; i < count; i++) {
            lengths[groups[i]]++;
        }
        int[] starts = new int[most];
        for (int g = 1; g < most; g++) {
            starts[g] = starts[g - 1] + lengths[g - 1];
        }
        int[] next = starts.clone();
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[next[groups[i]]++] = i;
        }
        Column values = Concatenation.of(type, chunks.toArray(Column[]::new), count);
        chunks.clear();
        if (count > 0) {
            chunks.add(values);
        }
        grouped =
                new ArrayColumn(
                        Type.array(type),
                        starts,
                        lengths,
                        values.gather(places, count),
                        most,
                        null);
        return grouped;
    }

    /** Rows in which no argument is null, into {@code kept}; their number. */
    static int complete(Column[] arguments, int rows, int[] kept) {
        int size = 0;
        for (int i = 0; i < rows; i++) {
            boolean all = true;
            for (Column argument : arguments) {
                all &= !argument.isNull(i);
            }
            kept[size] = i;
            size += all ? 1 : 0;
        }
        return size;
    }

    /** The groups of some rows. */
    static int[] of(int[] groups, int[] rows, int size) {
        int[] out = new int[size];
        Arrays.setAll(out, i -> groups[rows[i]]);
        return out;
    }

    long bytes() {
        return bytes + 4L * groups.length + (grouped == null ? 0 : bytes);
    }
}
