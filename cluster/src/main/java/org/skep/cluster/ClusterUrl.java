package org.skep.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Where a cluster is, as Spark writes it: {@code spark://host:7077}, {@code
 * local-cluster[2,1,1024]} …
 */
record ClusterUrl(String text) {
    private static final Pattern LOCAL =
            Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\s*(\\d+))?])?");
    private static final Pattern PROCESSES =
            Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");

    private static final Pattern LOOPBACK =
            Pattern.compile("spark://(?:127(?:\\.\\d+){3}|localhost)(?::\\d+)?");

    /** Whether all of it is on this machine. */
    boolean isLocal() {
        return text.startsWith("local") || LOOPBACK.matcher(text).matches();
    }

    /** Whether tasks are threads of this process. */
    boolean isThreads() {
        return LOCAL.matcher(text).matches();
    }

    /** Whether a task that fails is tried again; with processes it always is. */
    boolean triesAgain() {
        Matcher local = LOCAL.matcher(text);
        return !local.matches()
                || (local.group(2) != null && !local.group(2).matches("0*1")); // others say once
    }

    /** How many tasks run at a time, as far as the URL says; 0 when it does not. */
    int cores() {
        Matcher processes = PROCESSES.matcher(text);
        if (processes.matches()) {
            return Integer.parseInt(processes.group(1)) * Integer.parseInt(processes.group(2));
        }
        Matcher local = LOCAL.matcher(text);
        if (!local.matches()) {
            return 0;
        }
        String threads = local.group(1);
        if (threads == null) {
            return 1;
        }
        return threads.equals("*")
                ? Runtime.getRuntime().availableProcessors()
                : Integer.parseInt(threads);
    }

    /**
     * Fails where executors are to be started by this process, but their jars are not to be found.
     *
     * @param home what the environment says of Spark's home; null when it does not
     */
    void checkHome(String home) {
        if (!PROCESSES.matcher(text).matches() || home != null && holdsSpark(Path.of(home))) {
            return;
        }
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "%s starts executors from the jars below SPARK_HOME, where there are none: %s"
                        .formatted(text, home == null ? "it is not set" : home),
                "set SPARK_HOME to a folder with Spark's and Skep's jars in jars, or start a cluster"
                        + " by skep cluster start");
    }

    private static boolean holdsSpark(Path home) {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(home.resolve("jars"), "spark-core_*.jar")) {
            return jars.iterator().hasNext();
        } catch (IOException e) { // no folder, or none that can be read
            return false;
        }
    }

    /** Megabytes of an executor that the URL asks for; 0 when it does not say. */
    int executorMegabytes() {
        Matcher processes = PROCESSES.matcher(text);
        return processes.matches() ? Integer.parseInt(processes.group(3)) : 0;
    }
}
