package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.executor.format.FileWriter;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** What we write, we and DuckDB read. */
class RoundTripTest {
    private static final List<String> CODECS =
            List.of("zstd", "snappy", "gzip", "lz4", "uncompressed");

    @TempDir Path folder;

    @Test
    void randomRowsForUs() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + 150; seed++) {
            Path file = folder.resolve("us.parquet");
            try {
                RandomRows random = new RandomRows(seed);
                Schema schema = random.schema();
                List<List<Object>> rows = random.rows(schema, new Random(seed).nextInt(6000));
                RandomRows.write(file, schema, random.batches(schema, rows), options(seed));
                var table = Reading.table(Reading.format(), null, file);
                assertEquals(schema.types(), table.schema().types());
                ReadDuckFilesTest.same(rows, Reading.rows(table, Reading.SETTINGS));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void randomRowsForDuckDb() throws Exception {
        long first = System.nanoTime();
        try (Duck duck = new Duck()) {
            for (long seed = first; seed < first + 60; seed++) {
                Path file = folder.resolve("duck.parquet");
                try {
                    RandomRows random = new RandomRows(seed);
                    Schema schema = random.schema();
                    List<List<Object>> rows = random.rows(schema, new Random(seed).nextInt(4000));
                    RandomRows.write(file, schema, random.batches(schema, rows), options(seed));
                    String sql = "SELECT * FROM read_parquet('%s')".formatted(file);
                    ReadDuckFilesTest.same(rows, duck.rows(sql));
                } catch (RuntimeException | AssertionError | java.sql.SQLException e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
        }
    }

    private static Map<String, String> options(long seed) {
        Random random = new Random(seed);
        return Map.of(
                "compression", CODECS.get(random.nextInt(CODECS.size())),
                "row_group_rows", Integer.toString(1 + random.nextInt(5000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "gzip", "lz4", "uncompressed"})
    void manyPages(String compression) throws Exception {
        Schema schema = Schema.parse("id BIGINT, n INTEGER, s STRING, f STRING, l ARRAY<STRING>");
        RandomRows random = new RandomRows(7);
        List<List<Object>> rows = random.rows(schema, 70_000);
        Path file = folder.resolve("pages.parquet");
        RandomRows.write(
                file, schema, random.batches(schema, rows), Map.of("compression", compression));
        ReadDuckFilesTest.same(rows, Reading.rows(file));
        try (Duck duck = new Duck()) {
            ReadDuckFilesTest.same(rows, duck.rows("SELECT * FROM '%s'".formatted(file)));
        }
    }

    @Test
    void noRows() {
        Path file = folder.resolve("none.parquet");
        Schema schema = Schema.parse("a BIGINT, b ARRAY<STRING>");
        RandomRows.write(file, schema, List.of(), Map.of());
        assertEquals(List.of(), Reading.rows(file));
    }

    @Test
    void nullsOnly() throws Exception {
        Schema schema = Schema.of(new org.skep.model.type.Field("n", Type.NULL));
        RandomRows random = new RandomRows(1);
        List<List<Object>> rows = random.rows(schema, 100);
        Path file = folder.resolve("null.parquet");
        RandomRows.write(file, schema, random.batches(schema, rows), Map.of());
        ReadDuckFilesTest.same(rows, Reading.rows(file));
        try (Duck duck = new Duck()) {
            ReadDuckFilesTest.same(rows, duck.rows("SELECT * FROM '%s'".formatted(file)));
        }
    }

    @Test
    void theSameRowsGiveTheSameBytes() throws Exception {
        RandomRows random = new RandomRows(3);
        Schema schema = random.schema();
        List<List<Object>> rows = random.rows(schema, 1000);
        Path one = folder.resolve("one.parquet");
        Path two = folder.resolve("two.parquet");
        RandomRows.write(one, schema, random.batches(schema, rows), Map.of());
        RandomRows.write(two, schema, random.batches(schema, rows), Map.of());
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    }

    @Test
    void closedWithoutFinishNothingIsLeft() throws Exception {
        Path file = folder.resolve("abandoned.parquet");
        Schema schema = Schema.parse("a BIGINT");
        RandomRows random = new RandomRows(5);
        try (TaskContext task = TaskContext.standalone(Reading.SETTINGS);
                FileWriter writer = Reading.format().create(file, schema, Map.of(), task)) {
            random.batches(schema, random.rows(schema, 10)).forEach(writer::write);
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void badOptions() {
        for (Map<String, String> options :
                List.of(Map.of("compression", "brotli"), Map.of("row_group_rows", "0"))) {
            QueryException e =
                    assertThrows(
                            QueryException.class,
                            () ->
                                    RandomRows.write(
                                            folder.resolve("x.parquet"),
                                            Schema.parse("a BIGINT"),
                                            List.of(),
                                            options));
            assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
        }
    }
}
