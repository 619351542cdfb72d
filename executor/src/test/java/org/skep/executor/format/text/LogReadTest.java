package org.skep.executor.format.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.format.Reading;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.FileSink;

class LogReadTest {
    private static final String LINES =
            """
            127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /index.html HTTP/1.0" 200 2326
            10.0.0.2 - - [10/Oct/2000:13:55:37 +0000] "GET /about.html?q=a b HTTP/1.1" 304 -
            this line is broken
            10.0.0.3 - - [10/Oct/2000:13:55:38 +0000] "-" 408 0
            """;

    @TempDir Path folder;

    @Test
    void commonFormat() throws IOException {
        Path file = Files.writeString(folder.resolve("access.log"), LINES);
        Reading log = Reading.of("httpd", file);
        assertEquals(
                "host STRING, ident STRING, user STRING, time TIMESTAMP, request STRING, method"
                        + " STRING, request_path STRING, protocol STRING, status INTEGER, bytes"
                        + " BIGINT",
                log.schema());
        assertEquals(
                List.of(
                        "[127.0.0.1, frank, 971211336000000, GET, /index.html, HTTP/1.0, 200, 2326, 1]",
                        "[10.0.0.2, null, 971186137000000, GET, /about.html?q=a b, HTTP/1.1, 304, null, 2]",
                        "[10.0.0.3, null, 971186138000000, null, null, null, 408, 0, 4]"),
                log.rows(
                        "host",
                        "user",
                        "time",
                        "method",
                        "request_path",
                        "protocol",
                        "status",
                        "bytes",
                        "_line"));
        assertEquals(
                List.of(
                        "1 bad row of '%s' passed over; the first: '%s', line 3 is not of the expected form: 'this line is broken'"
                                .formatted(file, file)),
                log.warnings());
        assertEquals(
                """
                error[BAD_ROW]: '%s', line 3 is not of the expected form: 'this line is broken'
                hint: to pass over bad rows, say on_bad_row = skip or SET max_errors = 100"""
                        .formatted(file),
                log.option("on_bad_row", "fail").error());
    }

    @Test
    void combinedFormatAndCompression() throws IOException {
        String line =
                "::1 - - [01/Jan/2026:00:00:00 +0100] \"POST /a HTTP/2.0\" 200 5 \"-\" \"Mozilla"
                        + " \\\"x\\\" 5.0\"\n";
        Path file = folder.resolve("a.log.bz2");
        try (FileSink sink = new FileSink(file, Codec.BZIP2)) {
            sink.write(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, line.length());
            sink.finish();
        }
        Reading log = Reading.of((String) null, file);
        assertEquals("log", log.table().source().format());
        assertEquals(
                List.of("[POST, null, Mozilla \\\"x\\\" 5.0]"),
                log.rows("method", "referer", "user_agent"));
    }

    @Test
    void regex() throws IOException {
        Path file = Files.writeString(folder.resolve("r.log"), "a=1\nb=x\nnone\nc=\n");
        Reading regex =
                Reading.of("regex", file)
                        .option("regex", "(\\w+)=(\\d*|x)")
                        .option("columns", "k STRING, v BIGINT");
        assertEquals(List.of("[a, 1]", "[c, null]"), regex.rows());
        assertTrue(regex.warnings().get(0).startsWith("2 bad rows"), regex.warnings().toString());
        assertEquals(List.of("[a, 1]", "[c, null]"), regex.set("split_bytes", "3B").rows());
        assertEquals(
                "k STRING, column1 STRING",
                Reading.of("regex", file).option("regex", "(?P<k>.)=(.)").schema());
    }

    @Test
    void plainLines() throws IOException {
        Path file = Files.writeString(folder.resolve("t.txt"), "one\r\n\ntwo\nthree");
        Reading text = Reading.of((String) null, file);
        assertEquals("line STRING NOT NULL", text.schema());
        List<String> rows = List.of("[one, 1]", "[, 2]", "[two, 3]", "[three, 4]");
        assertEquals(rows, text.rows("line", "_line"));
        for (int size = 1; size < 20; size++) {
            assertEquals(rows, text.set("split_bytes", size + "B").rows("line", "_line"));
        }
    }
}
