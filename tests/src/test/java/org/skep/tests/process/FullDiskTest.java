package org.skep.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of 50 MB is filled by a statement: the error says so, the table is as it was, and the
 * space is given back. The disk is a tmpfs in a mount namespace of its own, which is gone with the
 * process; where the system allows no such thing, there is nothing to be tested.
 */
class FullDiskTest {
    private static final String MOUNT = "mount -t tmpfs -o size=50m tmpfs '%s' && ";

    @TempDir Path folder;

    @Test
    void nothingIsChangedAndSpaceIsGivenBack() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(runs("true", disk), "no mount namespaces here");
        String java = String.join("' '", Jvm.command(Jvm.classPath(), FullDisk.class.getName()));
        String command = "'%s' '%s' '%s'".formatted(java, disk, folder.resolve("temp"));
        Path output = folder.resolve("output");
        Process process = Jvm.start(output, unshared(command, disk));
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        List<String> lines = Files.readAllLines(output);
        assertEquals(5, lines.size(), String.join("\n", lines));
        for (int i = 0; i < 4; i += 2) {
            assertTrue(lines.get(i).startsWith("53100: "), lines.get(i));
            assertTrue(lines.get(i).contains("No space left on device"), lines.get(i));
            assertTrue(lines.get(i).contains("has 50 MB, of which"), lines.get(i));
            assertEquals("as before", lines.get(i + 1));
        }
        assertEquals("in the end 2 rows to 'second'", lines.get(4));
        assertEquals(0, process.exitValue());
    }

    private boolean runs(String command, Path disk) throws InterruptedException {
        try {
            Process process = Jvm.start(folder.resolve("probe"), unshared(command, disk));
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static List<String> unshared(String command, Path disk) {
        return List.of("unshare", "-Urm", "sh", "-c", MOUNT.formatted(disk) + command);
    }
}
