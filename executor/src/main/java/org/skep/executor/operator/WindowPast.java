package org.skep.executor.operator;

import java.util.HashMap;
import java.util.Map;
import org.skep.executor.function.Accumulator;
import org.skep.executor.kernel.Runs;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.WindowCall;
import org.skep.model.plan.WindowCall.Edge;

/**
 * What is kept of the rows of a partition when they are gone themselves.
 *
 * @param partition the partition keys of the last of them, one row each
 * @param order the columns of the window's order, likewise
 * @param rows how many there were
 * @param peers how many of them, the last ones, are peers
 * @param groups how many groups of peers came before those
 * @param states for functions whose frames begin with the partition: the aggregate's state over all
 *     of them, or the value that {@code first_value} or {@code last_value} has so far; one row each
 */
record WindowPast(
        Column[] partition,
        Column[] order,
        long rows,
        long peers,
        long groups,
        Map<WindowCall, Column[]> states) {
    static final WindowPast NONE = new WindowPast(new Column[0], new Column[0], 0, 0, 0, Map.of());

    /** What it is for rows of which the first has these keys. */
    WindowPast before(Column[] firstPartition, Column[] firstOrder) {
        if (rows == 0 || !Runs.same(partition, 0, firstPartition, 0)) {
            return NONE;
        }
        return Runs.same(order, 0, firstOrder, 0)
                ? this
                : new WindowPast(partition, order, rows, 0, groups + 1, states);
    }

    /** The same for what comes after the first {@code gone} rows, at least one. */
    static WindowPast after(
            WindowRows rows, int gone, PlanNode.Window window, OperatorServices services) {
        int last = gone - 1;
        int start = rows.partitionStart(last);
        long peers = rows.rowsBefore(last) - rows.rowsBeforePeers(last) + 1;
        Map<WindowCall, Column[]> states = new HashMap<>();
        for (WindowCall call : window.calls()) {
            Column[] state =
                    states.containsKey(call) ? null : state(call, rows, start, gone, services);
            if (state != null) {
                states.put(call, state);
            }
        }
        return new WindowPast(
                single(rows.partitionKeys(), last),
                single(rows.orderKeys(), last),
                rows.rowsBefore(last) + 1,
                peers,
                rows.groupsBefore(last),
                states);
    }

    private static Column[] single(Column[] columns, int row) {
        Column[] out = new Column[columns.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = columns[i].gather(new int[] {row}, 1);
        }
        return out;
    }

    private static Column[] state(
            WindowCall call, WindowRows rows, int start, int end, OperatorServices services) {
        Column[] before = start == 0 ? rows.before(call) : null;
        if (call.frame().from() != Edge.UNBOUNDED_PRECEDING) {
            return null;
        }
        return switch (call.function()) {
            case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist" -> null;
            case "ntile", "lag", "lead", "nth_value" -> null;
            case "first_value" -> before != null ? before : value(call, rows, start, end, 1);
            case "last_value" -> {
                Column[] value =
                        call.ignoreNulls() ? value(call, rows, end - 1, start - 1, -1) : null;
                yield value != null ? value : before;
            }
            default -> {
                boolean whole = WindowFrames.isWhole(call.frame());
                yield whole ? null : aggregate(call, before, rows, start, end, services);
            }
        };
    }

    /** The first row, or the first that is not null, on the way; null for none. */
    private static Column[] value(WindowCall call, WindowRows rows, int from, int to, int step) {
        Column values = rows.rows().column(call.arguments().get(0));
        for (int row = from; row != to; row += step) {
            if (!call.ignoreNulls() || !values.isNull(row)) {
                return new Column[] {values.gather(new int[] {row}, 1)};
            }
        }
        return null;
    }

    private static Column[] aggregate(
            WindowCall call,
            Column[] before,
            WindowRows rows,
            int start,
            int end,
            OperatorServices services) {
        Accumulator state = services.accumulator(call.function(), call.types());
        if (before != null) {
            state.merge(before, new int[1], 1, 1);
        }
        Column[] arguments = new Column[call.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = rows.rows().column(call.arguments().get(i)).slice(start, end - start);
        }
        state.add(arguments, new int[end - start], end - start, 1);
        return state.states(0, 1);
    }
}
