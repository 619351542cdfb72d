package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.skep.executor.kernel.GroupTable;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.plan.AggregateCall;
import org.skep.model.type.Type;

/**
 * One DISTINCT call: hands on the first row of every combination of group and arguments. What it
 * spills are these combinations.
 */
final class DistinctFeed implements AggregateFeed {
    private final AggregateCall call;
    private final AggregateFeed next;
    private final List<Type> types;
    private final GroupTable seen;
    private Column[] spilled;
    private int[] rows = new int[0];
    private int[] numbers = new int[0];

    /**
     * @param next takes the arguments of the call, in their order, as its columns
     */
    DistinctFeed(AggregateCall call, AggregateFeed next) {
        this.call = call;
        this.next = next;
        this.types = call.types();
        List<Type> keys = new ArrayList<>();
        keys.add(Type.INTEGER);
        keys.addAll(types);
        this.seen = GroupTable.of(keys);
    }

    @Override
    public void add(Batch batch, int[] groups, int groupCount) {
        Column[] arguments = PlainFeed.arguments(batch, call);
        if (call.filter() < 0) {
            addDistinct(arguments, groups, batch.rows(), groupCount);
            return;
        }
        grow(batch.rows());
        int count = PlainFeed.passing(batch.column(call.filter()), rows);
        int[] some = new int[count];
        for (int i = 0; i < count; i++) {
            some[i] = groups[rows[i]];
        }
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i].gather(rows, count);
        }
        addDistinct(arguments, some, count, groupCount);
    }

    private void addDistinct(Column[] arguments, int[] groups, int count, int groupCount) {
        grow(count);
        Column[] keys = new Column[arguments.length + 1];
        keys[0] = new IntColumn(Type.INTEGER, groups.clone(), count, null);
        System.arraycopy(arguments, 0, keys, 1, arguments.length);
        int before = seen.size();
        seen.assign(keys, count, numbers);
        BitSet met = new BitSet(seen.size() - before);
        int fresh = 0;
        for (int i = 0; i < count; i++) {
            int number = numbers[i] - before;
            if (number >= 0 && !met.get(number)) {
                met.set(number);
                rows[fresh++] = i;
            }
        }
        if (fresh == 0) {
            return;
        }
        int[] some = new int[fresh];
        for (int i = 0; i < fresh; i++) {
            some[i] = groups[rows[i]];
        }
        Column[] columns = new Column[arguments.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = arguments[i].gather(rows, fresh);
        }
        next.add(new Batch(fresh, columns), some, groupCount);
    }

    private void grow(int count) {
        if (rows.length < count) {
            rows = new int[count];
            numbers = new int[count];
        }
    }

    @Override
    public List<Column> output(int from, int count, int groupCount) {
        return next.output(from, count, groupCount);
    }

    @Override
    public long bytes() {
        return seen.bytes() + next.bytes();
    }

    @Override
    public List<Type> spillTypes() {
        return types;
    }

    @Override
    public int spillRows(int groupCount) {
        spilled = seen.keys();
        return seen.size();
    }

    @Override
    public int[] spillGroups(int from, int count) {
        return ((IntColumn) spilled[0].slice(from, count)).values();
    }

    @Override
    public Column[] spillColumns(int from, int count) {
        Column[] columns = new Column[spilled.length - 1];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = spilled[i + 1].slice(from, count);
        }
        return columns;
    }

    @Override
    public void replay(Column[] columns, int[] groups, int count, int groupCount) {
        addDistinct(columns, groups, count, groupCount);
    }
}
