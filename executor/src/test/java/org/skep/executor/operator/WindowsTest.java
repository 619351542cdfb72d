package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.RandomRows;
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

/** Window functions against the definition, row by row: partition, order, number and value. */
class WindowsTest {
    private static final List<Type> TYPES =
            List.of(Type.STRING, Type.INTEGER, Type.INTEGER, Type.BIGINT);

    @TempDir Path temp;
    private final Random random = new Random(77);

    @Test
    void rankingFunctions() {
        for (int run = 0; run < 20; run++) {
            check(
                    List.of(
                            call("row_number", Type.BIGINT),
                            call("rank", Type.BIGINT),
                            call("dense_rank", Type.BIGINT),
                            call("percent_rank", Type.DOUBLE),
                            call("cume_dist", Type.DOUBLE)));
        }
    }

    /** What streams alone may not beside others, so that each has its turn. */
    @Test
    void functionsAlone() {
        for (int run = 0; run < 20; run++) {
            Frame frame = run % 4 == 0 ? Frame.WHOLE_PARTITION : frame();
            for (WindowCall call : calls(frame)) {
                check(List.of(call));
            }
            check(List.of(call("percent_rank", Type.DOUBLE), call("row_number", Type.BIGINT)));
        }
    }

    @Test
    void valueFunctionsAndAggregatesOverAllFrames() {
        for (int run = 0; run < 120; run++) {
            check(calls(frame()));
        }
    }

    private List<WindowCall> calls(Frame frame) {
        List<WindowCall> calls = new ArrayList<>();
        boolean ignoreNulls = random.nextBoolean();
        for (String name : List.of("first_value", "last_value", "lag", "lead")) {
            calls.add(over(name, List.of(2), ignoreNulls, frame, Type.INTEGER));
        }
        for (String name : List.of("sum", "count", "min")) {
            Type type = name.equals("min") ? Type.INTEGER : Type.BIGINT;
            calls.add(over(name, List.of(2), false, frame, type));
        }
        calls.add(over(Listing.NAME, List.of(2), false, frame, Type.array(Type.INTEGER)));
        return calls;
    }

    private static WindowCall call(String name, Type type) {
        return new WindowCall(name, List.of(), List.of(), false, Frame.WHOLE_PARTITION, type);
    }

    private static WindowCall over(
            String name, List<Integer> arguments, boolean ignoreNulls, Frame frame, Type type) {
        List<Type> types = arguments.stream().map(TYPES::get).toList();
        Long distance = name.equals("lag") || name.equals("lead") ? 1L : null;
        return new WindowCall(name, types, arguments, ignoreNulls, frame, type, distance);
    }

    private Frame frame() {
        Unit unit = Unit.values()[random.nextInt(3)];
        Edge[] edges = Edge.values();
        Edge from = edges[random.nextInt(4)];
        Edge to = edges[1 + random.nextInt(4)];
        return new Frame(unit, from, offset(from), to, offset(to), Type.INTEGER);
    }

    private Object offset(Edge edge) {
        return edge == Edge.PRECEDING || edge == Edge.FOLLOWING ? (long) random.nextInt(5) : null;
    }

    private void check(List<WindowCall> calls) {
        SortKey order = new SortKey(1, random.nextBoolean(), random.nextBoolean());
        RandomRows data = new RandomRows(random.nextLong(), 1 + random.nextInt(20), 0.15);
        List<Batch> batches = data.batches(TYPES, random.nextInt(150), 30);
        List<SortKey> sorting =
                List.of(new SortKey(0, true, true), order, new SortKey(3, true, true));
        List<Integer> partition = random.nextInt(4) == 0 ? List.of() : List.of(0);
        for (Settings settings : Plans.settings(temp)) {
            Plans plans = new Plans();
            PlanNode sorted =
                    new PlanNode.Sort(
                            plans.scan(TYPES, batches),
                            partition.isEmpty() ? List.of(order) : sorting);
            List<Field> fields = new ArrayList<>(sorted.schema().fields());
            calls.forEach(call -> fields.add(new Field("w", call.type())));
            PlanNode window =
                    new PlanNode.Window(
                            sorted, partition, List.of(order), calls, new Schema(fields));
            List<List<Object>> input = plans.run(sorted, settings);
            List<List<Object>> expected = new ArrayList<>();
            for (int i = 0; i < input.size(); i++) {
                List<Object> row = new ArrayList<>(input.get(i));
                for (WindowCall call : calls) {
                    row.add(value(call, input, i, !partition.isEmpty(), order));
                }
                expected.add(row);
            }
            assertEquals(expected, plans.run(window, settings), () -> calls + " " + order);
        }
    }

