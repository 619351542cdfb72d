package org.skep.tests.cluster;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.SparkContext;

/** Kills and freezes random executors of a cluster of own processes, and counts. */
final class Victims {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");
    private static final long PAUSE_MILLIS = 20;
    private static final long STABLE_NANOS = 1_000_000_000;

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

    /**
     * Waits until each worker has an executor that has registered, the same for a second: Spark
     * takes a while to forget one that was killed, and the next one's process is there by then.
     */
    void awaitWhole() throws IOException, InterruptedException {
        Set<Long> seen = Set.of();
        long since = System.nanoTime();
        while (seen.size() < HOSTS.size() || System.nanoTime() - since < STABLE_NANOS) {
            Thread.sleep(PAUSE_MILLIS);
            Set<Long> now = new HashSet<>();
            if (context().getExecutorMemoryStatus().size() == HOSTS.size() + 1) {
                for (String host : HOSTS) {
                    executor(host).ifPresent(executor -> now.add(executor.pid()));
                }
            }
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
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
