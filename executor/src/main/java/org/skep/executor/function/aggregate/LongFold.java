package org.skep.executor.function.aggregate;

import java.util.List;
import java.util.function.LongBinaryOperator;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.value.Hash;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/**
 * Aggregates that fold longs: {@code bit_and}, {@code bit_or}, {@code bit_xor}, {@code bool_and},
 * {@code bool_or} (as 0 and 1), {@code checksum}. Null for no values.
 */
final class LongFold implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(
                    bits("bit_and", -1, (a, b) -> a & b),
                    bits("bit_or", 0, (a, b) -> a | b),
                    bits("bit_xor", 0, (a, b) -> a ^ b),
                    logic(1, (a, b) -> a & b, "bool_and", "every", "booland_agg"),
                    logic(0, (a, b) -> a | b, "bool_or", "some", "any", "boolor_agg"),
                    checksum());

    private final Type type;
    private final long start;
    private final LongBinaryOperator fold;
    private final boolean hashes;
    private long[] values = {};
    private long[] seen = {};

    private LongFold(Type type, long start, LongBinaryOperator fold, boolean hashes) {
        this.type = type;
        this.start = start;
        this.fold = fold;
        this.hashes = hashes;
    }

    private static Definition bits(String name, long start, LongBinaryOperator fold) {
        return new Definition(
                List.of(name),
                name + "(integer) → BIGINT",
                Definition.one(
                        type ->
                                type.isInteger() || type.kind() == Type.Kind.NULL
                                        ? Type.BIGINT
                                        : null,
                        Type.BIGINT),
                signature -> List.of(Type.BIGINT),
                signature -> new LongFold(Type.BIGINT, start, fold, false));
    }

    private static Definition logic(long start, LongBinaryOperator fold, String... names) {
        return new Definition(
                List.of(names),
                names[0] + "(BOOLEAN) → BOOLEAN",
                Definition.one(Definition::asBoolean, Type.BOOLEAN),
                signature -> List.of(Type.BOOLEAN),
                signature -> new LongFold(Type.BOOLEAN, start, fold, false));
    }

    /** The sum of the hashes: the same for the same values in any order. */
    private static Definition checksum() {
        return new Definition(
                List.of("checksum"),
                "checksum(any) → BIGINT",
                Definition.one(type -> type, Type.BIGINT),
                signature -> List.of(Type.BIGINT),
                signature -> new LongFold(Type.BIGINT, 0, Long::sum, true));
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        Column column = arguments[0].flat();
        if (!hashes) {
            fold(column, groups, rows, groupCount);
            return;
        }
        long[] hash = new long[rows];
        for (int i = 0; i < rows; i++) {
            hash[i] = Hash.of(column, i);
        }
        fold(new LongColumn(Type.BIGINT, hash, rows, null), groups, rows, groupCount);
    }

    private void fold(Column column, int[] groups, int rows, int groupCount) {
        values = Growth.longs(values, groupCount, start);
        seen = Growth.bits(seen, groupCount);
        long[] validity = column.validity();
        byte[] bytes = column instanceof BooleanColumn booleans ? booleans.values() : null;
        long[] longs = column instanceof LongColumn wide ? wide.values() : null;
        for (int i = 0; i < rows; i++) {
            if (validity == null || Bits.get(validity, i)) {
                int group = groups[i];
                long value = longs != null ? longs[i] : bytes[i];
                values[group] = fold.applyAsLong(values[group], value);
                Bits.set(seen, group);
            }
        }
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        fold(states[0].flat(), groups, rows, groupCount);
    }

    @Override
    public Column[] states(int from, int count) {
        return new Column[] {results(from, count)};
    }

    @Override
    public Column results(int from, int count) {
        long[] out = Growth.range(values, from, count);
        long[] validity = Growth.validity(seen, from, count);
        if (type.kind() == Type.Kind.BIGINT) {
            return new LongColumn(type, out, count, validity);
        }
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) out[i];
        }
        return new BooleanColumn(type, bytes, count, validity);
    }

    @Override
    public long bytes() {
        return 8L * (values.length + seen.length);
    }
}
