package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.type.Type;

/** Lists all values of a group in the order in which they came; null for no rows. */
final class Listing implements Accumulator {
    static final String NAME = "listing";

    private final Type type;
    private final List<List<Object>> lists = new ArrayList<>();

    Listing(Type element) {
        type = Type.array(element);
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        for (int i = 0; i < rows; i++) {
            list(groups[i]).add(arguments[0].value(i));
        }
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        grow(groupCount);
        for (int i = 0; i < rows; i++) {
            if (states[0].value(i) instanceof List<?> values) {
                list(groups[i]).addAll(values);
            }
        }
    }

    private void grow(int groupCount) {
        while (lists.size() < groupCount) {
            lists.add(null);
        }
    }

    private List<Object> list(int group) {
        if (lists.get(group) == null) {
            lists.set(group, new ArrayList<>());
        }
        return lists.get(group);
    }

    @Override
    public Column[] states(int from, int count) {
        return new Column[] {results(from, count)};
    }

    @Override
    public Column results(int from, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        lists.subList(from, from + count).forEach(builder::appendValue);
        return builder.build();
    }

    @Override
    public long bytes() {
        return lists.stream().mapToLong(list -> list == null ? 8 : 16L * list.size()).sum();
    }
}
