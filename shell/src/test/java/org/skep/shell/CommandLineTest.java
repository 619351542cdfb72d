package org.skep.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skep.shell.CommandLine.UsageException;
import org.skep.shell.Options.Source;
import org.skep.shell.Options.Talk;
import org.skep.shell.output.OutputFormat;

class CommandLineTest {
    @Test
    void everything() throws UsageException {
        Options options =
                CommandLine.parse(
                        "run",
                        "--format=csv",
                        "a.sql",
                        "--var",
                        "ds=2026=01",
                        "-e",
                        "SELECT 1",
                        "--set",
                        "threads=2",
                        "--warehouse=/w",
                        "--schema",
                        "s",
                        "--max-rows",
                        "5",
                        "--quiet",
                        "-",
                        "--",
                        "-b.sql");
        assertEquals(
                List.of(
                        new Source.File("a.sql"),
                        new Source.Text("SELECT 1"),
                        new Source.File("-"),
                        new Source.File("-b.sql")),
                options.sources());
        assertEquals(OutputFormat.CSV, options.format());
        assertEquals(Map.of("ds", "2026=01"), options.variables());
        assertEquals(Map.of("threads", "2"), options.settings());
        assertEquals("/w", options.warehouse());
        assertEquals("s", options.schema());
        assertEquals(5, options.maxRows());
        assertEquals(Talk.QUIET, options.talk());
        assertEquals(Options.Task.HELP, CommandLine.parse("-h").task());
        assertEquals(List.of(), CommandLine.parse().sources());
    }

    @Test
    void mistakes() {
        assertEquals("no option '--formt': did you mean '--format'?", failure("--formt", "csv"));
        assertEquals(
                "no format 'xml': formats are table, vertical, csv, tsv, json, jsonl, markdown",
                failure("--format", "xml"));
        assertEquals("-e needs a value", failure("-e"));
        assertEquals("--var needs name=value, not 'x'", failure("--var", "x"));
        assertEquals("--max-rows needs a number, not '-1'", failure("--max-rows", "-1"));
        assertEquals("--quiet takes no value", failure("--quiet=yes"));
        assertEquals("run needs a file: skep run FILE…", failure("run"));
        assertEquals("no command 'rum': did you mean 'run'?", failure("rum"));
        assertEquals("to run a statement write: skep -e \"SELECT 1\"", failure("SELECT 1"));
        assertEquals(
                "no command 'nightly.sql': to run a script write: skep run nightly.sql",
                failure("nightly.sql"));
    }

    private static String failure(String... arguments) {
        return assertThrows(UsageException.class, () -> CommandLine.parse(arguments)).getMessage();
    }
}
