package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.RandomRows;
import org.skep.model.data.Batch;
import org.skep.model.plan.AggregateCall;
import org.skep.model.plan.AggregateCall.Step;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Aggregation against maps of boxed rows. */
class AggregatesTest {
    private static final List<List<Type>> KEYS =
            List.of(
                    List.of(),
                    List.of(Type.INTEGER),
                    List.of(Type.BIGINT),
                    List.of(Type.STRING),
                    List.of(Type.STRING, Type.BOOLEAN),
                    List.of(Type.DATE, Type.decimal(30, 3)),
                    List.of(Type.array(Type.STRING)));

    @TempDir Path temp;

    @Test
    void everyKindOfCallInOneStepAndInTwo() {
        Random random = new Random(99);
        for (List<Type> keys : KEYS) {
            for (int rows : new int[] {0, 1, 150}) {
                check(random, keys, rows);
            }
        }
    }

    private void check(Random random, List<Type> keys, int rows) {
        List<Type> types = new ArrayList<>(keys);
        types.add(Type.INTEGER); // argument
        types.add(Type.BOOLEAN); // filter
        types.add(Type.BIGINT); // order
        RandomRows data = new RandomRows(random.nextLong(), 1 + random.nextInt(40), 0.1);
        List<Batch> batches = data.batches(types, rows, 60);
        int argument = keys.size();
        List<List<Object>> expected = expected(RandomRows.boxed(batches), keys.size());
        for (Settings settings : Plans.settings(temp)) {
            Plans plans = new Plans();
            PlanNode scan = plans.scan(types, batches);
            PlanNode single =
                    aggregate(
                            scan,
                            keys.size(),
                            List.of(
                                    call("count", List.of(), List.of(), false, -1),
                                    call("sum", argument, false, -1),
                                    call("sum", argument, false, argument + 1),
                                    call("count", argument, true, -1),
                                    call("sum", argument, true, argument + 1),
                                    ordered(argument)));
            assertEquals(
                    Plans.sorted(expected),
                    Plans.sorted(plans.run(single, settings)),
                    () -> keys + " " + rows + " " + settings);
            List<List<Object>> firstThree = new ArrayList<>();
            expected.forEach(row -> firstThree.add(row.subList(0, keys.size() + 3)));
            assertEquals(
                    Plans.sorted(firstThree),
                    Plans.sorted(plans.run(twoSteps(scan, keys, argument), settings)),
                    () -> keys + " " + rows + " " + settings);
        }
    }

    private static AggregateCall call(String name, int argument, boolean distinct, int filter) {
        return call(name, List.of(Type.INTEGER), List.of(argument), distinct, filter);
    }

    private static AggregateCall call(
            String name, List<Type> types, List<Integer> arguments, boolean distinct, int filter) {
        return new AggregateCall(
                name, types, arguments, distinct, filter, List.of(), Step.SINGLE, Type.BIGINT);
    }

    /** The arguments in the order of the last column, then of themselves. */
    private static AggregateCall ordered(int argument) {
        return new AggregateCall(
                Listing.NAME,
                List.of(Type.INTEGER),
                List.of(argument),
                false,
                -1,
                List.of(new SortKey(argument + 2, false, true), new SortKey(argument, true, true)),
                Step.SINGLE,
                Type.array(Type.INTEGER));
    }

