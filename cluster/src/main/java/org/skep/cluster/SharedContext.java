package org.skep.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.skep.cluster.standalone.OwnCluster;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * This process's connection to a cluster: Spark allows one, so back ends share it. The last one
 * that gives it back ends it.
 */
final class SharedContext {
    private static final Duration RETURN = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 100;
    private static final long MORE_MILLIS = 500;

    /**
     * Plans may be deep; collector, heap and pages are those of the launcher. Arrow's off-heap
     * memory needs two more flags from Java 24 on, which older ones pass over: executors may run on
     * another Java than this process, and on a system without large pages.
     */
    private static final String EXECUTOR_FLAGS =
            "-Xss16m -XX:+UseParallelGC -XX:InitialRAMPercentage=20 -XX:+IgnoreUnrecognizedVMOptions"
                    + " -XX:+UseTransparentHugePages --sun-misc-unsafe-memory-access=allow"
                    + " --enable-native-access=ALL-UNNAMED";

    private static final String SECRET = "spark.authenticate.secret";

    private static SharedContext current; // guarded by the class

    private final ClusterUrl url;
    private final SparkContext context;
    private final int cores;
    private int users;

    private SharedContext(ClusterUrl url, SparkContext context, int cores) {
        this.url = url;
        this.context = context;
        this.cores = cores;
    }