    private static Object value(
            WindowCall call, List<List<Object>> all, int at, boolean partitioned, SortKey order) {
        int start = at;
        int end = at + 1;
        while (start > 0 && (!partitioned || same(all, start - 1, at, 0))) {
            start--;
        }
        while (end < all.size() && (!partitioned || same(all, end, at, 0))) {
            end++;
        }
        List<List<Object>> rows = all.subList(start, end);
        int row = at - start;
        int peers = row;
        while (peers > 0 && same(rows, peers - 1, row, 1)) {
            peers--;
        }
        int peersEnd = row + 1;
        while (peersEnd < rows.size() && same(rows, peersEnd, row, 1)) {
            peersEnd++;
        }
        int size = rows.size();
        return switch (call.function()) {
            case "row_number" -> row + 1L;
            case "rank" -> peers + 1L;
            case "dense_rank" ->
                    rows.subList(0, row + 1).stream().map(r -> r.get(1)).distinct().count();
            case "percent_rank" -> size == 1 ? 0.0 : (double) peers / (size - 1);
            case "cume_dist" -> (double) peersEnd / size;
            case "lag" -> shifted(call, rows, row, -1);
            case "lead" -> shifted(call, rows, row, 1);
            default -> overFrame(call, rows, row, order);
        };
    }

    private static boolean same(List<List<Object>> rows, int i, int j, int column) {
        return Objects.equals(rows.get(i).get(column), rows.get(j).get(column));
    }

    private static Object shifted(WindowCall call, List<List<Object>> rows, int row, int by) {
        for (int i = row + by; i >= 0 && i < rows.size(); i += by) {
            Object value = rows.get(i).get(2);
            if (value != null || !call.ignoreNulls()) {
                return value;
            }
        }
        return null;
    }

