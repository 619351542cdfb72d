package org.skep.executor.function.aggregate;

import java.util.Arrays;
import org.skep.executor.function.Accumulator;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

/** Keeps the values of one argument and makes the result of all of them. */
final class CollectedValues implements Accumulator {
    /** Makes results of the values of groups. */
    interface Finish {
        /**
         * @param values one array per group, none null, perhaps empty
         * @param constants the last value of each further argument, one row; null when none came
         */
        Column results(ArrayColumn values, Column[] constants);
    }

    private final GroupedValues values;
    private final Column[] constants;
    private final Type[] constantTypes;
    private final boolean keepNulls;
    private final Finish finish;

    /**
     * @param types of the arguments: the value, then constants
     */
    CollectedValues(Type[] types, boolean keepNulls, Finish finish) {
        this.values = new GroupedValues(types[0]);
        this.constants = new Column[types.length - 1];
        this.constantTypes = Arrays.copyOfRange(types, 1, types.length);
        this.keepNulls = keepNulls;
        this.finish = finish;
    }

    @Override
    public void add(Column[] arguments, int[] groups, int rows, int groupCount) {
        int[] kept = new int[rows];
        Column[] counted = keepNulls ? new Column[0] : new Column[] {arguments[0]};
        int size = GroupedValues.complete(counted, rows, kept);
        values.add(arguments[0], kept, GroupedValues.of(groups, kept, size), size);
        remember(arguments, rows);
    }

    private void remember(Column[] columns, int rows) {
        for (int k = 0; k < constants.length; k++) {
            for (int i = 0; constants[k] == null && i < rows; i++) {
                if (!columns[k + 1].isNull(i)) {
                    constants[k] = columns[k + 1].slice(i, 1).flat();
                }
            }
        }
    }

    @Override
    public void merge(Column[] states, int[] groups, int rows, int groupCount) {
        values.addArrays(states[0], groups, rows);
        remember(states, rows);
    }

    @Override
    public Column[] states(int from, int count) {
        Column[] states = new Column[constants.length + 1];
        states[0] = values.arrays(from, count);
        for (int k = 0; k < constants.length; k++) {
            Object constant = constants[k] == null ? null : constants[k].value(0);
            states[k + 1] = Column.constant(constantTypes[k], constant, count);
        }
        return states;
    }

    @Override
    public Column results(int from, int count) {
        return finish.results(values.arrays(from, count), constants);
    }

    @Override
    public long bytes() {
        return values.bytes();
    }
}
