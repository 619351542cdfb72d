package org.skep.tests.slt;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every file below {@code slt} under every configuration, see the package's description. */
class SltTest {
    private static final Path FILES = Path.of("src/test/resources/slt");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
    private static final String CHOSEN = System.getProperty("slt", "");

    @TempDir private static Path folder;
    private static Path data;

    @BeforeAll
    static void inputs() throws IOException {
        data = TestInputs.write(folder.resolve("data"));
    }

    @TestFactory
    Stream<DynamicContainer> corpus() throws IOException {
        List<SltFile> files = files();
        if (REWRITE) {
            for (SltFile file : files) {
                rewrite(file);
            }
            files = files();
        }
        List<SltFile> all = files;
        return Arrays.stream(Configuration.values())
                .map(
                        configuration ->
                                DynamicContainer.dynamicContainer(
                                        configuration.name(), tests(all, configuration)));
    }

    private static Stream<DynamicTest> tests(List<SltFile> files, Configuration configuration) {
        return files.stream()
                .filter(file -> configuration == Configuration.STANDARD || !file.once())
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        FILES.relativize(file.path()).toString(),
                                        () -> check(file, configuration)));
    }

    private static List<SltFile> files() throws IOException {
        List<SltFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(FILES)) {
            for (Path path : paths.sorted().toList()) {
                if (path.toString().endsWith(".test") && path.toString().contains(CHOSEN)) {
                    files.add(SltFile.read(path));
                }
            }
        }
        return files;
    }

    private static void check(SltFile file, Configuration configuration)
            throws IOException, SQLException {
        Path place = Files.createTempDirectory(folder, "run");
        System.setProperty("skep.fuse.rows", configuration.fuses() ? "0" : "500000");
        List<String> differences = new ArrayList<>();
        try (Connection connection = connect(place)) {
            SltRun run = new SltRun(connection, variables(place));
            for (String setting : configuration.settings()) {
                set(connection, setting);
            }
            differences.addAll(run.differences(file));
        }
        if (!differences.isEmpty()) {
            fail(file.path() + "\n" + String.join("\n", differences));
        }
    }

    private static void rewrite(SltFile file) throws IOException {
        Path place = Files.createTempDirectory(folder, "rewrite");
        try (Connection connection = connect(place)) {
            file.rewrite(new SltRun(connection, variables(place))::filledIn);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Connection connect(Path place) throws SQLException {
        return DriverManager.getConnection("jdbc:skep:" + place.resolve("warehouse"));
    }

    private static Map<String, String> variables(Path place) {
        return Map.of("data", data.toString(), "out", place.resolve("out").toString());
    }

    private static void set(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET " + setting);
        }
    }
}
