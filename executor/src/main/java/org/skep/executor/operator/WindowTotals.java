package org.skep.executor.operator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.skep.executor.function.Accumulator;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.WindowCall;

/** What window functions must know of a whole partition, gathered while its rows go by. */
final class WindowTotals {
    private final Map<WindowCall, Accumulator> aggregates = new HashMap<>();
    private final Map<WindowCall, Column> values = new HashMap<>(); // one row each
    private long rows;

    WindowTotals(PlanNode.Window window, OperatorServices services) {
        for (WindowCall call : window.calls()) {
            if (!WindowFrames.isWhole(call.frame())) {
                continue;
            }
            switch (call.function()) {
                case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist" -> {}
                case "ntile", "lag", "lead", "nth_value" -> {}
                case "first_value", "last_value" -> values.put(call, null);
                default -> {
                    aggregates.put(call, services.accumulator(call.function(), call.types()));
                }
            }
        }
    }

    void add(Batch batch) {
        rows += batch.rows();
        int[] groups = new int[batch.rows()];
        aggregates.forEach(
                (call, state) -> {
                    Column[] arguments = new Column[call.arguments().size()];
                    Arrays.setAll(arguments, i -> batch.column(call.arguments().get(i)));
                    state.add(arguments, groups, groups.length, 1);
                });
        values.replaceAll((call, value) -> value(call, value, batch));
    }

    private static Column value(WindowCall call, Column before, Batch batch) {
        boolean first = call.function().equals("first_value");
        Column values = batch.column(call.arguments().get(0));
        if (first && before != null && !(call.ignoreNulls() && before.isNull(0))) {
            return before;
        }
        for (int i = 0; i < batch.rows(); i++) {
            int row = first ? i : batch.rows() - 1 - i;
            if (!call.ignoreNulls() || !values.isNull(row)) {
                return values.gather(new int[] {row}, 1);
            }
        }
        return before != null ? before : values.gather(new int[1], 1); // all are null
    }

    long rows() {
        return rows;
    }

    /** The value that all rows have, once for each of {@code count} rows. */
    Column result(WindowCall call, int count) {
        Column one =
                aggregates.containsKey(call)
                        ? aggregates.get(call).results(0, 1)
                        : values.get(call);
        return one.gather(new int[count], count);
    }

    /** Bytes of heap held, about. */
    long bytes() {
        return aggregates.values().stream().mapToLong(Accumulator::bytes).sum();
    }
}
