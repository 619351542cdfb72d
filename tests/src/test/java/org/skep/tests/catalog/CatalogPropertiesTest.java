package org.skep.tests.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each {@code catalog/*.txt} is a {@code catalog.properties} with something wrong in it, and the
 * error that the first statement which asks the catalog gives.
 */
class CatalogPropertiesTest {
    private static final Path GOLDENS = Path.of("src/test/resources/catalog");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
    private static final String MARK = "\n----\n";

    @TempDir private static Path folder;

    @TestFactory
    Stream<DynamicTest> errors() throws IOException {
        try (Stream<Path> files = Files.list(GOLDENS)) {
            return files.sorted().toList().stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws Exception {
        String expected = Files.readString(file);
        int mark = expected.indexOf(MARK);
        String properties = mark < 0 ? expected.strip() : expected.substring(0, mark);
        Path warehouse = Files.createTempDirectory(folder, "w");
        Files.writeString(warehouse.resolve("catalog.properties"), properties);
        try (Sql sql = new Sql("jdbc:skep:" + warehouse)) {
            String error = sql.error("SHOW TABLES").replace(warehouse + "/", "");
            assertFalse(error.contains("s3cr3t"), error);
            String actual = properties + MARK + error + "\n";
            if (REWRITE) {
                Files.writeString(file, actual);
            } else {
                assertEquals(expected, actual);
            }
        }
    }
}
