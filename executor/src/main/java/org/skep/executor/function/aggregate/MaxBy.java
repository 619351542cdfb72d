package org.skep.executor.function.aggregate;

import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.model.data.Column;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

/** {@code max_by(x, y)}: the x of the row with the greatest y; {@code min_by}: with the least. */
final class MaxBy implements Accumulator {
    static final List<AggregateFunction> FUNCTIONS =
            List.of(definition(1, "max_by", "arg_max"), definition(-1, "min_by", "arg_min"));

    private final int sign;
    private final Slots values;
    private final Slots keys;

    private MaxBy(Signature signature, int sign) {
        this.sign = sign;
        this.values = new Slots(signature.parameters().get(0));
        this.keys = new Slots(signature.parameters().get(1));
    }

    private static Definition definition(int sign, String... names) {
        return new Definition(
                List.of(names),
                names[0] + "(T, by) → T",
                MaxBy::resolve,
                Signature::parameters,
                signature -> new MaxBy(signature, sign));
    }

    private static List<Type> resolve(List<Type> arguments) {
        return arguments.size() == 2
                ? List.of(arguments.get(0), arguments.get(1), arguments.get(0))
                : null;
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        values.grow(groupCount);
        keys.grow(groupCount);
        Column value = arguments[0].flat();
        Column key = arguments[1].flat();
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            boolean better =
                    !key.isNull(i)
                            && (keys.isNull(group) || keys.compare(key, i, group) * sign > 0);
            if (better) {
                keys.set(group, key, i);
                values.set(group, value, i);
            }
        }
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        add(states, groups, rows, groupCount);
    }

    @Override
    public Column[] states(int from, int count) {
        return new Column[] {values.column(from, count), keys.column(from, count)};
    }

    @Override
    public Column results(int from, int count) {
        return values.column(from, count);
    }

    @Override
    public long bytes() {
        return values.bytes() + keys.bytes();
    }
}