    private static Object overFrame(
            WindowCall call, List<List<Object>> rows, int row, SortKey order) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Frame frame = call.frame();
            if (after(frame.unit(), frame.from(), frame.fromOffset(), rows, i, row, order) >= 0
                    && after(frame.unit(), frame.to(), frame.toOffset(), rows, i, row, order)
                            <= 0) {
                values.add(rows.get(i).get(2));
            }
        }
        List<Integer> present =
                values.stream().filter(Objects::nonNull).map(Integer.class::cast).toList();
        List<?> chosen = call.ignoreNulls() ? present : values;
        return switch (call.function()) {
            case "first_value" -> chosen.isEmpty() ? null : chosen.get(0);
            case "last_value" -> chosen.isEmpty() ? null : chosen.get(chosen.size() - 1);
            case "count" -> (long) present.size();
            case "sum" ->
                    present.isEmpty()
                            ? null
                            : (Object) present.stream().mapToLong(Integer::longValue).sum();
            case "min" -> present.stream().min(Integer::compare).orElse(null);
            default -> values.isEmpty() ? null : values;
        };
    }

    /** Negative, zero or positive, as row i lies before, on or after an edge of a row's frame. */
    private static int after(
            Unit unit,
            Edge edge,
            Object offset,
            List<List<Object>> rows,
            int i,
            int row,
            SortKey order) {
        if (edge == Edge.UNBOUNDED_PRECEDING) {
            return 1;
        }
        if (edge == Edge.UNBOUNDED_FOLLOWING) {
            return -1;
        }
        long by =
                edge == Edge.CURRENT_ROW
                        ? 0
                        : edge == Edge.PRECEDING ? -(Long) offset : (Long) offset;
        return switch (unit) {
            case ROWS -> Long.compare(i, row + by);
            case GROUPS -> Long.compare(group(rows, i), group(rows, row) + by);
            case RANGE -> {
                Integer mine = (Integer) rows.get(row).get(1);
                Integer other = (Integer) rows.get(i).get(1);
                if (mine == null || other == null) {
                    boolean both = mine == null && other == null;
                    int nulls = order.nullsFirst() ? -1 : 1;
                    yield both ? 0 : other == null ? nulls : -nulls;
                }
                int direction = order.ascending() ? 1 : -1;
                yield direction * Long.compare(other, mine + direction * by);
            }
        };
    }

    private static long group(List<List<Object>> rows, int row) {
        long number = 0;
        for (int i = 1; i <= row; i++) {
            number += same(rows, i - 1, i, 1) ? 0 : 1;
        }
        return number;
    }

    @Test
    void offsetsOfDatesDecimalsAndDoubles() {
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        Frame month = range(1, Type.INTERVAL_MONTH);
        int january31 = 19753; // 2024-01-31
        assertEquals(
                List.of(1L, 2L, 2L, 1L),
                counts(
                        Type.DATE,
                        List.of(january31, january31 + 29, 19811, 19844),
                        month,
                        settings));
        long day = 86_400_000_000L;
        assertEquals(
                List.of(1L, 2L, 1L),
                counts(Type.DATE, List.of(1, 2, 4), range(day, Type.INTERVAL_DAY), settings));
        assertEquals(
                List.of(1L, 2L, 1L),
                counts(
                        Type.TIMESTAMP,
                        List.of(0L, day, 2 * day + 1),
                        range(day, Type.INTERVAL_DAY),
                        settings));
        assertEquals(
                List.of(1L, 2L, 1L),
                counts(
                        Type.decimal(10, 2),
                        List.of(decimal("1.00"), decimal("1.50"), decimal("2.01")),
                        range(decimal("0.5"), Type.decimal(2, 1)),
                        settings));
        assertEquals(
                List.of(1L, 2L, 1L),
                counts(
                        Type.DOUBLE,
                        List.of(1.0, 1.5, Double.NaN),
                        range(0.5, Type.DOUBLE),
                        settings));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static Frame range(Object offset, Type type) {
        return new Frame(Unit.RANGE, Edge.PRECEDING, offset, Edge.CURRENT_ROW, null, type);
    }

    /** How many rows lie in the frame of each of these sorted values. */
    private static List<Object> counts(
            Type type, List<Object> values, Frame frame, Settings settings) {
        Schema schema = Schema.of(new Field("v", type));
        List<List<Object>> rows = values.stream().map(value -> Arrays.asList(value)).toList();
        WindowCall count = new WindowCall("count", List.of(), List.of(), false, frame, Type.BIGINT);
        PlanNode window =
                new PlanNode.Window(
                        new PlanNode.Values(schema, rows),
                        List.of(),
                        List.of(new SortKey(0, true, true)),
                        List.of(count),
                        Schema.of(new Field("v", type), new Field("n", Type.BIGINT)));
        return new Plans().run(window, settings).stream().map(row -> row.get(1)).toList();
    }

    @Test
    void ntileSharesOutEvenly() {
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        Schema schema = Schema.of(new Field("n", Type.INTEGER));
        for (int rows = 1; rows < 12; rows++) {
            for (int buckets = 1; buckets < 14; buckets++) {
                List<List<Object>> values = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    values.add(List.of(buckets));
                }
                WindowCall ntile =
                        new WindowCall(
                                "ntile",
                                List.of(Type.INTEGER),
                                List.of(0),
                                false,
                                Frame.WHOLE_PARTITION,
                                Type.BIGINT);
                PlanNode window =
                        new PlanNode.Window(
                                new PlanNode.Values(schema, values),
                                List.of(),
                                List.of(),
                                List.of(ntile),
                                Schema.of(schema.field(0), new Field("w", Type.BIGINT)));
                List<Object> expected = new ArrayList<>();
                for (int bucket = 1; bucket <= buckets; bucket++) {
                    int size = rows / buckets + (bucket <= rows % buckets ? 1 : 0);
                    for (int i = 0; i < size; i++) {
                        expected.add((long) bucket);
                    }
                }
                List<Object> actual =
                        new Plans().run(window, settings).stream().map(r -> r.get(1)).toList();
                assertEquals(expected, actual);
            }
        }
    }
}
