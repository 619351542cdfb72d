package org.skep.executor.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.kernel.Concat;
import org.skep.executor.kernel.Ordering;
import org.skep.executor.kernel.RandomRows;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.file.Split;
import org.skep.model.file.WriteTarget;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.SortKey;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Operators that give rows on, reordered, cut or multiplied. */
class RowOperatorsTest {
    @TempDir Path temp;

    @Test
    void sortAndTopNGiveTheStableOrder() {
        Random random = new Random(4);
        for (int run = 0; run < 40; run++) {
            List<Type> types = new ArrayList<>();
            List<SortKey> keys = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                types.add(RandomRows.ALL_TYPES.get(random.nextInt(RandomRows.ALL_TYPES.size())));
                keys.add(new SortKey(i, random.nextBoolean(), random.nextBoolean()));
            }
            types.add(Type.STRING);
            RandomRows data = new RandomRows(run, 1 + random.nextInt(30), random.nextInt(3) * 0.1);
            List<Batch> batches = data.batches(types, random.nextInt(300), 50);
            List<List<Object>> expected = stableOrder(types, batches, keys);
            int most = random.nextInt(60);
            for (Settings settings : Plans.settings(temp)) {
                Plans plans = new Plans();
                PlanNode scan = plans.scan(types, batches);
                assertEquals(expected, plans.run(new PlanNode.Sort(scan, keys), settings));
                assertEquals(
                        expected.subList(0, Math.min(most, expected.size())),
                        plans.run(new PlanNode.TopN(scan, keys, most), settings));
            }
        }
    }

    private static List<List<Object>> stableOrder(
            List<Type> types, List<Batch> batches, List<SortKey> keys) {
        Batch all = Concat.batches(types, batches);
        Column[] columns = new Column[keys.size()];
        Arrays.setAll(columns, i -> all.column(keys.get(i).column()));
        Ordering ordering = new Ordering(keys.toArray(SortKey[]::new), columns, columns);
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < all.rows(); i++) {
            rows.add(i);
        }
        rows.sort((a, b) -> ordering.compare((int) a, (int) b));
        List<List<Object>> boxed = RandomRows.boxed(List.of(all));
        return rows.stream().map(boxed::get).toList();
    }

    @Test
    void aLargeTopNKeepsTheFirstOfMany() {
        List<Type> types = List.of(Type.BIGINT, Type.STRING);
        List<Batch> batches = new RandomRows(8, 100_000, 0.01).batches(types, 60_000, 3000);
        List<SortKey> keys = List.of(new SortKey(0, false, false), new SortKey(1, true, true));
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        Plans plans = new Plans();
        PlanNode scan = plans.scan(types, batches);
        List<List<Object>> sorted = plans.run(new PlanNode.Sort(scan, keys), settings);
        assertEquals(
                sorted.subList(0, 500), plans.run(new PlanNode.TopN(scan, keys, 500), settings));
        Settings little = settings.with("memory", "1MB");
        assertEquals(sorted, plans.run(new PlanNode.Sort(scan, keys), little));
    }

    @Test
    void filterProjectExpandUnionAndLimit() {
        List<Type> types = List.of(Type.INTEGER, Type.STRING);
        List<Batch> batches = new RandomRows(6, 20, 0.1).batches(types, 500, 80);
        List<List<Object>> rows = RandomRows.boxed(batches);
        Expr first = new Expr.Input(0, Type.INTEGER);
        Expr second = new Expr.Input(1, Type.STRING);
        Expr isThree =
                new Expr.Compare(Expr.Comparison.EQUAL, first, new Expr.Literal(3, Type.INTEGER));
        for (Settings settings : Plans.settings(temp)) {
            Plans plans = new Plans();
            PlanNode scan = plans.scan(types, batches);
            List<List<Object>> kept =
                    rows.stream().filter(row -> Integer.valueOf(3).equals(row.get(0))).toList();
            assertEquals(kept, plans.run(new PlanNode.Filter(scan, isThree), settings));
            Schema swapped = Schema.of(new Field("b", Type.STRING), new Field("a", Type.INTEGER));
            PlanNode project = new PlanNode.Project(scan, List.of(second, first), swapped);
            assertEquals(
                    rows.stream().map(row -> Arrays.asList(row.get(1), row.get(0))).toList(),
                    plans.run(project, settings));
            PlanNode expand =
                    new PlanNode.Expand(
                            scan,
                            List.of(
                                    List.of(first, second),
                                    List.of(first, new Expr.Literal(null, Type.STRING))),
                            scan.schema());
            List<List<Object>> expanded = new ArrayList<>(rows);
            rows.forEach(row -> expanded.add(Arrays.asList(row.get(0), null)));
            assertEquals(Plans.sorted(expanded), Plans.sorted(plans.run(expand, settings)));
            PlanNode limit = new PlanNode.Limit(scan, 70, 100);
            assertEquals(rows.subList(70, 170), plans.run(limit, settings));
            assertEquals(List.of(), plans.run(new PlanNode.Limit(scan, 600, 5), settings));
            assertEquals(List.of(), plans.run(new PlanNode.Limit(scan, 0, 0), settings));
        }
    }

    @Test
    void unnestUnrollsArraysAndMapsSideBySide() {
        List<Type> types =
                List.of(Type.INTEGER, Type.array(Type.STRING), Type.map(Type.INTEGER, Type.STRING));
        List<Batch> batches = new RandomRows(9, 30, 0.2).batches(types, 200, 40);
        Schema schema = Schema.parse("a INTEGER, e STRING, k INTEGER, v STRING, n BIGINT");
        for (boolean outer : new boolean[] {true, false}) {
            List<List<Object>> expected = unrolled(RandomRows.boxed(batches), outer);
            for (Settings settings : Plans.settings(temp)) {
                Plans plans = new Plans();
                PlanNode scan = plans.scan(types, batches);
                PlanNode unnest =
                        new PlanNode.Unnest(
                                scan,
                                List.of(
                                        new Expr.Input(1, types.get(1)),
                                        new Expr.Input(2, types.get(2))),
                                outer,
                                true,
                                schema(types, schema));
                assertEquals(expected, plans.run(unnest, settings));
            }
        }
    }

    private static Schema schema(List<Type> input, Schema elements) {
        List<Field> fields = new ArrayList<>();
        input.forEach(type -> fields.add(new Field("c", type)));
        fields.addAll(elements.fields().subList(1, elements.size()));
        return new Schema(fields);
    }

    private static List<List<Object>> unrolled(List<List<Object>> rows, boolean outer) {
        List<List<Object>> out = new ArrayList<>();
        for (List<Object> row : rows) {
            List<?> list = row.get(1) == null ? List.of() : (List<?>) row.get(1);
            List<Map.Entry<?, ?>> entries = new ArrayList<>();
            if (row.get(2) != null) {
                entries.addAll(((Map<?, ?>) row.get(2)).entrySet());
            }
            int size = Math.max(list.size(), entries.size());
            for (int i = 0; i < size; i++) {
                List<Object> unrolled = new ArrayList<>(row);
                unrolled.add(i < list.size() ? list.get(i) : null);
                unrolled.add(i < entries.size() ? entries.get(i).getKey() : null);
                unrolled.add(i < entries.size() ? entries.get(i).getValue() : null);
                unrolled.add(i + 1L);
                out.add(unrolled);
            }
            if (size == 0 && outer) {
                List<Object> none = new ArrayList<>(row);
                none.addAll(Arrays.asList(null, null, null, null));
                out.add(none);
            }
        }
        return out;
    }

    @Test
    void writtenFilesAreReported() {
        List<Type> types = List.of(Type.INTEGER, Type.STRING);
        List<Batch> batches = new RandomRows(3, 20, 0).batches(types, 100, 30);
        Settings settings = Settings.defaults().with("temp_directory", temp.toString());
        WriteTarget target = new WriteTarget("parquet", temp.toString(), Map.of());
        for (List<Batch> input : List.of(batches, List.<Batch>of())) {
            Plans plans = new Plans();
            PlanNode write = new PlanNode.Write(plans.scan(types, input), target);
            List<List<Object>> report = plans.run(write, settings);
            assertEquals(1, report.size());
            Path file = temp.resolve((String) report.get(0).get(0));
            assertTrue(file.getFileName().toString().startsWith("part-00000"));
            assertEquals(input.isEmpty() ? 0L : 100L, report.get(0).get(1));
            assertEquals(file.toFile().length(), report.get(0).get(2));
            assertTrue(Files.exists(file));
        }
    }

    @Test
    void splitsAreSharedOutEvenlyAndInOrder() {
        Random random = new Random(12);
        for (int run = 0; run < 200; run++) {
            List<Split> splits = new ArrayList<>();
            for (int i = 0; i < random.nextInt(40); i++) {
                splits.add(new Split(null, i, random.nextInt(1000), -1));
            }
            int threads = 1 + random.nextInt(3);
            List<List<Split>> shares = TaskCount.shares(splits, TaskCount.most(splits, threads));
            assertEquals(Math.max(1, Math.min(4 * threads, splits.size())), shares.size());
            assertEquals(splits, shares.stream().flatMap(List::stream).toList());
            assertTrue(splits.isEmpty() || shares.stream().noneMatch(List::isEmpty));
        }
    }
}
