package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/**
 * {@code any_value}: some value that is not null; {@code first} and {@code last}: that of the first
 * or last row, null or not.
 */
final class AnyValue implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    definition(Which.ANY, "any_value", "arbitrary"),
                    definition(Which.FIRST, "first"),
                    definition(Which.LAST, "last"));

    private enum Which {
        ANY,
        FIRST,
        LAST
    }

    private final Which which;
    private final Slots slots;

    private AnyValue(Which which, Type type) {
        this.which = which;
        this.slots = new Slots(type);
    }

    private static Definition definition(Which which, String... names) {
        return new Definition(
                List.of(names),
                names[0] + "(T) → T",
                Definition::same,
                signature -> List.of(signature.result(), Type.BOOLEAN),
                signature -> new AnyValue(which, signature.result()));
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        slots.grow(groupCount);
        Column column = arguments[0].flat();
        for (int i = 0; i < rows; i++) {
            take(column, i, groups[i]);
        }
    }

    private void take(Column column, int row, int group) {
        boolean wanted =
                switch (which) {
                    case ANY -> slots.isNull(group) && !column.isNull(row);
                    case FIRST -> !slots.isFilled(group);
                    case LAST -> true;
                };
        if (wanted) {
            slots.set(group, column, row);
        }
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        slots.grow(groupCount);
        Column column = states[0].flat();
        byte[] filled = ((BooleanColumn) states[1].flat()).values();
        for (int i = 0; i < rows; i++) {
            if (filled[i] != 0) {
                take(column, i, groups[i]);
            }
        }
    }

    @Override
    public Column[] states(int from, int count) {
        return new Column[] {slots.column(from, count), slots.filled(from, count)};
    }

    @Override
    public Column results(int from, int count) {
        return slots.column(from, count);
    }

    @Override
    public long bytes() {
        return slots.bytes();
    }
}
