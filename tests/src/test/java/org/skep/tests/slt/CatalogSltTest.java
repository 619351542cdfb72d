package org.skep.tests.slt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.skep.tests.catalog.KeptCatalog;

/** What most of the files about tables say holds wherever the catalog is. */
class CatalogSltTest {
    private static final Path FILES = Path.of("src/test/resources/slt/ddl");

    /** What is about rows, or about files that are no table's. */
    private static final Set<String> ALIKE =
            Set.of("changes.test", "directory.test", "external.test", "load.test", "rules.test");

    /** Nothing in the others makes the rows of a database other ones than those of SQLite. */
    private static final Set<String> ABOUT_NAMES =
            Set.of(
                    "manage-in-transaction.test",
                    "replace.test",
                    "schemas.test",
                    "tables.test",
                    "views.test");

    @TempDir private static Path folder;
    private static Path data;

    @BeforeAll
    static void inputs() throws IOException {
        data = TestInputs.write(folder.resolve("data"));
    }

    @TestFactory
    Stream<DynamicContainer> corpus() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.list(FILES)) {
            files = paths.sorted().toList();
        }
        return Arrays.stream(KeptCatalog.Place.values())
                .map(place -> DynamicContainer.dynamicContainer(place.name(), tests(files, place)));
    }

    private static Stream<DynamicTest> tests(List<Path> files, KeptCatalog.Place place) {
        return files.stream()
                .filter(file -> isRun(file.getFileName().toString(), place))
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(), () -> check(file, place)));
    }

    private static boolean isRun(String file, KeptCatalog.Place place) {
        return switch (place) {
            case POSTGRESQL -> ABOUT_NAMES.contains(file);
            case REST -> !ALIKE.contains(file);
        };
    }

    private static void check(Path file, KeptCatalog.Place place) throws Exception {
        Path here = Files.createTempDirectory(folder, "run");
        List<String> differences = new ArrayList<>();
        try (KeptCatalog catalog = place.in(here);
                Connection connection = DriverManager.getConnection(catalog.url())) {
            String out = here.resolve("out").toString();
            SltRun run = new SltRun(connection, Map.of("data", data.toString(), "out", out));
            for (Block block : SltFile.read(file).blocks()) {
                String difference = run.difference(block);
                if (difference != null) {
                    differences.add(difference);
                }
            }
        }
        assertEquals("", String.join("\n", differences));
    }
}
