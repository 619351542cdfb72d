package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.file.DataFile;
import org.skep.model.file.DeleteFile;
import org.skep.model.file.FileTable;
import org.skep.model.file.TableStatistics;
import org.skep.model.file.TableStatistics.ColumnStatistics;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** What is certain of columns is so. */
class CertainStatisticsTest {
    @TempDir Path folder;

    @Test
    void randomRows() {
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
        RandomRows rows = new RandomRows(seed);
        Schema schema = rows.schema();
        List<List<Object>> all = new ArrayList<>();
        Path[] files = new Path[3];
        for (int i = 0; i < files.length; i++) {
            List<List<Object>> some = rows.rows(schema, new Random(seed + i).nextInt(3) * 500);
            files[i] = folder.resolve(i + ".parquet");
            RandomRows.write(
                    files[i], schema, rows.batches(schema, some), Map.of("row_group_rows", "300"));
            all.addAll(some);
        }
        TableStatistics certain = certain(Reading.table(Reading.format(), null, files));
        assertEquals(all.size(), certain.rows());
        for (int i = 0; i < schema.size(); i++) {
            int column = i;
            List<Object> values =
                    all.stream().map(row -> row.get(column)).filter(Objects::nonNull).toList();
            check(schema.type(i), values, all.size() - values.size(), certain.column(i));
        }
    }

    private static void check(Type type, List<Object> values, int nulls, ColumnStatistics certain) {
        boolean simple = type.isInteger() || type.kind() == Type.Kind.TIMESTAMP;
        if (simple && !values.isEmpty()) {
            assertNotNull(certain.min(), "not known of " + type);
        }
        if (certain.nulls() >= 0) {
            assertEquals(nulls, certain.nulls());
        }
        if (certain.min() != null) {
            Object min = values.stream().min(InterpretedPredicate::order).orElseThrow();
            Object max = values.stream().max(InterpretedPredicate::order).orElseThrow();
            assertEquals(0, InterpretedPredicate.order(min, certain.min()), type + " min");
            assertEquals(0, InterpretedPredicate.order(max, certain.max()), type + " max");
        }
        assertEquals(certain.min() == null, certain.max() == null);
    }

    private static TableStatistics certain(FileTable table) {
        List<Integer> columns = IntStream.range(0, table.schema().size()).boxed().toList();
        return Reading.format().certain(table, columns);
    }

    @Test
    void filesOfDuckDb() throws SQLException {
        Path file = folder.resolve("duck.parquet");
        try (Duck duck = new Duck()) {
            duck.run(
                    ("COPY (SELECT i AS n, CASE WHEN i %% 2 = 0 THEN i END AS half,"
                                    + " repeat('x', i::INT) AS text, NULL::INTEGER AS nothing,"
                                    + " CASE WHEN i = 7 THEN 'NaN'::DOUBLE ELSE i END AS real,"
                                    + " [i] AS list FROM range(1, 1000) r(i)) TO '%s'")
                            .formatted(file));
        }
        TableStatistics certain = certain(Reading.table(Reading.format(), null, file));
        assertEquals(999, certain.rows());
        assertEquals(new ColumnStatistics(1L, 999L, 0, -1, -1), certain.column(0));
        assertEquals(new ColumnStatistics(2L, 998L, 500, -1, -1), certain.column(1));
        assertEquals(new ColumnStatistics(null, null, 999, -1, -1), certain.column(3));
        assertEquals(new ColumnStatistics(null, null, 0, -1, -1), certain.column(4));
        assertEquals(new ColumnStatistics(null, null, -1, -1, -1), certain.column(5));
        assertNull(certain.column(2).max(), "shortened");
    }

    @Test
    void nothingIsCertainOfFilesWithDeletedRows() {
        Path file = folder.resolve("rows.parquet");
        RandomRows rows = new RandomRows(1);
        Schema schema = rows.schema();
        RandomRows.write(file, schema, rows.batches(schema, rows.rows(schema, 10)), Map.of());
        FileTable table = Reading.table(Reading.format(), null, file);
        DataFile whole = table.files().get(0);
        DeleteFile delete =
                new DeleteFile("/deletes.parquet", 1, DeleteFile.Kind.POSITION, List.of());
        DataFile less =
                new DataFile(
                        whole.path(),
                        whole.bytes(),
                        whole.modifiedMillis(),
                        List.of(),
                        TableStatistics.UNKNOWN,
                        List.of(delete));
        assertEquals(10, certain(table).rows());
        assertEquals(TableStatistics.UNKNOWN, certain(table.with(List.of(less))));
    }
}
