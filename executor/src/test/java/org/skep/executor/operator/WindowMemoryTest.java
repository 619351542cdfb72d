package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.data.Batch;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.plan.WindowCall;
import org.skep.model.plan.WindowCall.Edge;
import org.skep.model.plan.WindowCall.Frame;
import org.skep.model.plan.WindowCall.Unit;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** What window functions reserve for a partition that is large. */
class WindowMemoryTest {
    private static final List<Type> TYPES =
            List.of(Type.STRING, Type.INTEGER, Type.INTEGER, Type.BIGINT);

    @TempDir Path temp;

    /** One partition of 100,000 rows, which take more than 2 MB, two of them peers at a time. */
    @Test
    void aLargePartitionNeedsLittleMemory() {
        Frame whole = Frame.WHOLE_PARTITION;
        Frame rows = upToHere(Unit.ROWS);
        Frame peers = upToHere(Unit.RANGE);
        Frame near = new Frame(Unit.ROWS, Edge.PRECEDING, 9L, Edge.FOLLOWING, 9L, null);
        List<List<WindowCall>> streamed =
                List.of(
                        List.of(call("row_number", Type.BIGINT), call("rank", Type.BIGINT)),
                        List.of(call("dense_rank", Type.BIGINT)),
                        List.of(over("lag", List.of(2), false, whole, Type.INTEGER)),
                        List.of(over("lead", List.of(2), false, whole, Type.INTEGER)),
                        List.of(over("first_value", List.of(2), false, peers, Type.INTEGER)),
                        List.of(over("last_value", List.of(2), true, rows, Type.INTEGER)),
                        List.of(over("sum", List.of(2), false, rows, Type.BIGINT)),
                        List.of(over("sum", List.of(2), false, peers, Type.BIGINT)),
                        List.of(over("sum", List.of(2), false, near, Type.BIGINT)));
        streamed.forEach(calls -> assertTrue(peak(calls, "auto") < 1 << 19, calls.toString()));
        List<List<WindowCall>> spilled =
                List.of(
                        List.of(call("percent_rank", Type.DOUBLE), call("cume_dist", Type.DOUBLE)),
                        List.of(over("sum", List.of(2), false, whole, Type.BIGINT)),
                        List.of(over("last_value", List.of(2), true, whole, Type.INTEGER)));
        for (List<WindowCall> calls : spilled) {
            assertTrue(peak(calls, "auto") > 1 << 21, calls.toString());
            assertTrue(peak(calls, "always") < 1 << 19, calls.toString());
        }
    }

    private long peak(List<WindowCall> calls, String spill) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            rows.add(List.of("a", i / 2, i % 7, (long) i));
        }
        List<Field> fields = new ArrayList<>();
        TYPES.forEach(type -> fields.add(new Field("c" + fields.size(), type)));
        PlanNode values = new PlanNode.Values(new Schema(fields), rows);
        calls.forEach(call -> fields.add(new Field("w", call.type())));
        List<SortKey> order = List.of(new SortKey(1, true, true));
        PlanNode window = new PlanNode.Window(values, List.of(0), order, calls, new Schema(fields));
        Settings settings =
                Settings.defaults().with("temp_directory", temp.toString()).with("spill", spill);
        Plans plans = new Plans();
        assertEquals(100_000, plans.batches(window, settings).stream().mapToInt(Batch::rows).sum());
        return plans.peak();
    }

    private static Frame upToHere(Unit unit) {
        return new Frame(unit, Edge.UNBOUNDED_PRECEDING, null, Edge.CURRENT_ROW, null, null);
    }

    private static WindowCall call(String name, Type type) {
        return new WindowCall(name, List.of(), List.of(), false, Frame.WHOLE_PARTITION, type);
    }

    private static WindowCall over(
            String name, List<Integer> arguments, boolean ignoreNulls, Frame frame, Type type) {
        List<Type> types = arguments.stream().map(TYPES::get).toList();
        return new WindowCall(name, types, arguments, ignoreNulls, frame, type, 1L);
    }
}
