package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.eval.Expressions;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.file.FileTable;
import org.skep.model.plan.Expr;
import org.skep.model.plan.Expr.Comparison;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Conditions that leave many rows and few, in any order, on columns of all encodings. */
class RowFilterTest {
    private static final int ROWS = 20_000;
    private static final Schema SCHEMA =
            new Schema(
                    List.of(
                            new Field("few", Type.INTEGER), // a dictionary
                            new Field("many", Type.BIGINT), // plain
                            new Field("nullable", Type.INTEGER), // a dictionary with nulls
                            new Field("text", Type.STRING), // plain
                            new Field("clustered", Type.INTEGER))); // long runs
    @TempDir Path folder;

    @Test
    void rowsAreThoseOfTheConditions() {
        Path path = folder.resolve("rows.parquet");
        Batch all = rows();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < ROWS; from += 2_000) {
            Column[] columns = new Column[all.width()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = all.column(i).slice(from, 2_000);
            }
            batches.add(new Batch(2_000, columns));
        }
        RandomRows.write(path, SCHEMA, batches, Map.of("row_group_rows", "9000"));
        ParquetFormat format = new ParquetFormat(Expressions::predicate);
        FileTable table = Reading.table(format, null, path);
        Settings settings = Reading.SETTINGS.with("batch_rows", "1000");
        int some = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Expr> conditions = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                conditions.add(condition(random));
            }
            List<Integer> columns = new ArrayList<>(List.of(0, 1, 2, 3, 4));
            List<Object> actual = new ArrayList<>();
            for (Batch batch : Reading.batches(format, table, columns, settings, conditions)) {
                add(actual, batch, null, batch.rows());
            }
            int[] selected = new int[ROWS];
            Expr both = conditions.size() == 1 ? conditions.get(0) : new Expr.And(conditions);
            int count = new InterpretedPredicate(both).select(all, selected);
            List<Object> expected = new ArrayList<>();
            add(expected, all, selected, count);
            assertEquals(expected, actual, "seed " + seed + ": " + conditions);
            some += count > 0 ? 1 : 0;
        }
        assertTrue(some > 150, some + " conditions that leave rows");
    }

    private static void add(List<Object> out, Batch batch, int[] selected, int count) {
        for (int i = 0; i < count; i++) {
            for (Column column : batch.columns()) {
                Object value = column.value(selected == null ? i : selected[i]);
                out.add(value == null ? "null" : value.toString());
            }
        }
    }

    private static Batch rows() {
        Random random = new Random(1);
        List<ColumnBuilder> columns = new ArrayList<>();
        SCHEMA.types().forEach(type -> columns.add(ColumnBuilder.of(type, ROWS)));
        List<Long> numbers = new ArrayList<>();
        for (long row = 0; row < ROWS; row++) {
            numbers.add(row);
        }
        Collections.shuffle(numbers, random);
        for (int row = 0; row < ROWS; row++) {
            columns.get(0).appendValue(random.nextInt(100));
            columns.get(1).appendValue(numbers.get(row));
            columns.get(2).appendValue(random.nextInt(4) == 0 ? null : random.nextInt(50));
            columns.get(3).appendValue("t" + random.nextInt());
            columns.get(4).appendValue(row / 700 % 10);
        }
        return new Batch(ROWS, columns.stream().map(ColumnBuilder::build).toArray(Column[]::new));
    }

    private static Expr condition(Random random) {
        Comparison[] operators = Comparison.values();
        Comparison operator = operators[random.nextInt(6)];
        boolean range = operator != Comparison.EQUAL || random.nextInt(4) == 0;
        Comparison used = range ? operator : Comparison.LESS;
        return switch (random.nextInt(8)) {
            case 0, 1 -> compare(used, 0, random.nextInt(100));
            case 2 -> compare(used, 1, (long) random.nextInt(ROWS));
            case 3 -> compare(used, 2, random.nextInt(50));
            case 4 -> new Expr.IsNull(input(2));
            case 5 -> { // may fail, as far as the scan knows
                Expr seven = new Expr.Literal(7L, Type.BIGINT);
                Expr.Operator div = Expr.Operator.INTEGER_DIVIDE;
                Expr seventh = new Expr.Arithmetic(div, input(1), seven, Type.BIGINT);
                Expr edge = new Expr.Literal((long) random.nextInt(ROWS / 7), Type.BIGINT);
                yield new Expr.Compare(used, seventh, edge);
            }
            case 6 -> compare(used, 3, "t" + random.nextInt());
            default ->
                    random.nextBoolean()
                            ? compare(used, 4, random.nextInt(10))
                            : new Expr.Compare(used, input(2), input(0));
        };
    }

    private static Expr input(int column) {
        return new Expr.Input(column, SCHEMA.type(column));
    }

    private static Expr compare(Comparison operator, int column, Object value) {
        Expr literal = new Expr.Literal(value, SCHEMA.type(column));
        return new Expr.Compare(operator, input(column), literal);
    }
}
