package org.skep.cluster.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes as they lie in memory (an AppCDS archive, JEP 310), made by the launcher for the class
 * path that it gives. A process whose class path begins otherwise starts without it.
 *
 * @param flags of the JVM that starts with it; none without one
 */
record ClassArchive(List<String> flags) {
    /** That of a file; none when there is no such file. */
    static ClassArchive named(String file) {
        return file.isEmpty() || !Files.isRegularFile(Path.of(file))
                ? new ClassArchive(List.of())
                : new ClassArchive(
                        List.of("-XX:SharedArchiveFile=" + Path.of(file), "-Xlog:cds=off"));
    }
}
