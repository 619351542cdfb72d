package org.skep.executor.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.type.Type;

/** Processes that spill side by side leave each other's files alone. */
class SpillRootTest {
    private static final int PROCESSES = 6;

    @TempDir Path temp;

    /** Spills again and again for a while; fails when a file of its own is gone. */
    public static void main(String[] arguments) throws IOException {
        Path temp = Path.of(arguments[0]);
        long end = System.nanoTime() + 2_000_000_000L;
        for (int query = 0; System.nanoTime() < end; query++) {
            try (SpillFolder one = new SpillFolder(temp.toString(), "a" + query);
                    SpillFolder two = new SpillFolder(temp.toString(), "b" + query)) {
                one.create(List.of(Type.BIGINT));
                two.create(List.of(Type.BIGINT));
                one.create(List.of(Type.BIGINT));
            }
        }
    }

    @Test
    void processesSideBySide() throws Exception {
        Process[] all = new Process[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            all[i] =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    SpillRootTest.class.getName(),
                                    temp.toString())
                            .inheritIO()
                            .start();
        }
        for (Process process : all) {
            assertEquals(0, process.waitFor());
        }
        try (Stream<Path> left = Files.list(temp)) {
            assertTrue(left.findAny().isEmpty());
        }
    }
}
