package org.skep.executor.local;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.executor.operator.OperatorServices;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;

/**
 * Runs stages on threads of this process. Any number of queries may run at the same time; each has
 * as many tasks running as its settings say.
 */
public final class LocalBackend implements Backend {
    /** Deep plans and expressions recurse; only touched pages take memory. */
    private static final long STACK_BYTES = 16L << 20;

    private final OperatorServices services;
    private final ExecutorService threads;

    public LocalBackend(OperatorServices services) {
        this.services = services;
        AtomicInteger made = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        30,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        work -> {
                            String name = "skep-task-" + made.incrementAndGet();
                            Thread thread = new Thread(null, work, name, STACK_BYTES);
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public LocalExecution begin(String queryId, Settings settings, Progress progress) {
        return new LocalExecution(services, threads, queryId, settings, progress);
    }

    /** Lets running tasks end; no more stages can be started. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
