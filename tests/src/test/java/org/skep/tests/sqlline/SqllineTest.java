package org.skep.tests.sqlline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.process.Jvm;

/** Another program's use of the JDBC driver: sqlline in a JVM of its own. */
class SqllineTest {
    private static final String SCRIPT =
            """
            CREATE TABLE things (id INT, name STRING, price DECIMAL(10,2));
            INSERT INTO things VALUES (1, 'pen', 1.5), (2, 'book', 12);
            CREATE VIEW dear AS SELECT name FROM things WHERE price > 10;
            !tables
            !columns things
            !dbinfo
            SELECT name, price FROM things ORDER BY id;
            SELECT nope FROM things;
            SELECT count(*) AS n FROM dear;
            !quit
            """;

    @TempDir private Path folder;

    @Test
    void answersSqllinesQuestions() throws Exception {
        List<String> lines = run(SCRIPT);
        String all = String.join("\n", lines);

        assertTrue(lines.contains("'','default','things','TABLE','','','','','',''"), all);
        assertTrue(lines.contains("'','default','dear','VIEW','','','','','',''"), all);

        List<String> columns =
                lines.stream().filter(line -> line.startsWith("'','default','things','")).toList();
        assertEquals(
                List.of("id 4 INTEGER", "name 12 STRING", "price 3 DECIMAL(10,2)"),
                columns.stream().filter(line -> !line.contains("TABLE")).map(this::column).toList(),
                all);

        assertEquals("Skep", info(lines, "getDatabaseProductName"), all);
        assertEquals("jdbc:skep:" + folder.resolve("warehouse"), info(lines, "getURL"), all);
        assertEquals("true", info(lines, "nullsAreSortedLow"), all);
        assertEquals("false", info(lines, "nullsAreSortedHigh"), all);
        assertEquals("true", info(lines, "supportsFullOuterJoins"), all);
        assertEquals("true", info(lines, "supportsTransactions"), all);

        int header = indexOf(lines, "'name','price'");
        assertEquals(
                List.of("'pen','1.50'", "'book','12.00'"), lines.subList(header + 1, header + 3));

        int error = indexOf(lines, "Error: error[COLUMN_NOT_FOUND]: no column 'nope'");
        assertEquals("1 | SELECT nope FROM things", lines.get(error + 2));
        assertEquals("  |        ^^^^", lines.get(error + 3));
        assertTrue(lines.get(error + 4).endsWith("(state=42703,code=0)"), all);

        int last = indexOf(lines, "'n'");
        assertEquals("'1'", lines.get(last + 1), "the connection answers after the error");
    }

    private String column(String line) {
        String[] values = line.split("','");
        return values[3] + " " + values[4] + " " + values[5];
    }

    private static String info(List<String> lines, String name) {
        return lines.stream()
                .map(line -> line.replaceFirst("^.*> ", ""))
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .collect(Collectors.joining());
    }

    private static int indexOf(List<String> lines, String wanted) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(wanted)) {
                return i;
            }
        }
        throw new AssertionError("no line '%s' in%n%s".formatted(wanted, String.join("\n", lines)));
    }

    /** What sqlline prints for a script, standard output and error together. */
    private List<String> run(String script) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("script.sql"), script);
        Path output = folder.resolve("output.txt");
        // without the shell's terminal library, of which sqlline needs an older one
        List<String> libraries =
                Jvm.classPath().stream().filter(entry -> !entry.contains("jline-4")).toList();
        List<String> command = Jvm.command(libraries, "sqlline.SqlLine");
        command.addAll(List.of("--color=false", "--outputformat=csv", "-n", "", "-p", ""));
        command.addAll(List.of("-d", "org.skep.jdbc.SkepDriver"));
        command.addAll(List.of("-u", "jdbc:skep:" + folder.resolve("warehouse")));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("sqlline hangs:\n" + Files.readString(output));
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
