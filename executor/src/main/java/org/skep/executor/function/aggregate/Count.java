package org.skep.executor.function.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/**
 * {@code count(*)}: rows; {@code count(x, …)}: rows in which none is null; {@code count_if(b)}:
 * rows in which it is true. 0 for no rows.
 */
final class Count implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    new Definition(
                            List.of("count"),
                            "count(*), count(any...) → BIGINT",
                            Count::resolve,
                            signature -> List.of(Type.BIGINT),
                            signature -> new Count(false)),
                    new Definition(
                            List.of("count_if", "countif"),
                            "count_if(BOOLEAN) → BIGINT",
                            Definition.one(Definition::asBoolean, Type.BIGINT),
                            signature -> List.of(Type.BIGINT),
                            signature -> new Count(true)));

    private final boolean onlyTrue;
    private long[] counts = {};

    private Count(boolean onlyTrue) {
        this.onlyTrue = onlyTrue;
    }

    private static List<Type> resolve(List<Type> arguments) {
        List<Type> types = new ArrayList<>(arguments);
        types.add(Type.BIGINT);
        return types;
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        counts = Growth.longs(counts, groupCount);
        long[] slots = counts;
        long[] validity = null;
        for (Column argument : arguments) {
            validity = Bits.and(validity, argument.validity());
        }
        if (onlyTrue) {
            byte[] hits = ((BooleanColumn) arguments[0].flat()).values();
            for (int i = 0; i < rows; i++) {
                if (validity == null || Bits.get(validity, i)) {
                    slots[groups[i]] += hits[i];
                }
            }
        } else if (groupCount == 1) {
            slots[0] += validity == null ? rows : Bits.count(validity, rows);
        } else if (validity == null) {
            for (int i = 0; i < rows; i++) {
                slots[groups[i]]++;
            }
        } else {
            for (int i = 0; i < rows; i++) {
                slots[groups[i]] += validity[i >> 6] >>> i & 1;
            }
        }
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        counts = Growth.longs(counts, groupCount);
        long[] partial = ((LongColumn) states[0].flat()).values();
        for (int i = 0; i < rows; i++) {
            counts[groups[i]] += partial[i];
        }
    }

    @Override
    public Column[] states(int from, int count) {
        return new Column[] {results(from, count)};
    }

    @Override
    public Column results(int from, int count) {
        return new LongColumn(Type.BIGINT, Growth.range(counts, from, count), count, null);
    }

    @Override
    public long bytes() {
        return 8L * counts.length;
    }
}
