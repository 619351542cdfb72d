package org.skep.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.shell.output.Rows.Heading;
import org.skep.shell.output.Rows.Kind;

class OutputFormatTest {
    private static final List<Heading> HEADINGS =
            List.of(
                    new Heading("name", Kind.TEXT),
                    new Heading("n", Kind.NUMBER),
                    new Heading("ok", Kind.BOOLEAN),
                    new Heading("tags|more", Kind.NESTED));

    private static final List<List<String>> ROWS =
            List.of(
                    Arrays.asList("Zoë", "12.50", "true", "[\"a\",1]"),
                    Arrays.asList("東京", "-3", "false", null),
                    Arrays.asList("e\u0301té", "NaN", null, "{}"),
                    Arrays.asList("a,\"b\"\tc\nd", "100000", "true", "[\"x|y\"]"),
                    Arrays.asList("", null, null, null),
                    Arrays.asList(null, "1", null, null),
                    Arrays.asList(" pad\\ ", "1", null, null));

    private static String print(OutputFormat format, List<List<String>> rows) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output out = new Output(bytes);
        assertEquals(rows.size(), format.printer().print(new ListedRows(HEADINGS, rows), out));
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A page written to a file is used as it is: no heading, nothing escaped, no blanks. */
    @Test
    void document() throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output out = new Output(bytes);
        List<List<String>> lines = List.of(List.of("<p>"), List.of("  a\tb \\ \"c\""), List.of(""));
        Rows rows = new ListedRows(ListedRows.texts("plan"), lines);
        assertEquals(3, new DocumentPrinter().print(rows, out));
        out.flush();
        assertEquals("<p>\n  a\tb \\ \"c\"\n\n", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void table() throws SQLException {
        assertEquals(
                """
                 name        |      n | ok    | tags|more
                -------------+--------+-------+-----------
                 Zoë         |  12.50 | true  | ["a",1]
                 東京        |     -3 | false | NULL
                 e\u0301té         |    NaN | NULL  | {}
                 a,"b"\\tc\\nd | 100000 | true  | ["x|y"]
                             |   NULL | NULL  | NULL
                 NULL        |      1 | NULL  | NULL
                  pad\\       |      1 | NULL  | NULL
                """,
                print(OutputFormat.TABLE, ROWS));
    }

    @Test
    void tableWithoutRows() throws SQLException {
        assertEquals(
                " name | n | ok | tags|more\n------+---+----+-----------\n",
                print(OutputFormat.TABLE, List.of()));
    }

    @Test
    void tableIsStreamed() throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            rows.add(Arrays.asList("x", Integer.toString(i), "true", "[]"));
        }
        rows.add(Arrays.asList("much wider", "1", "true", "[]"));
        String text = print(OutputFormat.TABLE, rows);
        assertEquals(3003, text.lines().count());
        assertTrue(text.endsWith(" much wider |   1 | true | []\n"), text.substring(70_000));
    }

    @Test
    void vertical() throws SQLException {
        assertEquals(
                """
                -[ row 1 ]-----------
                name      | Zoë
                n         | 12.50
                ok        | true
                tags|more | ["a",1]
                -[ row 2 ]-----------
                name      | 東京
                n         | -3
                ok        | false
                tags|more | NULL
                """,
                print(OutputFormat.VERTICAL, ROWS.subList(0, 2)));
    }

    @Test
    void csv() throws SQLException {
        assertEquals(
                """
                name,n,ok,tags|more
                Zoë,12.50,true,"[""a"",1]"
                東京,-3,false,
                e\u0301té,NaN,,{}
                "a,""b""\tc
                d",100000,true,"[""x|y""]"
                "",,,
                ,1,,
                " pad\\ ",1,,
                """,
                print(OutputFormat.CSV, ROWS));
    }

    @Test
    void tsv() throws SQLException {
        assertEquals(
                """
                name\tn\tok\ttags|more
                Zoë\t12.50\ttrue\t["a",1]
                東京\t-3\tfalse\t\\N
                e\u0301té\tNaN\t\\N\t{}
                a,"b"\\tc\\nd\t100000\ttrue\t["x|y"]
                \t\\N\t\\N\t\\N
                \\N\t1\t\\N\t\\N
                 pad\\\\ \t1\t\\N\t\\N
                """,
                print(OutputFormat.TSV, ROWS));
    }

    @Test
    void json() throws SQLException {
        assertEquals(
                """
                [{"name":"Zoë","n":12.50,"ok":true,"tags|more":["a",1]},
                 {"name":"東京","n":-3,"ok":false,"tags|more":null},
                 {"name":"e\u0301té","n":"NaN","ok":null,"tags|more":{}},
                 {"name":"a,\\"b\\"\\tc\\nd","n":100000,"ok":true,"tags|more":["x|y"]}]
                """,
                print(OutputFormat.JSON, ROWS.subList(0, 4)));
        assertEquals("[]\n", print(OutputFormat.JSON, List.of()));
    }

    @Test
    void jsonLines() throws SQLException {
        assertEquals(
                """
                {"name":"Zoë","n":12.50,"ok":true,"tags|more":["a",1]}
                {"name":"東京","n":-3,"ok":false,"tags|more":null}
                """,
                print(OutputFormat.JSONL, ROWS.subList(0, 2)));
        assertEquals("", print(OutputFormat.JSONL, List.of()));
    }

    @Test
    void markdown() throws SQLException {
        assertEquals(
                """
                | name | n | ok | tags\\|more |
                | --- | ---: | --- | --- |
                | Zoë | 12.50 | true | ["a",1] |
                | a,"b"\tc<br>d | 100000 | true | ["x\\|y"] |
                """,
                print(OutputFormat.MARKDOWN, List.of(ROWS.get(0), ROWS.get(3))));
    }

    @Test
    void readerThatHasGone() {
        OutputStream gone =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        Output out = new Output(gone);
        out.print("x");
        Output.OutputClosed e = assertThrows(Output.OutputClosed.class, out::flush);
        assertTrue(e.brokenPipe());
    }

    @Test
    void progressText() {
        assertEquals(
                "stage 3: 5 of 12 tasks, 9999 rows read, 1.5 s",
                ProgressLine.text(3, 5, 12, 9_999, 1_500_000_000L));
        assertEquals(
                "stage 0: 0 of 1 tasks, 1,234 thousand rows read, 60.0 s",
                ProgressLine.text(0, 0, 1, 1_234_567, 60_000_000_000L));
    }
}
