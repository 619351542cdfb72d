package org.skep.cluster;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * This process's connection to a cluster: Spark allows one, so back ends share it. The last one
 * that gives it back ends it.
 */
final class SharedContext {
    private static SharedContext current; // guarded by the class

    private final ClusterUrl url;
    private final SparkContext context;
    private final int cores;
    private int users;

    private SharedContext(ClusterUrl url, SparkContext context) {
        this.url = url;
        this.context = context;
        this.cores = url.cores() > 0 ? url.cores() : registeredCores(context);
    }

    /** The connection to a cluster; must be given back by {@link #release}. */
    static SharedContext acquire(ClusterUrl url) {
        synchronized (SharedContext.class) {
            if (current != null && current.context.isStopped()) {
                current = null; // the cluster has gone
            }
            if (current == null) {
                current = new SharedContext(url, start(url));
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
        conf.setIfMissing("spark.network.timeout", "12s"); // a frozen worker is noticed so soon
        conf.setIfMissing("spark.executor.heartbeatInterval", "2s");
        conf.setIfMissing("spark.network.timeoutInterval", "2s");
        conf.setIfMissing("spark.speculation", "true");
        // the lz4-java that our file formats use is older than what Spark's lz4 codec calls
        conf.setIfMissing("spark.io.compression.codec", "zstd");
        conf.setIfMissing("spark.driver.maxResultSize", "0"); // results come in waves of tasks
        conf.setIfMissing("spark.executor.extraJavaOptions", "-Xss16m"); // plans may be deep
        try {
            return new SparkContext(conf);
        } catch (RuntimeException e) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "cannot connect to the cluster %s: %s".formatted(url.text(), e.getMessage()),
                    e);
        }
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

    /** Cores of the executors that have come; waits a while for the first. */
    private static int registeredCores(SparkContext context) {
        long end = System.nanoTime() + 10_000_000_000L;
        try {
            while (context.getExecutorMemoryStatus().size() < 2 && System.nanoTime() < end) {
                Thread.sleep(100);
            }
            Thread.sleep(500); // others come at about the same time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return context.defaultParallelism();
    }
}
