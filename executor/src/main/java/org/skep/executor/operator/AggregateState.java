package org.skep.executor.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.exchange.PartitionedSpill;
import org.skep.executor.kernel.GroupTable;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.type.Type;

/**
 * Groups and what is known of them so far.
 *
 * <p>It is spilled as several streams of rows, each with the keys in front: the first one has a row
 * per group with the states of all plain calls; every DISTINCT or ordered call has one of its own.
 */
final class AggregateState {
    private final int[] keys;
    private final List<Type> keyTypes;
    private final GroupTable table;
    private final List<AggregateFeed> feeds = new ArrayList<>();
    private final List<AggregateFeed> plain = new ArrayList<>();
    private final List<AggregateFeed> special = new ArrayList<>();
    private final boolean oneGroup;
    private final FusedCalls fused;
    private Column[] outputKeys;
    private int[] groups = new int[0];

    AggregateState(PlanNode.Aggregate node, FusedCalls fused, OperatorServices services) {
        this.fused = fused;
        this.keys = node.keys().stream().mapToInt(Integer::intValue).toArray();
        List<Type> input = node.input().schema().types();
        this.keyTypes = node.keys().stream().map(input::get).toList();
        this.table = GroupTable.of(keyTypes);
        this.oneGroup = keys.length == 0 && !allPartial(node);
        for (AggregateCall call : node.calls()) {
            AggregateFeed feed = feed(call, input, services);
            feeds.add(feed);
            (feed instanceof PlainFeed ? plain : special).add(feed);
        }
    }

    private static boolean allPartial(PlanNode.Aggregate node) {
        return !node.calls().isEmpty()
                && node.calls().stream().allMatch(call -> call.step().isPartial());
    }

    private static AggregateFeed feed(
            AggregateCall call, List<Type> input, OperatorServices services) {
        if (call.step().readsStates() || !call.distinct() && call.order().isEmpty()) {
            return new PlainFeed(call, services);
        }
        AggregateFeed last = new PlainFeed(overArguments(call, List.of()), services);
        if (!call.distinct()) {
            return new OrderedFeed(call, input, last);
        }
        if (call.order().isEmpty()) {
            return new DistinctFeed(call, last);
        }
        List<SortKey> order = new ArrayList<>();
        for (SortKey key : call.order()) {
            int place = call.arguments().indexOf(key.column());
            if (place < 0) {
                throw new IllegalArgumentException("a DISTINCT call ordered by another column");
            }
            order.add(key.withColumn(place));
        }
        AggregateCall ordered = overArguments(call, order);
        return new DistinctFeed(call, new OrderedFeed(ordered, call.types(), last));
    }

    /** The call over a batch of just its arguments. */
    private static AggregateCall overArguments(AggregateCall call, List<SortKey> order) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            places.add(i);
        }
        return new AggregateCall(
                call.function(), call.types(), places, false, -1, order, call.step(), call.type());
    }

    void add(Batch batch) {
        assign(columns(batch, keys), batch.rows());
        fused.add(batch, groups, groups(), keys.length == 0, feeds);
    }

    private static Column[] columns(Batch batch, int[] places) {
        Column[] columns = new Column[places.length];
        for (int i = 0; i < places.length; i++) {
            columns[i] = batch.column(places[i]);
        }
        return columns;
    }

    private void assign(Column[] columns, int rows) {
        if (groups.length < rows) {
            groups = new int[rows];
        }
        table.assign(columns, rows, groups);
    }

    int groups() {
        return oneGroup ? 1 : table.size();
    }

    long bytes() {
        long bytes = table.bytes() + fused.bytes();
        for (AggregateFeed feed : feeds) {
            bytes += feed.bytes();
        }
        return bytes;
    }

    /** Keys and results (or states) of some groups; no rows may be added any more. */
    Batch output(int from, int count) {
        if (outputKeys == null) {
            outputKeys = table.keys();
            fused.settle(feeds, groups());
        }
        List<Column> columns = new ArrayList<>();
        for (Column key : outputKeys) {
            columns.add(key.slice(from, count));
        }
        for (AggregateFeed feed : feeds) {
            columns.addAll(feed.output(from, count, groups()));
        }
        return new Batch(count, columns.toArray(Column[]::new));
    }

    /** The types of the streams that this is spilled as. */
    List<List<Type>> streamTypes() {
        List<List<Type>> streams = new ArrayList<>();
        List<Type> first = new ArrayList<>(keyTypes);
        plain.forEach(feed -> first.addAll(feed.spillTypes()));
        streams.add(first);
        for (AggregateFeed feed : special) {
            List<Type> types = new ArrayList<>(keyTypes);
            types.addAll(feed.spillTypes());
            streams.add(types);
        }
        return streams;
    }

    /** Writes everything out; this is of no use afterwards. */
    void spill(List<PartitionedSpill> streams, int batchRows) {
        fused.settle(feeds, groups());
        Column[] groupKeys = table.keys();
        int count = groups();
        plain.forEach(feed -> feed.spillRows(count));
        for (int from = 0; from < count; from += batchRows) {
            int rows = Math.min(batchRows, count - from);
            List<Column> columns = new ArrayList<>();
            for (Column key : groupKeys) {
                columns.add(key.slice(from, rows));
            }
            for (AggregateFeed feed : plain) {
                columns.addAll(Arrays.asList(feed.spillColumns(from, rows)));
            }
            streams.get(0).write(new Batch(rows, columns.toArray(Column[]::new)));
        }
        for (int i = 0; i < special.size(); i++) {
            spill(special.get(i), groupKeys, streams.get(i + 1), batchRows);
        }
    }

    private void spill(
            AggregateFeed feed, Column[] groupKeys, PartitionedSpill stream, int batchRows) {
        int count = feed.spillRows(groups());
        for (int from = 0; from < count; from += batchRows) {
            int rows = Math.min(batchRows, count - from);
            int[] rowGroups = feed.spillGroups(from, rows);
            List<Column> columns = new ArrayList<>();
            for (Column key : groupKeys) {
                columns.add(key.gather(rowGroups, rows));
            }
            columns.addAll(Arrays.asList(feed.spillColumns(from, rows)));
            stream.write(new Batch(rows, columns.toArray(Column[]::new)));
        }
    }

    /** Takes in rows of a stream. */
    void replay(int stream, Batch batch) {
        Column[] columns = batch.columns().toArray(Column[]::new);
        assign(Arrays.copyOf(columns, keys.length), batch.rows());
        int at = keys.length;
        for (AggregateFeed feed : stream == 0 ? plain : List.of(special.get(stream - 1))) {
            int end = at + feed.spillTypes().size();
            Column[] mine = Arrays.copyOfRange(columns, at, end);
            feed.replay(mine, groups, batch.rows(), groups());
            at = end;
        }
    }
}
