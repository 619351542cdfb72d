package org.skep.cluster.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where the cluster of this machine keeps what it must remember: the system property {@code
 * skep.cluster.home}, else {@code $SKEP_CLUSTER_HOME}, else {@code ~/.skep/cluster}. Only its owner
 * may look into it, for the secret is there.
 */
record ClusterFolder(Path path) {
    private static final int SECRET_BYTES = 32;

    static ClusterFolder ofUser() {
        String named = System.getProperty("skep.cluster.home", System.getenv("SKEP_CLUSTER_HOME"));
        return new ClusterFolder(
                named != null && !named.isBlank()
                        ? Path.of(named).toAbsolutePath()
                        : Path.of(System.getProperty("user.home"), ".skep", "cluster"));
    }

    Path processes() {
        return path.resolve("processes");
    }

    /** Spark's configuration for master, workers and drivers, with the secret. */
    Path properties() {
        return path.resolve("spark.properties");
    }

    Path log(String process) {
        return path.resolve("logs").resolve(process + ".log");
    }

    Path work(String worker) {
        return path.resolve(worker);
    }

    /** What Spark calls its home: a folder with the jars. */
    Path home() {
        return path.resolve("home");
    }

    /**
     * Makes the folder, the configuration with a new secret, and a home with the jars.
     *
     * @param jars the folder of all jars that executors need
     * @param flags of the executors' JVMs
     * @param master its URL
     * @param webPort of its web page
     * @param megabytes that a worker has for executors
     */
    void prepare(Path jars, List<String> flags, String master, int webPort, long megabytes)
            throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(path.resolve("logs"));
        Files.createDirectories(home());
        Path link = home().resolve("jars");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, jars.toAbsolutePath());
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        List<String> lines =
                List.of(
                        // before what users ask for, which they may still do
                        "spark.executor.defaultJavaOptions \"%s\""
                                .formatted(String.join("\" \"", flags)),
                        "spark.master " + master,
                        "spark.authenticate true",
                        "spark.authenticate.secret " + HexFormat.of().formatHex(secret),
                        "spark.network.crypto.enabled true",
                        "spark.io.encryption.enabled true",
                        "spark.executor.memory " + megabytes + "m",
                        "spark.master.ui.port " + webPort,
                        "spark.master.rest.enabled false",
                        "spark.port.maxRetries 0");
        Files.deleteIfExists(properties());
        Files.createFile(
                properties(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(properties(), lines, StandardCharsets.UTF_8);
    }

    /** The port of the master's web page; nothing when no cluster was started. */
    Optional<Integer> webPort() throws IOException {
        if (!Files.exists(properties())) {
            return Optional.empty();
        }
        return Files.readAllLines(properties()).stream()
                .filter(line -> line.startsWith("spark.master.ui.port "))
                .map(line -> Integer.valueOf(line.substring(line.indexOf(' ') + 1)))
                .findFirst();
    }
}
