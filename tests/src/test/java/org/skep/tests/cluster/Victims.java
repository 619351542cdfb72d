package org.skep.tests.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.SparkContext;

/** Kills and freezes random executors of a cluster of own processes, and counts. */
final class Victims {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");
    private static final long PAUSE_MILLIS = 20;

    private final OwnProcesses cluster;
    private final Random random;
    private final RunningTasks tasks = new RunningTasks();
    private int kills;
    private int busyKills;
    private int freezes;

    /** To be made when this process is connected to the cluster. */
    Victims(OwnProcesses cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
        context().addSparkListener(tasks);
    }

    private static SparkContext context() {
        return SparkContext.getOrCreate();
    }

    private Optional<ProcessHandle> executor(String host) throws IOException {
        return cluster.executor(host, context().applicationId());
    }

    /** Waits until each worker has an executor that has registered. */
    void awaitWhole() throws IOException, InterruptedException {
        while (context().getExecutorMemoryStatus().size() < HOSTS.size() + 1
                || executor(HOSTS.get(0)).isEmpty()
                || executor(HOSTS.get(1)).isEmpty()) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Kills an executor; false when there was none. */
    synchronized boolean kill() throws IOException {
        String host = HOSTS.get(random.nextInt(HOSTS.size()));
        Optional<ProcessHandle> executor = executor(host);
        if (executor.isPresent()) {
            boolean busy = tasks.any(host);
            executor.get().destroyForcibly();
            kills++;
            busyKills += busy ? 1 : 0;
        }
        return executor.isPresent();
    }

    /** Freezes an executor, which is to be thawed again. */
    synchronized Optional<ProcessHandle> freeze() throws IOException, InterruptedException {
        Optional<ProcessHandle> executor = executor(HOSTS.get(random.nextInt(HOSTS.size())));
        if (executor.isPresent()) {
            OwnProcesses.signal("STOP", executor.get());
            freezes++;
        }
        return executor;
    }

    synchronized int kills() {
        return kills;
    }

    /** Those that were at work when they were killed. */
    synchronized int busyKills() {
        return busyKills;
    }

    synchronized int freezes() {
        return freezes;
    }
}
