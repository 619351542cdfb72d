package org.skep.executor.format.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.format.Reading;

class CsvReadTest {
    @TempDir Path folder;

    private Reading csv(String text) throws IOException {
        return csv(text.getBytes(StandardCharsets.UTF_8));
    }

    private Reading csv(byte[] bytes) throws IOException {
        return Reading.of("csv", Files.write(folder.resolve("t.csv"), bytes));
    }

    @Test
    void guessesTypesAndHeader() throws IOException {
        Reading csv =
                csv(
                        "id,name,price,day,seen,ok\n1,ann,2.5,2026-01-31,2026-01-31 10:00:00,true\n"
                                + "2,,3,2026-02-28,2026-01-31T10:00:00.5Z,false\n");
        assertEquals(
                "id BIGINT, name STRING, price DOUBLE, day DATE, seen TIMESTAMP, ok BOOLEAN",
                csv.schema());
        assertEquals(
                List.of(
                        "[1, ann, 2.5, 20484, 1769853600000000, true]",
                        "[2, null, 3.0, 20512, 1769853600500000, false]"),
                csv.rows());
        assertEquals(List.of("[ann]", "[null]"), csv.rows("name"));
        assertEquals(List.of("[2.5, 1]", "[3.0, 2]"), csv.rows("price", "id"));
        assertEquals(List.of("[2]", "[3]"), csv.rows("_line"));
    }

    @Test
    void leadingZerosStayText() throws IOException {
        assertEquals(
                "zip STRING, n BIGINT, phone STRING, big STRING",
                csv("zip,n,phone,big\n00123,0,+491234,123456789012345678901\n").schema());
    }

    @Test
    void noHeader() throws IOException {
        Reading csv = csv("1,a\n2,b\n");
        assertEquals("column0 BIGINT, column1 STRING", csv.schema());
        assertEquals(List.of("[1, a]", "[2, b]"), csv.rows());
    }

    @Test
    void delimiters() throws IOException {
        assertEquals(List.of("[1, 2,5]"), csv("a;b\n1;2,5\n").rows());
        assertEquals(List.of("[1, x y]"), csv("a\tb\n1\tx y\n").rows());
        assertEquals(List.of("[1, x]"), csv("a|b\n1|x\n").rows());
        assertEquals(List.of("[1, x]"), csv("a||b\n1||x\n").option("sep", "||").rows());
        assertEquals(List.of("[1, x]"), csv("1\1x\n").option("delimiter", "\\001").rows());
    }

    @Test
    void quotes() throws IOException {
        Reading csv =
                csv("a,b,c\n\"x,y\",\"say \"\"hi\"\"\",1\n\"line\nbreak\",\"\",2\n5\" pipe,,3\n");
        assertEquals(
                List.of("[x,y, say \"hi\", 1]", "[line\nbreak, , 2]", "[5\" pipe, null, 3]"),
                csv.rows());
        assertEquals(List.of("[2, 1]", "[3, 2]", "[5, 3]"), csv.rows("_line", "c"));
        assertEquals(
                List.of("[a\"b, 1]"), csv("x,y\n\"a\\\"b\",1\n").option("escape", "\\").rows());
        assertEquals(List.of("[\"a\", 1]"), csv("x,y\n\"a\",1\n").option("quote", "").rows());
    }

    @Test
    void lineEnds() throws IOException {
        assertEquals(List.of("[1, x]", "[2, y]"), csv("a,b\r\n1,x\r\n2,y\r\n").rows());
        assertEquals(List.of("[1, x]", "[2, y]"), csv("a,b\r1,x\r2,y").rows());
        assertEquals(List.of("[1, x]", "[2, null]"), csv("a,b\n\n1,x\n\r\n2,").rows());
    }

    @Test
    void commentsAndSkippedLines() throws IOException {
        assertEquals(
                List.of("[1, x, 4]", "[2, y, 6]"),
                csv("made by me\n#\na,b\n1,x\n#no\n2,y\n")
                        .option("skip", "1")
                        .option("comment", "#")
                        .rows("a", "b", "_line"));
    }

    @Test
    void declaredColumns() throws IOException {
        Reading csv =
                csv("1,2.345,31/12/2025,7\n")
                        .option("columns", "i INT, d DECIMAL(6,2), day DATE, b TINYINT")
                        .option("dateformat", "dd/MM/yyyy");
        assertEquals(List.of("[1, 2.35, 20453, 7]"), csv.rows());
        assertEquals(
                List.of("[1, 10]"), csv("k,v\n1,10\n").option("columns", "k INT, v INT").rows());
    }

    @Test
    void nullTexts() throws IOException {
        assertEquals(
                List.of("[1, null]", "[null, ]", "[3, NA]"),
                csv("a,b\n1,NA\nNA,\n3,\"NA\"\n").option("nullstr", "NA").rows());
        assertEquals(
                List.of("[1, x]", "[2, null]"),
                csv("a,b\n1,x\n2\n").option("null_padding", "true").rows());
    }

