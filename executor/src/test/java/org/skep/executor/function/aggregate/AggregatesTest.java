package org.skep.executor.function.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.skep.executor.eval.Expressions;
import org.skep.executor.eval.RandomColumns;
import org.skep.executor.function.Accumulator;
import org.skep.executor.function.AggregateFunction;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.sketch.ColumnSketch;
import org.skep.model.spi.FunctionRegistry.Signature;
import org.skep.model.type.Type;

class AggregatesTest {
    private static final int GROUPS = 7;

    /** Every aggregate with every type it takes: rows in any split, merged, give the same. */
    @TestFactory
    Stream<DynamicTest> splitsGiveTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (AggregateFunction function : new StandardAggregates().functions()) {
            for (List<Type> types : candidates()) {
                Optional<Signature> signature = function.resolve(types);
                if (signature.isPresent()) {
                    String name = signature.get().name() + types;
                    tests.add(dynamicTest(name, () -> checkSplits(function, signature.get())));
                }
            }
        }
        return tests.stream();
    }

    private static List<List<Type>> candidates() {
        List<List<Type>> all = new ArrayList<>();
        all.add(List.of());
        for (Type type : RandomColumns.TYPES) {
            all.add(List.of(type));
            all.add(List.of(type, Type.DOUBLE));
            all.add(List.of(type, Type.STRING));
        }
        return all;
    }

    private static void checkSplits(AggregateFunction function, Signature signature) {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            List<Batch> batches = batches(signature, random);
            int[][] groups = new int[batches.size()][];
            int groupCount = seed % 2 == 0 ? GROUPS : 1;
            for (int b = 0; b < groups.length; b++) {
                int most = groupCount;
                groups[b] = random.ints(batches.get(b).rows(), 0, most).toArray();
            }
            List<Object> single = single(function, signature, batches, groups, groupCount);
            List<Object> merged = merged(function, signature, batches, groups, groupCount, random);
            int at = seed;
            for (int g = 0; g < single.size(); g++) {
                int group = g;
                assertTrue(
                        close(single.get(g), merged.get(g)),
                        () ->
                                "seed %d group %d: single %s, merged %s"
                                        .formatted(
                                                at, group, single.get(group), merged.get(group)));
            }
        }
    }

    private static List<Batch> batches(Signature signature, Random random) {
        RandomColumns columns = new RandomColumns(random);
        List<Batch> batches = new ArrayList<>();
        double fraction = random.nextInt(5) / 4.0;
        for (int b = 0; b < 5; b++) {
            int rows = 1 + random.nextInt(150);
            List<Type> types = signature.parameters();
            Column[] arguments = new Column[types.size()];
            for (int i = 0; i < arguments.length; i++) {
                boolean constant = i == 1 && !signature.name().matches("m.*_by|co.*|regr.*");
                Object value = types.get(i).kind() == Type.Kind.STRING ? "; " : fraction;
                arguments[i] =
                        constant
                                ? Column.constant(types.get(i), value, rows)
                                : columns.any(types.get(i), rows);
            }
            batches.add(new Batch(rows, arguments));
        }
        return batches;
    }

    private static List<Object> single(
            AggregateFunction function,
            Signature signature,
            List<Batch> batches,
            int[][] groups,
            int groupCount) {
        Accumulator all = function.accumulator(signature);
        try {
            for (int b = 0; b < groups.length; b++) {
                Batch batch = batches.get(b);
                all.add(
                        batch.columns().toArray(Column[]::new),
                        groups[b],
                        batch.rows(),
                        groupCount);
            }
            assertTrue(all.bytes() >= 0);
            return results(all, groupCount);
        } catch (QueryException refused) {
            assertEquals(ErrorCode.NUMERIC_OVERFLOW, refused.code());
            return List.of(refused.code());
        }
    }

    private static List<Object> merged(
            AggregateFunction function,
            Signature signature,
            List<Batch> batches,
            int[][] groups,
            int groupCount,
            Random random) {
        Accumulator target = function.accumulator(signature);
        List<Type> stateTypes = function.stateTypes(signature);
        try {
            Accumulator part = function.accumulator(signature);
            for (int b = 0; b < groups.length; b++) {
                Batch batch = batches.get(b);
                part.add(
                        batch.columns().toArray(Column[]::new),
                        groups[b],
                        batch.rows(),
                        groupCount);
                if (random.nextBoolean() || b == groups.length - 1) {
                    Column[] states = part.states(0, groupCount);
                    assertEquals(stateTypes, Stream.of(states).map(Column::type).toList());
                    int[] identity = new int[groupCount];
                    Arrays.setAll(identity, i -> i);
                    // states travel: through a gather, as an exchange does
                    for (int k = 0; k < states.length; k++) {
                        states[k] = states[k].gather(identity, groupCount);
                    }
                    target.merge(states, identity, groupCount, groupCount);
                    part = function.accumulator(signature);
                }
            }
            return results(target, groupCount);
        } catch (QueryException refused) {
            assertEquals(ErrorCode.NUMERIC_OVERFLOW, refused.code());
            return List.of(refused.code());
        }
    }

    /** In two pieces, and with a group that nothing was added to. */
    private static List<Object> results(Accumulator accumulator, int groupCount) {
        List<Object> out = new ArrayList<>();
        int half = groupCount / 2;
        for (Column part :
                List.of(
                        accumulator.results(0, half),
                        accumulator.results(half, groupCount - half + 1))) {
            for (int i = 0; i < part.rows(); i++) {
                out.add(part.value(i));
            }
        }
        return out;
    }

    private static boolean close(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            double scale = Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
            return x.equals(y) || Math.abs(x - y) <= 1e-9 * scale;
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.equals(x, y) || areAlike(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y && x.size() == y.size()) {
            for (int i = 0; i < x.size(); i++) {
                if (!close(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a == null ? b == null : a.equals(b);
    }

    /** Quantiles come out a little different for other splits; all else of a sketch does not. */
    private static boolean areAlike(byte[] a, byte[] b) {
        ColumnSketch x;
        ColumnSketch y;
        try {
            x = ColumnSketch.of(a);
            y = ColumnSketch.of(b);
        } catch (IllegalArgumentException noSketches) {
            return false;
        }
        return Arrays.equals(x.distinct().toBytes(), y.distinct().toBytes())
                && Arrays.equals(x.frequent().toBytes(), y.frequent().toBytes())
                && x.quantiles().total() == y.quantiles().total();
    }

    private static Object of(String name, Type type, Object... values) {
        return of(name, List.of(type), List.of(Arrays.asList(values)));
    }

    private static Object of(String name, List<Type> types, List<List<Object>> arguments) {
        Signature signature = FunctionLibrary.standard().aggregate(name, types).orElseThrow();
        int rows = arguments.get(0).size();
        Column[] columns = new Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(i), rows);
            arguments.get(i).forEach(builder::appendValue);
            Expr cast =
                    new Expr.Cast(
                            new Expr.Input(0, types.get(i)), signature.parameters().get(i), false);
            columns[i] = Expressions.evaluator(cast).evaluate(new Batch(rows, builder.build()));
        }
        Accumulator accumulator =
                FunctionLibrary.aggregateFunction(signature.name()).accumulator(signature);
        accumulator.add(columns, new int[rows], rows, 1);
        Column result = accumulator.results(0, 1);
        assertEquals(signature.result(), result.type());
        return result.value(0);
    }

    @Test
    void sums() {
        assertEquals(6L, of("sum", Type.INTEGER, 1, 2, null, 3));
        assertEquals(null, of("sum", Type.INTEGER, (Object) null));
        assertEquals(Long.MAX_VALUE, of("sum", Type.BIGINT, Long.MAX_VALUE, 1L, -1L));
        assertEquals(Long.MIN_VALUE, of("sum", Type.BIGINT, Long.MIN_VALUE, -1L, 1L, null));
        QueryException overflow =
                assertThrows(
                        QueryException.class, () -> of("sum", Type.BIGINT, Long.MAX_VALUE, 1L));
        assertEquals(ErrorCode.NUMERIC_OVERFLOW, overflow.code());
        assertEquals(
                new BigDecimal("0.30"),
                of("sum", Type.decimal(3, 2), new BigDecimal("0.10"), new BigDecimal("0.20")));
        assertEquals(0.75, of("sum", Type.DOUBLE, 0.5, 0.25));
        assertEquals(2.5, of("avg", Type.INTEGER, 1, 4, null));
        assertEquals(
                0.1, of("avg", Type.decimal(3, 1), new BigDecimal("0.1"), new BigDecimal("0.1")));
    }

    @Test
    void statistics() {
        assertEquals(4.571428571428571, of("variance", Type.INTEGER, 2, 4, 4, 4, 5, 5, 7, 9));
        assertEquals(2.0, of("stddev_pop", Type.INTEGER, 2, 4, 4, 4, 5, 5, 7, 9));
        assertEquals(null, of("stddev", Type.INTEGER, 1));
        assertEquals(2.5, of("median", Type.INTEGER, 4, 1, 2, 3, null));
        assertEquals(4, of("mode", Type.INTEGER, 2, 4, 4, 5));
        assertEquals(1.5, of("entropy", Type.STRING, "a", "b", "a", "c", null));
        List<Object> x = List.of(1.0, 2.0, 3.0);
        List<Object> y = List.of(2.0, 4.0, 6.0);
        List<Type> two = List.of(Type.DOUBLE, Type.DOUBLE);
        assertEquals(1.0, (double) of("corr", two, List.of(y, x)), 1e-12);
        assertEquals(2.0, (double) of("regr_slope", two, List.of(y, x)), 1e-12);
        assertEquals(1.5, of("percentile_cont", two, List.of(x, List.of(0.25, 0.25, 0.25))));
        assertEquals(
                "b",
                of(
                        "max_by",
                        List.of(Type.STRING, Type.INTEGER),
                        List.of(List.of("a", "b"), List.of(1, 2))));
    }

    @Test
    void collections() {
        assertEquals(Arrays.asList(2, null, 1), of("array_agg", Type.INTEGER, 2, null, 1));
        assertEquals(List.of(2, 1), of("collect_list", Type.INTEGER, 2, null, 1));
        assertEquals(List.of(1, 2), of("collect_set", Type.INTEGER, 2, 1, 2, null));
        assertEquals("a,b", of("string_agg", Type.STRING, "a", null, "b"));
        assertEquals(true, of("bool_and", Type.BOOLEAN, true, null));
        assertEquals(3L, of("count", Type.INTEGER, 1, 2, null, 4));
    }

    @Test
    void approximateCountsAreWithinFivePercent() {
        for (int distinct : new int[] {100, 10_000, 300_000}) {
            Object[] values = new Object[distinct];
            Arrays.setAll(values, i -> (long) i * 7919);
            long estimate = (Long) of("approx_count_distinct", Type.BIGINT, values);
            assertEquals(distinct, estimate, distinct * 0.05);
        }
    }

    @Test
    void everyFileOfThePackageIsInTheList() throws Exception {
        var folder = java.nio.file.Path.of("src/main/java/org/skep/executor/function/aggregate");
        String list = java.nio.file.Files.readString(folder.resolve("StandardAggregates.java"));
        try (var files = java.nio.file.Files.list(folder)) {
            for (var file : files.toList()) {
                boolean hasFunctions =
                        java.nio.file.Files.readString(file)
                                .contains("static final List<AggregateFunction> FUNCTIONS");
                String name = file.getFileName().toString().replace(".java", "");
                assertTrue(!hasFunctions || list.contains(name + ".FUNCTIONS"), name);
            }
        }
        assertFalse(list.isEmpty());
    }
}
