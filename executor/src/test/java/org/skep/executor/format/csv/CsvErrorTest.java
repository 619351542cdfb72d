package org.skep.executor.format.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.format.Reading;

class CsvErrorTest {
    @TempDir Path folder;

    private Reading csv(String text) throws IOException {
        return Reading.of("csv", Files.writeString(folder.resolve("t.csv"), text));
    }

    private void assertError(String expected, Reading csv) {
        assertEquals(expected.replace("FILE", folder.resolve("t.csv").toString()), csv.error());
    }

    @Test
    void aValueThatDoesNotFitADeclaredType() throws IOException {
        Reading csv =
                csv("name,age\nann,30\n\n\"bo\nb\",abc\n")
                        .option("columns", "name STRING, age INT");
        String expected =
                """
                error[BAD_ROW]: 'FILE', line 4: 'abc' in column age is not an INTEGER
                hint: to pass over bad rows, SET max_errors = 100""";
        assertError(expected, csv);
        assertError(expected, csv.set("split_bytes", "7B"));
        csv.set("max_errors", "1");
        assertEquals(List.of("[ann, 30]"), csv.rows());
        assertEquals(1, csv.warnings().size());
    }

    @Test
    void aValueThatDoesNotFitAGuessedType() throws IOException {
        StringBuilder text = new StringBuilder("id,n\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i).append(i == 60_000 ? ",oops\n" : ",5\n");
        }
        assertError(
                """
                error[BAD_ROW]: 'FILE', line 60002: 'oops' in column n is not a BIGINT
                hint: the type was guessed from a sample: say all_varchar = true or name the types \
                with option columns; to pass over bad rows, SET max_errors = 100""",
                csv(text.toString()));
        assertEquals(
                "id BIGINT, n STRING", csv(text.toString()).option("sample_size", "-1").schema());
    }

    @Test
    void wrongNumberOfFields() throws IOException {
        assertError(
                """
                error[BAD_ROW]: 'FILE', line 3: 1 field where 2 are expected
                hint: null_padding = true fills missing fields with null; to pass over bad rows, \
                SET max_errors = 100""",
                csv("a,b\n1,2\n3\n"));
        assertError(
                """
                error[BAD_ROW]: 'FILE', line 3: 3 fields where 2 are expected
                hint: look for a delimiter in a field without quotes; to pass over bad rows, \
                SET max_errors = 100""",
                csv("a,b\n1,2\n3,4,5\n"));
        Reading passed = csv("a,b\n1,2\n3\n4,5,6\n7,8\n").option("ignore_errors", "true");
        assertEquals(List.of("[1, 2]", "[7, 8]"), passed.rows());
        assertTrue(passed.warnings().get(0).startsWith("2 bad rows of"));
    }

    @Test
    void quotesThatDoNotEnd() throws IOException {
        assertError(
                """
                error[BAD_ROW]: 'FILE', line 3: a quoted field is not closed, or goes on after its \
                closing quote
                hint: options quote and escape say how fields are quoted, quote = '' that none \
                are; to pass over bad rows, SET max_errors = 100""",
                csv("a,b\n1,x\n2,\"open\n3,y\n"));
        assertError(
                """
                error[BAD_ROW]: 'FILE', line 2: a quoted field is not closed, or goes on after its \
                closing quote
                hint: options quote and escape say how fields are quoted, quote = '' that none \
                are; to pass over bad rows, SET max_errors = 100""",
                csv("a,b\n1,\"x\"y\n"));
    }

    @Test
    void badOptions() throws IOException {
        assertError(
                """
                error[INVALID_ARGUMENT]: option header cannot be 'perhaps'
                hint: header is true or false""",
                csv("a\n1\n").option("header", "perhaps"));
        assertError(
                """
                error[INVALID_ARGUMENT]: no encoding 'utf-99'
                hint: for example utf-8, utf-16le, utf-16be, iso-8859-1 or windows-1252""",
                csv("a\n1\n").option("encoding", "utf-99"));
        assertError(
                """
                error[INVALID_ARGUMENT]: 'FILE' is empty: it has no columns
                hint: name its columns with option columns, such as 'id BIGINT, name STRING'""",
                csv(""));
        assertEquals(List.of(), csv("").option("columns", "a INT").rows());
    }
}