    @Test
    void encodings() throws IOException {
        String text = "name,n\nJürgen,1\n日本,2\n";
        List<String> rows = List.of("[Jürgen, 1]", "[日本, 2]");
        assertEquals(rows, csv(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)).rows());
        assertEquals(rows, csv(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)).rows());
        assertEquals(rows, csv(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE)).rows());
        assertEquals(rows, csv(text.getBytes(StandardCharsets.UTF_16LE)).rows());
        byte[] latin = "name,n\nJürgen€,1\n".getBytes(Charset.forName("windows-1252"));
        assertEquals(List.of("[Jürgen€, 1]"), csv(latin).option("encoding", "windows-1252").rows());
        assertEquals(List.of("[J\uFFFDrgen\uFFFD, 1]"), csv(latin).rows());
    }

    @Test
    void filesWithOtherHeadersAreUnitedByName() throws IOException {
        Files.writeString(folder.resolve("1.csv"), "a,b\n1,x\n");
        Files.writeString(folder.resolve("2.csv"), "c,b,a\n2.5,y,2\n");
        Reading all = Reading.of("csv", folder);
        assertEquals("a BIGINT, b STRING, c DOUBLE", all.schema());
        assertEquals(List.of("[1, x, null]", "[2, y, 2.5]"), all.rows());
        assertTrue(all.rows("_file").get(1).endsWith("2.csv]"), all.rows("_file").toString());
    }

    @Test
    void everySplitSizeGivesTheSameRows() throws IOException {
        StringBuilder text = new StringBuilder("id,text,n\n");
        List<String> expected = new ArrayList<>();
        Random random = new Random(7);
        String[] pieces = {"a", "\"\"", ",", "\n", "\r\n", "bc", "é", "\"\",\"\"", "x\",y"};
        for (int i = 0; i < 60; i++) {
            StringBuilder field = new StringBuilder();
            for (int k = random.nextInt(5); k >= 0; k--) {
                field.append(pieces[random.nextInt(pieces.length - 1)]);
            }
            text.append(i).append(",\"").append(field).append("\",").append(i * 2).append('\n');
            expected.add(
                    "[%d, %s, %d]".formatted(i, field.toString().replace("\"\"", "\""), i * 2));
        }
        String all = text.toString();
        Reading csv = csv(all);
        assertEquals(expected, csv.rows());
        for (int size = 1; size <= 64; size++) {
            assertEquals(expected, csv.set("split_bytes", size + "B").rows(), "split " + size);
            assertEquals(expected.size(), csv.rows("id").size());
        }
        List<String> lines = csv(all).rows("_line");
        assertEquals(lines, csv.set("split_bytes", "9B").rows("_line"));
        assertTrue(csv.splits().size() > 50, "splits " + csv.splits().size());
    }

    @Test
    void everyBatchSizeGivesTheSameRows() throws IOException {
        StringBuilder text = new StringBuilder("id,text\n");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            text.append(i).append(",").append("x".repeat(i % 300)).append('\n');
            expected.add("[%d, %s]".formatted(i, i % 300 == 0 ? "null" : "x".repeat(i % 300)));
        }
        Reading csv = csv(text.toString());
        for (String rows : List.of("1", "7", "2048", "65536")) {
            assertEquals(expected, csv.set("batch_rows", rows).rows());
        }
    }

    @Test
    void aRecordLongerThanABlock() throws IOException {
        String big = "y".repeat(1_000_000);
        Reading csv = csv("a,b\n1,\"" + big + "\n\"\n2,z\n");
        assertEquals(List.of("[1, " + big + "\n]", "[2, z]"), csv.rows());
    }

    private Path packed(String text) throws IOException {
        Path file = folder.resolve("t.csv.bz2");
        try (var out =
                new BZip2CompressorOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file)), 1)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void bzip2IsReadByManyTasks() throws IOException {
        StringBuilder text = new StringBuilder("id,n\n");
        Random random = new Random(1);
        for (int i = 0; i < 40_000; i++) {
            text.append(i).append(',').append(random.nextInt()).append('\n');
        }
        Reading csv = Reading.of("csv", packed(text.toString()));
        List<String> whole = csv.rows();
        assertEquals(40_000, whole.size());
        csv.set("split_bytes", "200KB");
        assertTrue(csv.splits().size() > 5, "splits " + csv.splits().size());
        assertEquals(whole, csv.rows());
        assertEquals("[40001]", csv.rows("_line").get(39_999));
    }

    @Test
    void bzip2WithLateQuotedLineEndsIsNotReadInParts() throws IOException {
        StringBuilder text = new StringBuilder("id,n\n");
        Random random = new Random(1);
        for (int i = 0; i < 150_000; i++) {
            text.append(i).append(i == 140_000 ? ",\"a\nb\"\n" : "," + random.nextInt() + "\n");
        }
        Reading csv =
                Reading.of("csv", packed(text.toString()))
                        .option("columns", "id BIGINT, n STRING")
                        .set("split_bytes", "200KB");
        assertEquals(
                """
                error[NOT_SUPPORTED]: '%s' is bzip2 with line ends in quoted fields: it cannot be \
                read in parts
                hint: say split = false to read it in one"""
                        .formatted(folder.resolve("t.csv.bz2")),
                csv.error());
        assertEquals(150_000, csv.option("split", "false").rows().size());
    }
}
