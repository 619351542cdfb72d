package org.skep.executor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;

/** All types survive being written and read, in the formats that hold all of them. */
class RoundTripTest {
    private static final Schema SCHEMA =
            Schema.parse(
                    "b BOOLEAN, t TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE,"
                            + " p DECIMAL(10,2), w DECIMAL(38,6), day DATE, at TIMESTAMP,"
                            + " text STRING, raw BINARY, m INTERVAL YEAR TO MONTH,"
                            + " n INTERVAL DAY TO SECOND, a ARRAY<BIGINT>,"
                            + " k MAP<STRING,DOUBLE>, r STRUCT<x:STRING,y:DATE>");

    private static final List<List<Object>> ROWS =
            List.of(
                    Arrays.asList(
                            true,
                            -128,
                            32767,
                            Integer.MIN_VALUE,
                            Long.MIN_VALUE,
                            1.5,
                            -0.1,
                            new BigDecimal("12345678.90"),
                            new BigDecimal("-12345678901234567890123456789012.345678"),
                            20484,
                            1769853600123456L,
                            "plain",
                            new byte[] {0, -1, 65},
                            14,
                            -5L,
                            Arrays.asList(1L, null, 3L),
                            Map.of("k\"", 2.5),
                            Arrays.asList("x,\n", 0)),
                    Arrays.asList(
                            false,
                            127,
                            -32768,
                            0,
                            Long.MAX_VALUE,
                            (double) Float.MIN_VALUE,
                            Double.NaN,
                            new BigDecimal("-0.01"),
                            new BigDecimal("0.000001"),
                            -1,
                            -1L,
                            "quo\"te, \n line\r\n \\ tab\t é 😀",
                            new byte[0],
                            0,
                            0L,
                            List.of(),
                            Map.of(),
                            Arrays.asList(null, null)),
                    Arrays.asList(
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            Double.NEGATIVE_INFINITY,
                            null,
                            null,
                            null,
                            null,
                            "",
                            null,
                            null,
                            null,
                            null,
                            null,
                            null),
                    Arrays.asList(
                            null, null, null, null, null, null, 1e300, null, null, null, null, null,
                            null, null, null, null, null, null));

    @TempDir Path folder;

    private static Batch batch() {
        Column[] columns = new Column[SCHEMA.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(SCHEMA.type(i), 4);
            for (List<Object> row : ROWS) {
                builder.appendValue(row.get(i));
            }
            columns[i] = builder.build();
        }
        return new Batch(ROWS.size(), columns);
    }

    private Path write(String format, Map<String, String> options, Batch... batches) {
        WritableFormat writable = Formats.writable(format);
        Map<String, String> all = Formats.options(format, options);
        Path file = folder.resolve("out" + writable.fileEnding(all));
        TaskContext task = TaskContext.standalone(Settings.defaults());
        try (FileWriter writer = writable.create(file, SCHEMA, all, task)) {
            for (Batch batch : batches) {
                writer.write(batch);
            }
            assertTrue(writer.finish() > 0);
        }
        return file;
    }

    private static String shown(Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }

    private static List<String> texts(Batch batch) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < batch.width(); i++) {
                text.append(shown(batch.column(i).value(row))).append('|');
            }
            rows.add(text.toString());
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "csv",
                "csv gzip",
                "csv zstd",
                "csv bzip2",
                "csv snappy",
                "csv lz4",
                "csv xz",
                "tsv",
                "json",
                "json gzip"
            })
    void allTypes(String formatAndCodec) {
        String[] words = formatAndCodec.split(" ");
        Map<String, String> options =
                words.length == 1 ? Map.of() : Map.of("compression", words[1]);
        Path file = write(words[0], options, batch());
        Reading reading = Reading.of(words[0], file).option("columns", SCHEMA.toString());
        List<Batch> read = reading.batches(reading.scan());
        assertEquals(1, read.size());
        assertEquals(String.join("\n", texts(batch())), String.join("\n", texts(read.get(0))));
    }

    @Test
    void otherNullTexts() {
        Path file = write("csv", Map.of("null_value", "\\N", "delimiter", "|"), batch());
        Reading reading =
                Reading.of("csv", file)
                        .option("columns", SCHEMA.toString())
                        .option("delimiter", "|")
                        .option("null_value", "\\N");
        assertEquals(texts(batch()), texts(reading.batches(reading.scan()).get(0)));
    }

    @Test
    void textJoinsColumns() throws IOException {
        Batch batch = batch().select(4, 11).slice(0, 1);
        WritableFormat text = Formats.writable("textfile");
        Path file = folder.resolve("out" + text.fileEnding(Map.of()));
        TaskContext task = TaskContext.standalone(Settings.defaults());
        try (FileWriter writer =
                text.create(
                        file, SCHEMA.select(List.of(4, 11)), Map.of("delimiter", "\\001"), task)) {
            writer.write(batch);
            writer.finish();
        }
        assertEquals("-9223372036854775808\001plain\n", Files.readString(file));
    }

    @Test
    void anUnfinishedFileGoes() {
        WritableFormat csv = Formats.writable("csv");
        Path file = folder.resolve("half.csv");
        TaskContext task = TaskContext.standalone(Settings.defaults());
        try (FileWriter writer = csv.create(file, SCHEMA, Map.of(), task)) {
            writer.write(batch());
        }
        assertFalse(Files.exists(file));
    }
}
