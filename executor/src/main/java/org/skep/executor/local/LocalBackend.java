package org.skep.executor.local;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.executor.operator.OperatorServices;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
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
        if (!settings.chaos().isEmpty()) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "chaos = '%s' is for clusters: threads of this process do not run a task again"
                            .formatted(settings.chaos()),
                    "RESET chaos, or connect to a cluster, as with --cluster spark://host:7077");
        }
        return new LocalExecution(services, threads, queryId, settings, progress);
    }

    /** Lets running tasks end; no more stages can be started. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
