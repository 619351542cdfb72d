package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.function.Accumulator;
import org.skep.model.data.Batch;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.Column;
import org.skep.model.plan.AggregateCall;
import org.skep.model.type.Type;

/** One call that takes rows as they come: an accumulator. What it spills are its states. */
final class PlainFeed implements AggregateFeed {
    private final AggregateCall call;
    private final Accumulator accumulator;
    private final List<Type> stateTypes;
    private int[] rows = new int[0];

    PlainFeed(AggregateCall call, OperatorServices services) {
        this.call = call;
        this.accumulator = services.accumulator(call.function(), call.types());
        this.stateTypes = services.stateTypes(call.function(), call.types());
    }

    @Override
    public void add(Batch batch, int[] groups, int groupCount) {
        Column[] arguments = arguments(batch, call);
        if (call.step().readsStates()) {
            accumulator.merge(arguments, groups, batch.rows(), groupCount);
            return;
        }
        if (call.filter() < 0) {
            accumulator.add(arguments, groups, batch.rows(), groupCount);
            return;
        }
        if (rows.length < batch.rows()) {
            rows = new int[batch.rows()];
        }
        int count = passing(batch.column(call.filter()), rows);
        int[] some = new int[count];
        for (int i = 0; i < count; i++) {
            some[i] = groups[rows[i]];
        }
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].gather(rows, count);
        }
        accumulator.add(arguments, some, count, groupCount);
    }

    static Column[] arguments(Batch batch, AggregateCall call) {
        Column[] arguments = new Column[call.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = batch.column(call.arguments().get(i));
        }
        return arguments;
    }

    /** The rows at which a filter column is true. */
    static int passing(Column filter, int[] rows) {
        Column flat = filter.flat();
        byte[] values = ((BooleanColumn) flat).values();
        int count = 0;
        for (int i = 0; i < flat.rows(); i++) {
            rows[count] = i;
            count += values[i] != 0 && !flat.isNull(i) ? 1 : 0;
        }
        return count;
    }

    @Override
    public List<Column> output(int from, int count, int groupCount) {
        seeGroups(groupCount);
        return call.step().writesStates()
                ? Arrays.asList(accumulator.states(from, count))
                : List.of(accumulator.results(from, count));
    }

    /** Groups that no row was added to since must be known to the accumulator as well. */
    private void seeGroups(int groupCount) {
        Column[] none = new Column[call.types().size()];
        Arrays.setAll(none, i -> Column.nulls(call.types().get(i), 0));
        accumulator.add(none, new int[0], 0, groupCount);
    }

    @Override
    public long bytes() {
        return accumulator.bytes();
    }

    @Override
    public List<Type> spillTypes() {
        return stateTypes;
    }

    @Override
    public int spillRows(int groupCount) {
        seeGroups(groupCount);
        return groupCount;
    }

    @Override
    public int[] spillGroups(int from, int count) {
        int[] groups = new int[count];
        for (int i = 0; i < count; i++) {
            groups[i] = from + i;
        }
        return groups;
    }

    @Override
    public Column[] spillColumns(int from, int count) {
        return accumulator.states(from, count);
    }

    @Override
    public void replay(Column[] columns, int[] groups, int rows, int groupCount) {
        accumulator.merge(columns, groups, rows, groupCount);
    }

    /** States of rows that are groups of their own, for when combining does not pay. */
    static List<Column> statesOfRows(AggregateCall call, OperatorServices services, Batch batch) {
        int[] own = new int[batch.rows()];
        for (int i = 0; i < own.length; i++) {
            own[i] = i;
        }
        PlainFeed feed = new PlainFeed(call, services);
        feed.add(batch, own, own.length);
        return new ArrayList<>(feed.output(0, own.length, own.length));
    }
}