    private static PlanNode.Aggregate aggregate(
            PlanNode input, int keys, List<AggregateCall> calls) {
        List<Integer> places = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            places.add(i);
            fields.add(input.schema().field(i));
        }
        calls.forEach(call -> fields.add(new Field("r", call.type())));
        return new PlanNode.Aggregate(input, places, calls, new Schema(fields));
    }

    private static PlanNode twoSteps(PlanNode scan, List<Type> keys, int argument) {
        Plans plans = new Plans();
        List<AggregateCall> calls =
                List.of(
                        call("count", List.of(), List.of(), false, -1),
                        call("sum", argument, false, -1),
                        call("sum", argument, false, argument + 1));
        List<AggregateCall> partial = new ArrayList<>();
        List<AggregateCall> last = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            fields.add(new Field("k" + i, keys.get(i)));
            places.add(i);
        }
        for (AggregateCall call : calls) {
            List<Integer> states = new ArrayList<>();
            for (Type type : plans.stateTypes(call.function(), call.types())) {
                states.add(fields.size());
                fields.add(new Field("s", type));
            }
            partial.add(call.with(Step.PARTIAL, call.arguments()));
            last.add(call.with(Step.FINAL, states));
        }
        PlanNode first = new PlanNode.Aggregate(scan, places, partial, new Schema(fields));
        return aggregate(first, keys.size(), last);
    }

    private static List<List<Object>> expected(List<List<Object>> rows, int keys) {
        Map<List<Object>, List<List<Object>>> groups = new LinkedHashMap<>();
        if (keys == 0) {
            groups.put(List.of(), new ArrayList<>());
        }
        rows.forEach(
                row ->
                        groups.computeIfAbsent(row.subList(0, keys), key -> new ArrayList<>())
                                .add(row));
        List<List<Object>> out = new ArrayList<>();
        groups.forEach(
                (key, members) -> {
                    List<Object> row = new ArrayList<>(key);
                    List<List<Object>> filtered =
                            members.stream()
                                    .filter(m -> Boolean.TRUE.equals(m.get(keys + 1)))
                                    .toList();
                    row.add((long) members.size());
                    row.add(sum(values(members, keys)));
                    row.add(sum(values(filtered, keys)));
                    Set<Object> distinct = new LinkedHashSet<>(values(members, keys));
                    distinct.remove(null);
                    row.add((long) distinct.size());
                    row.add(sum(new LinkedHashSet<>(values(filtered, keys))));
                    row.add(inOrder(members, keys));
                    out.add(row);
                });
        return out;
    }

    private static List<Object> values(List<List<Object>> rows, int column) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.get(column)));
        return values;
    }

    private static Long sum(Iterable<Object> values) {
        long sum = 0;
        boolean any = false;
        for (Object value : values) {
            if (value != null) {
                sum += (Integer) value;
                any = true;
            }
        }
        return any ? sum : null;
    }

    /** The last column descending with nulls first, then the argument ascending, nulls first. */
    private static Object inOrder(List<List<Object>> rows, int column) {
        List<List<Object>> sorted = new ArrayList<>(rows);
        sorted.sort(
                (a, b) -> {
                    int order = nullsFirst((Long) b.get(column + 2), (Long) a.get(column + 2));
                    if (a.get(column + 2) == null || b.get(column + 2) == null) {
                        order = -order;
                    }
                    return order != 0
                            ? order
                            : nullsFirst((Integer) a.get(column), (Integer) b.get(column));
                });
        return sorted.isEmpty() ? null : values(sorted, column);
    }

    private static <T extends Comparable<T>> int nullsFirst(T a, T b) {
        if (a == null || b == null) {
            return Boolean.compare(b == null, a == null);
        }
        return a.compareTo(b);
    }

    @Test
    void partialStepsOverManyGroupsHandStatesOn() {
        List<Type> types = List.of(Type.BIGINT, Type.INTEGER);
        List<Batch> batches = new RandomRows(5, 1_000_000, 0).batches(types, 300_000, 4000);
        Plans plans = new Plans();
        PlanNode scan = plans.scan(types, batches);
        PlanNode plan = twoStepSum(plans, scan);
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        Map<Object, Long> sums = new LinkedHashMap<>();
        RandomRows.boxed(batches)
                .forEach(row -> sums.merge(row.get(0), (long) (Integer) row.get(1), Long::sum));
        List<List<Object>> rows = plans.run(plan, settings);
        assertEquals(sums.size(), rows.size());
        rows.forEach(row -> assertEquals(sums.get(row.get(0)), row.get(1)));
        // so little memory that everything goes to disk
        List<List<Object>> spilled = plans.run(plan, settings.with("memory", "1MB"));
        assertEquals(new TreeSet<>(texts(rows)), new TreeSet<>(texts(spilled)));
        assertEquals(rows.size(), spilled.size());
    }

    private static List<String> texts(List<List<Object>> rows) {
        return rows.stream().map(Object::toString).toList();
    }

    private static PlanNode twoStepSum(Plans plans, PlanNode scan) {
        AggregateCall sum = call("sum", 1, false, -1);
        List<Field> fields = new ArrayList<>(List.of(scan.schema().field(0)));
        List<Integer> states = new ArrayList<>();
        for (Type type : plans.stateTypes("sum", List.of(Type.INTEGER))) {
            states.add(fields.size());
            fields.add(new Field("s", type));
        }
        PlanNode partial =
                new PlanNode.Aggregate(
                        scan,
                        List.of(0),
                        List.of(sum.with(Step.PARTIAL, sum.arguments())),
                        new Schema(fields));
        return aggregate(partial, 1, List.of(sum.with(Step.FINAL, states)));
    }
}