    /** The connection to a cluster; must be given back by {@link #release}. */
    static SharedContext acquire(ClusterUrl url) {
        synchronized (SharedContext.class) {
            if (current != null && current.isLost()) {
                current.context.stop(); // whoever else shares it finds out by this
                current = null;
            }
            if (current == null) {
                current = connect(url);
            }
            if (!current.url.equals(url)) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "this process is connected to the cluster %s, not to %s"
                                .formatted(current.url.text(), url.text()),
                        "close the connections to the other cluster first, or use a process of its"
                                + " own");
            }
            current.users++;
            return current;
        }
    }

    private static SharedContext connect(ClusterUrl url) {
        SparkContext context = start(url);
        try {
            int cores = url.cores() > 0 ? url.cores() : registeredCores(url, context);
            return new SharedContext(url, context, cores);
        } catch (RuntimeException e) {
            context.stop();
            throw e;
        }
    }

    /**
     * Whether the cluster does not know this process any more, so that a new connection is needed.
     * A master that was started again does not: it gives no executors, and Spark would wait for
     * them. Executors that have just died get a while to come again.
     */
    boolean isLost() {
        Instant end = Instant.now().plus(RETURN);
        while (!context.isStopped() && isAlone() && !isOfAnotherCluster()) {
            if (Instant.now().isAfter(end)) {
                return true;
            }
            pause(PAUSE_MILLIS);
        }
        return context.isStopped() || isAlone();
    }

    /** Without executors where there ought to be some. */
    private boolean isAlone() {
        return !context.isLocal()
                && context.getExecutorMemoryStatus().size() < 2 // the driver is one
                && !context.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    }

    /** Each start of this machine's cluster has a secret of its own. */
    private boolean isOfAnotherCluster() {
        String secret = OwnCluster.configuration(url.text()).get(SECRET);
        return secret != null && !secret.equals(context.getConf().get(SECRET, secret));
    }

    void release() {
        synchronized (SharedContext.class) {
            if (--users == 0) {
                context.stop();
                if (current == this) {
                    current = null;
                }
            }
        }
    }

    SparkContext context() {
        return context;
    }

    /** How many tasks run at a time. */
    int cores() {
        return cores;
    }

    private static SparkContext start(ClusterUrl url) {
        SparkConf conf = new SparkConf().setMaster(url.text()).setAppName("skep");
        userSettings().forEach(conf::setIfMissing);
        OwnCluster.configuration(url.text())
                .forEach(
                        (key, value) -> {
                            if (key.startsWith("spark.authenticate")) {
                                conf.set(key, value); // each start has a secret of its own
                            } else {
                                conf.setIfMissing(key, value);
                            }
                        });
        if (url.isLocal()) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing("spark.executor.extraClassPath", classPath());
        }
        if (url.executorMegabytes() > 0) {
            conf.setIfMissing("spark.executor.memory", url.executorMegabytes() + "m");
        }
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.serializer.extraDebugInfo", "false"); // wants more JVM flags
        conf.setIfMissing("spark.locality.wait", "0s"); // places are wishes
        Recovery.SETTINGS.forEach(conf::setIfMissing);
        // the lz4-java that our file formats use is older than what Spark's lz4 codec calls
        conf.setIfMissing("spark.io.compression.codec", "zstd");
        conf.setIfMissing("spark.driver.maxResultSize", "0"); // results come in waves of tasks
        conf.setIfMissing("spark.executor.extraJavaOptions", EXECUTOR_FLAGS);
        Masters.check(url.text());
        url.checkHome(System.getenv("SPARK_HOME"));
        try {
            return new SparkContext(conf);
        } catch (NullPointerException e) { // Spark has given up meanwhile, and taken all down
            throw failure(
                    ErrorCode.CLUSTER_FAILURE,
                    "the cluster %s does not let this program in".formatted(url.text()),
                    "its master answers, so most likely spark.authenticate.secret is another one"
                            + " there, or its Spark another version; the master's log tells which",
                    e);
        } catch (Exception e) { // Scala throws what it likes
            String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            boolean unknown = said.startsWith("Could not parse Master URL");
            throw failure(
                    unknown ? ErrorCode.INVALID_ARGUMENT : ErrorCode.CLUSTER_FAILURE,
                    "cannot connect to the cluster %s: %s".formatted(url.text(), said),
                    "a cluster is named as Spark does: spark://host:7077, yarn, k8s://…,"
                            + " local-cluster[2,1,1024], local[2]",
                    e);
        }
    }

    /** What the file named by {@code $SKEP_SPARK_PROPERTIES} says, in Spark's own form. */
    private static Map<String, String> userSettings() {
        String named = System.getenv("SKEP_SPARK_PROPERTIES");
        if (named == null || named.isBlank()) {
            return Map.of();
        }
        Path file = Path.of(named);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the file %s that SKEP_SPARK_PROPERTIES names cannot be read".formatted(file),
                    "unset SKEP_SPARK_PROPERTIES, or name a file with lines such as"
                            + " spark.executor.memory 8g");
        }
        return OwnCluster.read(file);
    }

    private static String classPath() {
        String separator = System.getProperty("path.separator");
        StringBuilder absolute = new StringBuilder();
        for (String entry : System.getProperty("java.class.path").split(separator)) {
            absolute.append(absolute.length() == 0 ? "" : separator);
            absolute.append(Path.of(entry).toAbsolutePath());
        }
        return absolute.toString();
    }

    /** Cores of the executors that have come; waits for the first. */
    private static int registeredCores(ClusterUrl url, SparkContext context) {
        long waitSeconds = ExecutorWatch.waitSeconds(context.getConf());
        Instant end = Instant.now().plusSeconds(waitSeconds);
        try {
            while (!context.isStopped() && context.getExecutorMemoryStatus().size() < 2) {
                if (Instant.now().isAfter(end)) {
                    throw noExecutor(url, waitSeconds, null);
                }
                pause(PAUSE_MILLIS);
            }
            pause(MORE_MILLIS); // others come at about the same time
            return context.defaultParallelism();
        } catch (IllegalStateException e) { // Spark has given up, and says so to whoever asks
            throw noExecutor(url, waitSeconds, e);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(
                    ErrorCode.CANCELLED, "cancelled while connecting to the cluster", e);
        }
    }

    private static QueryException failure(
            ErrorCode code, String message, String hint, Throwable cause) {
        QueryException failure = new QueryException(code, message, hint);
        failure.initCause(cause);
        return failure;
    }

    private static QueryException noExecutor(ClusterUrl url, long seconds, Throwable cause) {
        return failure(
                ErrorCode.CLUSTER_FAILURE,
                "the cluster %s has given this program no executor within %d s"
                        .formatted(url.text(), seconds),
                "its master's web page tells whether it has workers with free cores and memory"
                        + " (spark.executor.memory is what is asked for), its workers' logs why"
                        + " executors do not start; where they take longer, set"
                        + " spark.skep.executors.wait 5min",
                cause);
    }
}
