package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.kernel.RowBuffer;
import org.skep.executor.kernel.Sorting;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/**
 * One call that takes its rows in an order: keeps them until the end and sorts them then. What it
 * spills are the rows.
 */
final class OrderedFeed implements AggregateFeed {
    private final AggregateCall call;
    private final AggregateFeed next;
    private final List<Type> types; // arguments, then order columns
    private final RowBuffer rows;
    private Batch spilled;
    private boolean sorted;

    /**
     * @param inputTypes of the columns that come in
     * @param next takes the arguments of the call, in their order, as its columns
     */
    OrderedFeed(AggregateCall call, List<Type> inputTypes, AggregateFeed next) {
        this.call = call;
        this.next = next;
        this.types = new ArrayList<>(call.types());
        call.order().forEach(key -> types.add(inputTypes.get(key.column())));
        List<Type> kept = new ArrayList<>(types);
        kept.add(Type.INTEGER);
        this.rows = new RowBuffer(kept);
    }

    @Override
    public void add(Batch batch, int[] groups, int groupCount) {
        Column[] columns = new Column[types.size()];
        int arguments = call.arguments().size();
        for (int i = 0; i < columns.length; i++) {
            columns[i] =
                    batch.column(
                            i < arguments
                                    ? call.arguments().get(i)
                                    : call.order().get(i - arguments).column());
        }
        int[] mine = groups;
        int count = batch.rows();
        if (call.filter() >= 0) {
            int[] passing = new int[batch.rows()];
            count = PlainFeed.passing(batch.column(call.filter()), passing);
            mine = new int[count];
            for (int i = 0; i < count; i++) {
                mine[i] = groups[passing[i]];
            }
            for (int i = 0; i < columns.length; i++) {
                columns[i] = columns[i].gather(passing, count);
            }
        }
        replay(columns, mine, count, groupCount);
    }

    @Override
    public void replay(Column[] columns, int[] groups, int count, int groupCount) {
        if (count > 0) {
            Column[] kept = Arrays.copyOf(columns, columns.length + 1);
            int[] copy = Arrays.copyOf(groups, count);
            kept[columns.length] = new IntColumn(Type.INTEGER, copy, count, null);
            rows.add(new Batch(count, kept));
        }
    }

    @Override
    public List<Column> output(int from, int count, int groupCount) {
        if (!sorted) {
            sorted = true;
            handOn(groupCount);
        }
        return next.output(from, count, groupCount);
    }

    private void handOn(int groupCount) {
        Batch all = rows.takeAll();
        int arguments = call.arguments().size();
        SortKey[] keys = new SortKey[call.order().size()];
        Column[] columns = new Column[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = call.order().get(i).withColumn(i);
            columns[i] = all.column(arguments + i);
        }
        int[] order = Sorting.order(keys, columns, all.rows());
        Batch sortedRows = all.gather(order, all.rows());
        Column[] out = new Column[arguments];
        for (int i = 0; i < arguments; i++) {
            out[i] = sortedRows.column(i);
        }
        int[] groups = ((IntColumn) sortedRows.column(types.size())).values();
        next.add(new Batch(all.rows(), out), groups, groupCount);
    }

    @Override
    public long bytes() {
        return 2 * rows.bytes() + next.bytes();
    }

    @Override
    public List<Type> spillTypes() {
        return types;
    }

    @Override
    public int spillRows(int groupCount) {
        spilled = rows.takeAll();
        return spilled.rows();
    }

    @Override
    public int[] spillGroups(int from, int count) {
        return ((IntColumn) spilled.column(types.size()).slice(from, count)).values();
    }

    @Override
    public Column[] spillColumns(int from, int count) {
        Column[] columns = new Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = spilled.column(i).slice(from, count);
        }
        return columns;
    }
}
