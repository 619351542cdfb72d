package org.skep.executor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.executor.eval.Predicate;
import org.skep.model.plan.Expr;
import org.skep.model.plan.PlanNode;
import org.skep.model.type.Type;

class DiscoveryTest {
    @TempDir Path folder;

    private void file(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Reading at(String pattern) {
        return Reading.of("csv", List.of(folder + "/" + pattern));
    }

    private List<String> found(String pattern) {
        List<String> names = new ArrayList<>();
        at(pattern)
                .table()
                .files()
                .forEach(f -> names.add(folder.relativize(Path.of(f.path())).toString()));
        return names;
    }

    @Test
    void foldersGlobsAndUris() throws IOException {
        for (String name :
                List.of(
                        "a.csv",
                        "b.csv",
                        "x/c.csv",
                        "x/y/d.csv",
                        "_tmp/e.csv",
                        ".h.csv",
                        "x/_SUCCESS",
                        "odd [1].csv")) {
            file(name, "n\n1\n");
        }
        assertEquals(List.of("a.csv", "b.csv", "odd [1].csv", "x/c.csv", "x/y/d.csv"), found(""));
        assertEquals(List.of("a.csv", "b.csv"), found("?.csv"));
        assertEquals(List.of("a.csv", "x/c.csv"), found("{a,x/c}.csv"));
        assertEquals(
                List.of("a.csv", "b.csv", "odd [1].csv", "x/c.csv", "x/y/d.csv"),
                found("**/*.csv"));
        assertEquals(List.of("x/c.csv", "x/y/d.csv"), found("x/**"));
        assertEquals(List.of("odd [1].csv"), found("odd [1].csv"));
        assertEquals(List.of(".h.csv"), found(".h.csv"));
        assertEquals(1, Reading.of("csv", List.of("file://" + folder + "/a.csv")).rows().size());
        assertEquals(
                1,
                Reading.of("csv", List.of("file:" + folder + "/odd%20[1].csv".replace("%20", " ")))
                        .rows()
                        .size());
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        file("sales.csv", "n\n1\n");
        assertEquals(
                """
                error[FILE_NOT_FOUND]: no file '%s/slaes.csv'
                hint: did you mean '%s/sales.csv'?"""
                        .formatted(folder, folder),
                at("slaes.csv").error());
        assertEquals(
                """
                error[FILE_NOT_FOUND]: no file matches '%s/*.json'
                hint: names that begin with . or _ are left out"""
                        .formatted(folder),
                at("*.json").error());
        assertTrue(Reading.of("csvv", folder).error().contains("did you mean 'csv'?"));
        assertTrue(
                Reading.of("csv", List.of("s3://b/x")).error().startsWith("error[NOT_SUPPORTED]"));
    }

    @Test
    void partitionFolders() throws IOException {
        file("year=2024/day=2024-01-31/k=a%2Fb/1.csv", "n\n1\n");
        file("year=2025/day=2025-01-31/k=__HIVE_DEFAULT_PARTITION__/1.csv", "n\n2\n");
        Reading all = at("");
        assertEquals("n BIGINT, year BIGINT, day DATE, k STRING", all.schema());
        assertEquals(List.of("[1, 2024, 19753, a/b]", "[2, 2025, 20119, null]"), all.rows());
        assertEquals(List.of("[2024, 1]", "[2025, 2]"), all.rows("year", "n"));
        PlanNode.Scan scan = all.scan("year", "n");
        Expr condition =
                new Expr.Compare(
                        Expr.Comparison.EQUAL,
                        new Expr.Input(0, Type.BIGINT),
                        new Expr.Literal(2025L, Type.BIGINT));
        PlanNode.Scan pruned =
                new PlanNode.Scan(scan.table(), scan.columns(), List.of(condition), -1, List.of());
        all.compiler(DiscoveryTest::equalTo);
        assertEquals(List.of("[2025, 2]"), all.rows(pruned));
        LocalFileInspector inspector = new LocalFileInspector(DiscoveryTest::equalTo);
        assertEquals(
                1, inspector.splits(pruned, org.skep.model.settings.Settings.defaults()).size());
    }

    /** Compares a column with a constant, which is all that these tests need. */
    private static Predicate equalTo(Expr condition) {
        Expr.Compare compare = (Expr.Compare) condition;
        int column = ((Expr.Input) compare.left()).column();
        Object value = ((Expr.Literal) compare.right()).value();
        return (batch, selected) -> {
            int count = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if (Objects.equals(batch.column(column).value(row), value)) {
                    selected[count++] = row;
                }
            }
            return count;
        };
    }

    @Test
    void limitsAndConditionsOverData() throws IOException {
        StringBuilder text = new StringBuilder("k,n\n");
        for (int i = 0; i < 100; i++) {
            text.append(i % 3).append(',').append(i).append('\n');
        }
        file("t.csv", text.toString());
        Reading csv = at("t.csv").set("batch_rows", "16").compiler(DiscoveryTest::equalTo);
        PlanNode.Scan scan = csv.scan("n", "k");
        Expr condition =
                new Expr.Compare(
                        Expr.Comparison.EQUAL,
                        new Expr.Input(1, Type.BIGINT),
                        new Expr.Literal(2L, Type.BIGINT));
        assertEquals(
                List.of("[2, 2]", "[5, 2]", "[8, 2]"),
                csv.rows(
                        new PlanNode.Scan(
                                scan.table(), scan.columns(), List.of(condition), 3, List.of())));
        assertEquals(
                20,
                csv.rows(new PlanNode.Scan(scan.table(), scan.columns(), List.of(), 20, List.of()))
                        .size());
    }

    @Test
    void formatsAreToldApart() throws IOException {
        file("1", "{\"a\": 1}\n");
        file("2", "a,b\n1,2\n");
        file("3", "hello world\n");
        file("4.data", "[{\"a\": 1}]");
        file("5.tsv", "a\tb,c\n1\t2\n");
        for (String expected : List.of("1 json", "2 csv", "3 text", "4.data json", "5.tsv csv")) {
            String[] words = expected.split(" ");
            String path = folder.resolve(words[0]).toString();
            assertEquals(
                    words[1], Reading.of(null, List.of(path)).table().source().format(), expected);
        }
        assertEquals(
                "a BIGINT, `b,c` BIGINT", Reading.of(null, List.of(folder + "/5.tsv")).schema());
    }
}
