package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileTable;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Leaving out what cannot match never leaves out what does, and does leave out the rest. */
class PruningTest {
    @TempDir Path folder;

    @Test
    void randomConditionsOnRandomRows() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 50; seed++) {
            try {
                check(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void check(long seed) {
        Random random = new Random(seed);
        RandomRows rows = new RandomRows(seed);
        Schema schema = rows.schema();
        List<List<Object>> values = new ArrayList<>(rows.rows(schema, 50 + random.nextInt(8000)));
        if (random.nextBoolean()) { // sorted rows are what pruning is for
            values.sort((a, b) -> order(a.get(0), b.get(0)));
        }
        Path file = folder.resolve("p.parquet");
        RandomRows.write(
                file,
                schema,
                rows.batches(schema, values),
                Map.of("row_group_rows", Integer.toString(20 + random.nextInt(4000))));
        FileTable table = Reading.table(Reading.format(), null, file);
        Settings settings =
                Reading.SETTINGS
                        .with("batch_rows", Integer.toString(1 + random.nextInt(3000)))
                        .with("split_bytes", Integer.toString(1 + random.nextInt(100_000)));
        for (int i = 0; i < 8; i++) {
            Expr[] conditions = new Expr[1 + random.nextInt(3)];
            Arrays.setAll(conditions, c -> condition(random, schema, values, 2));
            same(schema, values, conditions, Reading.rows(table, settings, conditions));
        }
    }

    private static int order(Object a, Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? -1 : 1;
        }
        return a instanceof List || a instanceof Map
                ? a.toString().compareTo(b.toString())
                : InterpretedPredicate.order(a, b);
    }

    private static void same(
            Schema schema,
            List<List<Object>> values,
            Expr[] conditions,
            List<List<Object>> actual) {
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(schema.type(i), values.size());
            for (List<Object> row : values) {
                builder.appendValue(row.get(i));
            }
            columns[i] = builder.build();
        }
        int[] selected = new int[values.size()];
        Expr all = new Expr.And(List.of(conditions));
        int count =
                new InterpretedPredicate(all).select(new Batch(values.size(), columns), selected);
        List<List<Object>> expected =
                Arrays.stream(selected, 0, count).mapToObj(values::get).toList();
        ReadDuckFilesTest.same(expected, actual);
    }

    private static Expr condition(
            Random random, Schema schema, List<List<Object>> rows, int depth) {
        int column = random.nextInt(schema.size());
        Type type = schema.type(column);
        Expr input = new Expr.Input(column, type);
        if (depth > 0 && random.nextInt(3) == 0) {
            List<Expr> two =
                    List.of(
                            condition(random, schema, rows, depth - 1),
                            condition(random, schema, rows, depth - 1));
            return switch (random.nextInt(3)) {
                case 0 -> new Expr.And(two);
                case 1 -> new Expr.Or(two);
                default -> new Expr.Not(two.get(0));
            };
        }
        Object value = rows.get(random.nextInt(rows.size())).get(column);
        if (type.isNested() || random.nextInt(8) == 0) {
            return new Expr.IsNull(input);
        }
        if (type.equals(Type.BOOLEAN) && random.nextBoolean()) {
            return input;
        }
        if (type.equals(Type.STRING) && value != null && random.nextInt(3) == 0) {
            String prefix = value.toString().replaceAll("[^a-z].*", "");
            return new Expr.Like(input, prefix + "%", null, true);
        }
        if (value != null && random.nextInt(4) == 0) {
            Object other = rows.get(random.nextInt(rows.size())).get(column);
            return new Expr.In(input, other == null ? List.of(value) : List.of(value, other));
        }
        if (type.equals(Type.INTEGER) && value != null && random.nextBoolean()) {
            input = new Expr.Cast(input, Type.BIGINT, false);
            type = Type.BIGINT;
            value = ((Number) value).longValue() + random.nextInt(3) - 1;
        }
        Expr.Comparison[] operators = Expr.Comparison.values();
        Expr literal = new Expr.Literal(value, type);
        Expr.Comparison operator = operators[random.nextInt(operators.length)];
        return random.nextBoolean()
                ? new Expr.Compare(operator, input, literal)
                : new Expr.Compare(operator, literal, input);
    }

    private static final Expr ID = new Expr.Input(0, Type.BIGINT);

    private static Expr id(Expr.Comparison operator, long value) {
        return new Expr.Compare(operator, ID, new Expr.Literal(value, Type.BIGINT));
    }

    private FileTable numbers() {
        Schema schema = Schema.parse("id BIGINT, name STRING");
        List<List<Object>> rows =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> List.<Object>of((long) i, "name" + i / 1000))
                        .toList();
        Path file = folder.resolve("numbers.parquet");
        List<Batch> batches = new RandomRows(1).batches(schema, rows);
        RandomRows.write(file, schema, batches, Map.of("row_group_rows", "1000"));
        return Reading.table(Reading.format(), null, file);
    }

    @Test
    void splitsLeaveOutRowGroups() {
        FileTable table = numbers();
        assertEquals(10_000, Reading.splitRows(table));
        assertEquals(1000, Reading.splitRows(table, id(Expr.Comparison.EQUAL, 4321)));
        assertEquals(0, Reading.splitRows(table, id(Expr.Comparison.EQUAL, -1)));
        assertEquals(2000, Reading.splitRows(table, id(Expr.Comparison.LESS_OR_EQUAL, 1000)));
        Expr prefix = new Expr.Like(new Expr.Input(1, Type.STRING), "name7%", null, true);
        assertEquals(1000, Reading.splitRows(table, prefix));
        assertEquals(9000, Reading.splitRows(table, new Expr.Not(id(Expr.Comparison.LESS, 1000))));
        assertEquals(0, Reading.splitRows(table, new Expr.IsNull(ID)));
    }

    @Test
    void splitsAreOfAboutTheSizeAsked() {
        FileTable table = numbers();
        PlanNode.Scan scan = new PlanNode.Scan(table, List.of(0), List.of(), -1, List.of());
        Settings small = Reading.SETTINGS.with("split_bytes", "1B");
        assertEquals(10, Reading.format().splits(scan, table.files().get(0), small).size());
    }

    private Path pages() throws Exception {
        MessageType type =
                MessageTypeParser.parseMessageType(
                        "message t { required int64 id; required binary s (STRING); }");
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Group group = new SimpleGroup(type);
            group.add("id", (long) i);
            group.add("s", "s" + i * 7919 % 10_000);
            groups.add(group);
        }
        Path file = folder.resolve("pages.parquet");
        JavaParquet.write(
                file,
                type,
                groups,
                options ->
                        options.withDictionaryEncoding(false)
                                .withPageRowCountLimit(100)
                                .withBloomFilterEnabled("s", true));
        return file;
    }

    @Test
    void pagesAreLeftOut() throws Exception {
        Path file = pages();
        FileTable table = Reading.table(Reading.format(), null, file);
        try (FileChannel channel = Footers.open(table.files().get(0))) {
            Footer footer = Footer.read(channel, file.toString());
            List<FileColumn> columns = FileColumn.of(footer, table, List.of(0, 1));
            PageIndex index = new PageIndex(file.toString(), footer, channel, columns);
            assertEquals(100, index.rows(0, List.of(id(Expr.Comparison.EQUAL, 4321))).rows());
            assertEquals(0, index.rows(0, List.of(id(Expr.Comparison.LESS, 0))).rows());
            Expr or =
                    new Expr.Or(
                            List.of(
                                    id(Expr.Comparison.LESS, 150),
                                    id(Expr.Comparison.GREATER, 9990)));
            assertEquals(300, index.rows(0, List.of(or)).rows());
            assertEquals(2, index.rows(0, List.of(or)).count());
        }
        Expr between =
                new Expr.And(
                        List.of(
                                id(Expr.Comparison.GREATER_OR_EQUAL, 4321),
                                id(Expr.Comparison.LESS, 4555)));
        List<List<Object>> rows = Reading.rows(table, Reading.SETTINGS, between);
        assertEquals(234, rows.size());
        assertEquals(List.of(4321L, "s" + 4321 * 7919 % 10_000), rows.get(0));
    }

    @Test
    void bloomFilters() throws Exception {
        Path file = pages();
        FileTable table = Reading.table(Reading.format(), null, file);
        try (FileChannel channel = Footers.open(table.files().get(0))) {
            Footer footer = Footer.read(channel, file.toString());
            List<FileColumn> columns = FileColumn.of(footer, table, List.of(0, 1));
            BloomFilters filters = new BloomFilters(file.toString(), footer, channel, columns, 0);
            int absent = 0;
            for (int i = 0; i < 10_000; i++) {
                assertTrue(filters.mayContain(1, "s" + i));
                absent += filters.mayContain(1, "s5x" + i) ? 0 : 1;
            }
            assertTrue(absent > 9000, "recognised as absent: " + absent);
            assertTrue(filters.mayContain(0, 5L), "no filter on this column");
        }
        Expr missing =
                new Expr.Compare(
                        Expr.Comparison.EQUAL,
                        new Expr.Input(1, Type.STRING),
                        new Expr.Literal("s5xyz", Type.STRING));
        assertEquals(0, Reading.splitRows(table, missing));
    }

    @Test
    void conditionsThatCanFailKeepTheirTurn() {
        FileTable table = numbers();
        Expr division =
                new Expr.Compare(
                        Expr.Comparison.GREATER,
                        new Expr.Arithmetic(
                                Expr.Operator.INTEGER_DIVIDE,
                                new Expr.Literal(100L, Type.BIGINT),
                                ID,
                                Type.BIGINT),
                        new Expr.Literal(10L, Type.BIGINT));
        List<List<Object>> rows =
                Reading.rows(table, Reading.SETTINGS, id(Expr.Comparison.NOT_EQUAL, 0), division);
        assertEquals(9, rows.size());
    }

    @Test
    void nanIsGreaterThanAnyBound() {
        ColumnRange range = new ColumnRange(Type.DOUBLE, 1.0, 2.0, true, 0, 10);
        Pruner pruner = new Pruner(column -> range, (column, value) -> true);
        Expr input = new Expr.Input(0, Type.DOUBLE);
        assertTrue(pruner.mayBeTrue(compare(input, Expr.Comparison.GREATER, 5.0)));
        assertTrue(pruner.mayBeTrue(compare(input, Expr.Comparison.EQUAL, Double.NaN)));
        assertFalse(pruner.mayBeTrue(compare(input, Expr.Comparison.LESS, 1.0)));
        assertFalse(pruner.mayBeTrue(compare(input, Expr.Comparison.EQUAL, 3.0)));
        Expr notLess = new Expr.Not(compare(input, Expr.Comparison.LESS, 5.0));
        assertTrue(pruner.mayBeTrue(notLess));
    }

    private static Expr compare(Expr input, Expr.Comparison operator, double value) {
        return new Expr.Compare(operator, input, new Expr.Literal(value, Type.DOUBLE));
    }

    @Test
    void filesWithDifferentSchemas() {
        Path one = folder.resolve("one.parquet");
        Path two = folder.resolve("two.parquet");
        write(one, "a INTEGER, b STRING", List.of(1, "x"));
        write(two, "A BIGINT, c DOUBLE", List.of(2L, 0.5));
        FileTable table = Reading.table(Reading.format(), null, one, two);
        assertEquals("a BIGINT, b STRING, c DOUBLE", table.schema().toString());
        assertEquals(
                "[[1, x, null], [2, null, 0.5]]", Reading.rows(table, Reading.SETTINGS).toString());
        Expr isNull = new Expr.IsNull(new Expr.Input(1, Type.STRING));
        assertEquals("[[2, null, 0.5]]", Reading.rows(table, Reading.SETTINGS, isNull).toString());
        write(two, "a STRING", List.of("no number"));
        QueryException e =
                org.junit.jupiter.api.Assertions.assertThrows(
                        QueryException.class,
                        () -> Reading.table(Reading.format(), null, one, two));
        assertTrue(e.getMessage().contains("column a is INTEGER"), e.getMessage());
    }

    private static void write(Path file, String schema, List<Object> row) {
        Schema parsed = Schema.parse(schema);
        RandomRows.write(file, parsed, new RandomRows(1).batches(parsed, List.of(row)), Map.of());
    }

    @Test
    void statistics() {
        FileTable table = numbers();
        assertEquals(10_000, table.statistics().rows());
        assertTrue(table.statistics().exact());
        assertEquals(0L, table.statistics().column(0).min());
        assertEquals(9999L, table.statistics().column(0).max());
        assertEquals(0, table.statistics().column(0).nulls());
        assertEquals(10_000, table.statistics().column(0).distinct());
        assertEquals("name0", table.statistics().column(1).min());
        assertEquals("name9", table.statistics().column(1).max());
        assertEquals(5, table.statistics().column(1).bytesPerRow(), 1);
    }
}
