package org.skep.executor.format.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Bloom filters that we write are right for parquet-java and of use to ourselves. */
class BloomFilterTest {
    private static final int ROWS = 30_000;
    private static final Schema SCHEMA =
            Schema.of(
                    new Field("id", Type.BIGINT, true),
                    new Field("n", Type.INTEGER, true),
                    new Field("day", Type.DATE, true),
                    new Field("x", Type.DOUBLE, true),
                    new Field("s", Type.STRING, true),
                    new Field("few", Type.STRING, true),
                    new Field("b", Type.BOOLEAN, true));

    @TempDir Path folder;

    private Path written(Map<String, String> options) {
        RandomRows rows = new RandomRows(1);
        List<List<Object>> values = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            List<Object> row = new ArrayList<>();
            row.add(7919L * i);
            row.add(i % 5 == 0 ? null : 3 * i);
            row.add(2 * i);
            row.add(i / 2.0);
            row.add("text " + 2 * i);
            row.add("f" + i % 10);
            row.add(i % 2 == 0);
            values.add(row);
        }
        Path file = folder.resolve("b.parquet");
        RandomRows.write(file, SCHEMA, rows.batches(SCHEMA, values), options);
        return file;
    }

    private List<BloomFilter> filters(Path file) throws IOException {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            BlockMetaData group = reader.getFooter().getBlocks().get(0);
            List<BloomFilter> filters = new ArrayList<>();
            for (ColumnChunkMetaData column : group.getColumns()) {
                filters.add(reader.getBloomFilterDataReader(group).readBloomFilter(column));
            }
            return filters;
        }
    }

    @Test
    void parquetJavaFindsEveryValue() throws IOException {
        List<BloomFilter> filters = filters(written(Map.of("bloom_filters", "id, N,day,x,s,few")));
        int absent = 0;
        for (int i = 0; i < ROWS; i++) {
            assertTrue(filters.get(0).findHash(filters.get(0).hash(7919L * i)));
            assertTrue(i % 5 == 0 || filters.get(1).findHash(filters.get(1).hash(3 * i)));
            assertTrue(filters.get(2).findHash(filters.get(2).hash(2 * i)));
            assertTrue(filters.get(3).findHash(filters.get(3).hash(i / 2.0)));
            assertTrue(find(filters.get(4), "text " + 2 * i));
            absent += find(filters.get(4), "text " + (2 * i + 1)) ? 0 : 1;
        }
        assertTrue(find(filters.get(5), "f3"));
        assertTrue(absent > 0.985 * ROWS, "recognised as absent: " + absent);
        assertEquals(32, filters.get(5).getBitsetSize(), "sized by the dictionary");
        assertNull(filters.get(6), "not asked for");
    }

    private static boolean find(BloomFilter filter, String text) {
        return filter.findHash(filter.hash(Binary.fromString(text)));
    }

    @Test
    void sizesAreAsAskedFor() throws IOException {
        assertEquals(
                4096,
                filters(written(Map.of("bloom_filters", "s", "bloom_filter_bytes", "4096")))
                        .get(4)
                        .getBitsetSize());
        int usual = filters(written(Map.of("bloom_filters", "s"))).get(4).getBitsetSize();
        int sharp =
                filters(written(Map.of("bloom_filters", "s", "bloom_filter_fpp.s", "0.00001")))
                        .get(4)
                        .getBitsetSize();
        assertTrue(sharp > usual, sharp + " > " + usual);
    }

    @Test
    void rowGroupsWithoutTheValueAreNotRead() {
        Path file = written(Map.of("bloom_filters", "s"));
        Expr missing =
                new Expr.Compare(
                        Expr.Comparison.EQUAL,
                        new Expr.Input(4, Type.STRING),
                        new Expr.Literal("text 4321", Type.STRING));
        assertEquals(0, Reading.splitRows(Reading.table(Reading.format(), null, file), missing));
    }

    @Test
    void whatCannotBe() {
        error(ErrorCode.COLUMN_NOT_FOUND, "did you mean 'few'?", "bloom_filters", "fewx");
        error(ErrorCode.INVALID_ARGUMENT, "leave it out of bloom_filters", "bloom_filters", "b");
        error(
                ErrorCode.INVALID_ARGUMENT,
                "bloom_filter_bytes is a number from 32 to 134217728",
                "bloom_filter_bytes",
                "1");
    }

    private void error(ErrorCode code, String hint, String option, String value) {
        QueryException e = assertThrows(QueryException.class, () -> written(Map.of(option, value)));
        assertEquals(code, e.code());
        assertEquals(hint, e.hint());
    }
}
