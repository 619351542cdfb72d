package org.skep.tests.house;

import static java.util.Map.entry;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Lists what is large: files above {@value #MAX_FILE_LINES} lines and methods above {@value
 * #MAX_METHOD_LINES}, each with its reason, if it has one. Circles between packages are {@link
 * LawsTest}'s.
 */
public final class HouseReport {
    static final int MAX_FILE_LINES = 400;
    static final int MAX_METHOD_LINES = 70;

    /** Files and methods that may be larger, and why. */
    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    entry("PlanNode.java", "the plan language in one place: a record per node"),
                    entry("Expr.java", "the expression language in one place: a record per node"),
                    entry("Statement.java", "all statements in one place: a record per statement"),
                    entry(
                            "Capabilities.java",
                            "answers of java.sql.DatabaseMetaData, one line each"),
                    entry("EmbeddedConnection.java", "java.sql.Connection has that many methods"),
                    entry("ReadOnlyResultSet.java", "java.sql.ResultSet has that many setters"),
                    entry("SkepDatabaseMetaData.java", "java.sql.DatabaseMetaData's tables"),
                    entry("SkepResultSet.java", "java.sql.ResultSet has that many getters"),
                    entry("SkepStatement.java", "java.sql.Statement has that many methods"),
                    entry("ChapterTest.java", "the chapter's cases, in its order"),
                    entry(
                            "OperatorBuilder.operator",
                            "one exhaustive switch over the plan's nodes"),
                    entry("ReadJavaFilesTest.add", "a table of types and values"),
                    entry("ReadJavaFilesTest.oldAndNewLists", "two files written by hand"),
                    entry("JoinsTest.check", "one plan under every join, compared at once"));

    private final List<Large> found = new ArrayList<>();

    private HouseReport() {}

    /** Something large. */
    record Large(String what, int lines, String reason) {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments.length > 0 ? arguments[0] : ".");
        for (Large large : of(root)) {
            String reason = large.reason == null ? "no reason given" : large.reason;
            System.out.printf("%5d lines  %s: %s%n", large.lines, large.what, reason);
        }
    }

    /** What is large below a folder, main and test sources alike. */
    static List<Large> of(Path root) throws IOException {
        HouseReport report = new HouseReport();
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> sources =
                    all.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> path.toString().contains("/src/"))
                            .filter(path -> !path.toString().contains("/target/"))
                            .sorted()
                            .toList();
            report.files(root, sources);
            report.methods(sources);
        }
        return report.found;
    }

    private void files(Path root, List<Path> sources) throws IOException {
        for (Path source : sources) {
            int lines = Files.readAllLines(source).size();
            if (lines > MAX_FILE_LINES) {
                String reason = REASONS.get(source.getFileName().toString());
                found.add(new Large(root.relativize(source).toString(), lines, reason));
            }
        }
    }

    private void methods(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Methods(unit, trees).scan(unit, "");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Visits the methods of a file, under the name of their class. */
    private final class Methods extends TreeScanner<Void, String> {
        private final CompilationUnitTree unit;
        private final Trees trees;

        Methods(CompilationUnitTree unit, Trees trees) {
            this.unit = unit;
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree tree, String name) {
            return super.visitClass(tree, tree.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree method, String name) {
            LineMap lines = unit.getLineMap();
            long start = trees.getSourcePositions().getStartPosition(unit, method);
            long end = trees.getSourcePositions().getEndPosition(unit, method);
            int length = (int) (lines.getLineNumber(end) - lines.getLineNumber(start) + 1);
            String what = name + "." + method.getName();
            if (length > MAX_METHOD_LINES) {
                found.add(new Large(what, length, REASONS.get(what)));
            }
            return super.visitMethod(method, name);
        }
    }
}
