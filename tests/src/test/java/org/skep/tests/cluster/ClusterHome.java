package org.skep.tests.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code local-cluster[…]} needs to start executors: a folder with Spark's jars, as links. */
final class ClusterHome {
    private ClusterHome() {}

    static void fill() throws IOException {
        Path jars = Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        String separator = System.getProperty("path.separator");
        for (String entry : System.getProperty("java.class.path").split(separator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            Path link = jars.resolve(jar.getFileName());
            if (entry.endsWith(".jar") && !Files.exists(link)) {
                Files.deleteIfExists(link); // of a jar that has gone
                Files.createSymbolicLink(link, jar);
            }
        }
    }
}
