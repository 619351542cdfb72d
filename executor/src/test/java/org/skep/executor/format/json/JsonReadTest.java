package org.skep.executor.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.format.Reading;

class JsonReadTest {
    @TempDir Path folder;

    private Reading json(String text) throws IOException {
        return Reading.of("json", Files.writeString(folder.resolve("t.json"), text));
    }

    @Test
    void lines() throws IOException {
        Reading json =
                json(
                        """
                        {"name": "Ann", "age": 30, "email": "a@x"}

                        {"name": "B\\u00f6b \\ud83d\\ude00 \\"q\\"", "age": null}
                        {"email": "c@x", "age": 5, "name": null, "extra": [1, 2]}
                        """);
        assertEquals("name STRING, age BIGINT, email STRING, extra ARRAY<BIGINT>", json.schema());
        assertEquals(
                List.of(
                        "[Ann, 30, a@x, null]",
                        "[Böb 😀 \"q\", null, null, null]",
                        "[null, 5, c@x, [1, 2]]"),
                json.rows());
        assertEquals(List.of("[30, 1]", "[null, 3]", "[5, 4]"), json.rows("age", "_line"));
        assertEquals(3, json.rows("_file").size());
    }

    @Test
    void anArrayOverManyLines() throws IOException {
        Reading json =
                json(
                        "[\n  {\n    \"a\": 1,\n    \"b\": {\"c\": [\"x\"]}\n  },\n  {\"a\": 2.5}\n]\n");
        assertEquals("a DOUBLE, b STRUCT<c:ARRAY<STRING>>", json.schema());
        assertEquals(List.of("[1.0, [[x]]]", "[2.5, null]"), json.rows());
        assertEquals(List.of("[2]", "[6]"), json.rows("_line"));
    }

    @Test
    void objectsOverManyLines() throws IOException {
        Reading json = json("{\n\"a\": 1\n}\n{\n\"a\":\n2}{\"a\":3}");
        assertEquals(List.of("[1]", "[2]", "[3]"), json.rows());
        assertEquals(List.of("[1]"), json("[{\"a\":1}]").rows());
    }

    @Test
    void mixedTypesAreText() throws IOException {
        Reading json = json("{\"a\": 1}\n{\"a\": \"x\"}\n{\"a\": {\"b\": [true]}}\n");
        assertEquals("a STRING", json.schema());
        assertEquals(List.of("[1]", "[x]", "[{\"b\": [true]}]"), json.rows());
    }

    @Test
    void namesThatDifferInCaseOnly() throws IOException {
        Reading json = json("{\"id\": 1, \"ID\": 2}\n{\"ID\": 4, \"id\": 3}\n");
        assertEquals("id BIGINT, ID_1 BIGINT", json.schema());
        assertEquals(List.of("[1, 2]", "[3, 4]"), json.rows());
    }

    @Test
    void declaredColumns() throws IOException {
        Reading json =
                json("{\"D\":\"2026-01-31\",\"t\":\"2026-01-31T10:00:00Z\",\"m\":{\"k\":1},\"p\":1.05}")
                        .option(
                                "columns",
                                "d DATE, t TIMESTAMP, m MAP<STRING,INT>, p DECIMAL(5,1), q BIGINT");
        assertEquals(List.of("[20484, 1769853600000000, {k=1}, 1.1, null]"), json.rows());
    }

    @Test
    void everySplitSizeGivesTheSameRows() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            text.append("{\"i\":%d,\"s\":\"%s\"}\n".formatted(i, "é{".repeat(i % 7)));
            expected.add("[%d, %s]".formatted(i, "é{".repeat(i % 7)));
        }
        Reading json = json(text.toString());
        assertEquals(expected, json.rows());
        for (int size = 1; size <= 64; size++) {
            assertEquals(expected, json.set("split_bytes", size + "B").rows());
        }
        assertTrue(json.splits().size() >= 2);
    }

    @Test
    void manyDocumentsOverManyBlocks() throws IOException {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 20_000; i++) {
            text.append(i == 0 ? "" : ",\n").append("{\n \"i\": ").append(i);
            text.append(", \"t\": \"").append("y".repeat(i % 60)).append("\"}");
        }
        List<String> rows = json(text.append("]").toString()).rows("i");
        assertEquals(20_000, rows.size());
        assertEquals("[19999]", rows.get(19_999));
    }

    @Test
    void badRecords() throws IOException {
        Path file = folder.resolve("t.json");
        assertEquals(
                """
                error[BAD_ROW]: '%s', line 2: not a JSON object: the text ends where \
                '}' is due
                hint: to pass over bad rows, SET max_errors = 100; records of more than one line \
                need option layout = documents"""
                        .formatted(file),
                json("{\"a\":1}\n{\"a\":2,\n{\"a\":3}\n").error());
        assertEquals(
                """
                error[BAD_ROW]: '%s', line 3: 'x' in column a is not a BIGINT
                hint: to pass over bad rows, SET max_errors = 100"""
                        .formatted(file),
                json("{\"a\":1}\n\n{\"a\":\"x\"}\n").option("columns", "a BIGINT").error());
        Reading passed = json("{\"a\":1}\nnonsense\n{\"a\":3}\n").set("max_errors", "1");
        assertEquals(List.of("[1]", "[3]"), passed.rows());
        assertEquals(1, passed.warnings().size());
        assertTrue(passed.warnings().get(0).startsWith("1 bad row of '"));
    }

    @Test
    void deepNestingIsRefusedNotFatal() throws IOException {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertTrue(json("{\"a\":1}\n" + deep + "\n").error().contains("nested more than 200 deep"));
    }
}
