package org.skep.cluster;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.skep.executor.local.LocalBackend;
import org.skep.executor.local.StandardServices;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.settings.Chaos;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;

/**
 * Runs stages on the workers of a Spark cluster. It connects when it is first asked for anything. A
 * stage is a Spark job: one that writes a shuffle, or several in a row that bring rows of the
 * result here. Small ones run on threads of this process.
 */
public final class SparkBackend implements Backend {
    private final ClusterUrl url;
    private final Path checkpoints;
    private final ExecutorService waves;
    private final LocalBackend threads = new LocalBackend(new StandardServices());
    private SharedContext shared; // guarded by this; null before it is needed

    /**
     * @param url of the cluster, as Spark writes it
     * @param checkpoints folder that this process shares with the executors
     */
    public SparkBackend(String url, Path checkpoints) {
        this.checkpoints = checkpoints;
        this.url = new ClusterUrl(url);
        this.waves =
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work, "skep-result");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    private synchronized SharedContext connection() {
        if (shared != null && shared.isLost()) {
            shared.release();
            shared = null;
        }
        if (shared == null) {
            shared = SharedContext.acquire(url);
        }
        return shared;
    }

    @Override
    public Settings fitting(Settings settings) {
        int cores = url.cores() > 0 ? url.cores() : connection().cores();
        return settings.with("threads", Integer.toString(cores));
    }

    @Override
    public Execution begin(String queryId, Settings settings, Progress progress) {
        settings.chaos().injections().forEach(this::requirePossible);
        SharedContext connection = connection();
        return new SparkExecution(
                connection.context(),
                waves,
                threads,
                connection.cores(),
                queryId,
                new Checkpoints(checkpoints, queryId),
                settings,
                progress);
    }

    private void requirePossible(Chaos.Injection injection) {
        switch (injection.act()) {
            case SLOW_TASK -> {}
            case CRASH_TASK -> {
                if (!url.triesAgain()) {
                    throw impossible(
                            injection,
                            "which does not run a task again",
                            "local[2,4] tries each task four times; or use a cluster of processes,"
                                    + " as skep cluster start starts it");
                }
            }
            case KILL_TASK -> {
                if (url.isThreads()) {
                    throw impossible(
                            injection,
                            "where tasks are threads of this process",
                            "use crash-task, or a cluster of processes, as skep cluster start starts"
                                    + " it");
                }
            }
        }
    }

    private QueryException impossible(Chaos.Injection injection, String why, String hint) {
        return new QueryException(
                ErrorCode.NOT_SUPPORTED,
                "chaos holds '%s', but the cluster is %s, %s".formatted(injection, url.text(), why),
                hint);
    }

    @Override
    public synchronized void close() {
        waves.shutdown();
        threads.close();
        if (shared != null) {
            shared.release();
            shared = null;
        }
    }
}
