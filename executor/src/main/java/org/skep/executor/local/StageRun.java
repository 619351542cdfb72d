package org.skep.executor.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.skep.executor.exchange.ShuffleStore;
import org.skep.executor.exchange.SpillFolder;
import org.skep.executor.operator.BroadcastTables;
import org.skep.executor.operator.OperatorContext;
import org.skep.executor.operator.OperatorServices;
import org.skep.executor.operator.TaskFilters;
import org.skep.executor.run.TaskFailure;
import org.skep.executor.run.TaskRun;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.TaskContext;
import org.skep.executor.task.TaskProfile;
import org.skep.model.data.Batch;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;

/**
 * One stage while it runs: workers take tasks in order of their numbers. The first error ends the
 * others and is the stage's.
 */
final class StageRun {
    private final Stage stage;
    private final int tasks;
    private final OperatorServices services;
    private final Executor threads;
    private final Settings settings;
    private final Backend.Progress progress;
    private final MemoryPool memory;
    private final SpillFolder spill;
    private final ShuffleStore store;
    private final BroadcastTables broadcasts;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<QueryException> failure = new AtomicReference<>();
    private final List<Backend.TaskReport> reports = new ArrayList<>(); // guarded by itself
    private final List<String> warnings = new ArrayList<>(); // guarded by reports
    private final CountDownLatch workers;
    private final Semaphore spareThreads;
    private Runnable onFailure = () -> {};
    private boolean measures;

    StageRun(
            Stage stage,
            int tasks,
            OperatorServices services,
            Executor threads,
            Settings settings,
            Backend.Progress progress,
            MemoryPool memory,
            SpillFolder spill,
            ShuffleStore store) {
        this.stage = stage;
        this.tasks = tasks;
        this.services = services;
        this.threads = threads;
        this.settings = settings;
        this.progress = progress;
        this.memory = memory;
        this.spill = spill;
        this.store = store;
        this.broadcasts = new BroadcastTables(memory);
        this.workers = new CountDownLatch(Math.min(settings.threads(), tasks));
        this.spareThreads = new Semaphore(Math.max(0, settings.threads() - tasks));
    }

    int tasks() {
        return tasks;
    }

    /** Makes tasks report what each operator did; to be called before {@link #start}. */
    void measureOperators() {
        measures = true;
    }

    /** To be called once the stage has failed, by whichever thread it fails on. */
    void onFailure(Runnable action) {
        onFailure = action;
    }

    void start(Function<TaskContext, TaskSink> sinks) {
        progress.stageStarted(stage.id(), tasks);
        long count = workers.getCount();
        for (int i = 0; i < count; i++) {
            try {
                threads.execute(() -> work(sinks));
            } catch (RejectedExecutionException | OutOfMemoryError e) { // closed, or no thread
                fail(TaskFailure.of(e, stage.id(), newTask(0)));
                workers.countDown();
            }
        }
    }

    private void work(Function<TaskContext, TaskSink> sinks) {
        try {
            for (int task = next.getAndIncrement();
                    task < tasks && !stopped.get();
                    task = next.getAndIncrement()) {
                run(newTask(task), sinks);
            }
        } finally {
            spareThreads.release();
            workers.countDown();
        }
    }

    private TaskContext newTask(int task) {
        TaskContext context =
                new TaskContext(stage.id(), task, settings, memory, stopped, spareThreads);
        if (measures) {
            context.profile(new TaskProfile(stage.root()));
        }
        return context;
    }

    private void run(TaskContext task, Function<TaskContext, TaskSink> sinks) {
        TaskRun run;
        try (task) {
            OperatorContext context =
                    new OperatorContext(
                            services, task, store, spill, broadcasts, new TaskFilters());
            TaskSink sink = sinks.apply(task);
            run = new TaskRun(stage, context, progress);
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                sink.write(batch);
            }
            sink.finish();
        } catch (Throwable thrown) { // errors too: a thread that dies silently hangs the query
            fail(TaskFailure.of(thrown, stage.id(), task));
            return;
        } finally {
            TaskRun.end();
        }
        Backend.TaskReport report = run.report();
        synchronized (reports) {
            reports.add(report);
            warnings.addAll(task.warnings());
        }
        progress.taskEnded(report);
    }

    /** Ends the stage with an error, unless it already has one. */
    void fail(QueryException error) {
        failure.compareAndSet(null, error);
        stopped.set(true);
        onFailure.run();
    }

    /** Makes tasks end soon without making the stage fail. */
    void stop() {
        stopped.set(true);
    }

    boolean isStopped() {
        return stopped.get();
    }

    /** Why the stage failed, or null. */
    QueryException failure() {
        return failure.get();
    }

    /** Waits until no task runs any more; fails as the stage failed. */
    void await() {
        awaitEnd();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** Waits until no task runs any more. An interrupt cancels the stage, and is kept. */
    void awaitEnd() {
        boolean interrupted = false;
        while (true) {
            try {
                workers.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                fail(TaskFailure.cancelled());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        broadcasts.close();
    }

    List<String> warnings() {
        synchronized (reports) {
            return List.copyOf(warnings);
        }
    }

    /** What the stage did, which gives the result. */
    Backend.StageReport resultReport() {
        List<Backend.TaskReport> all = reports();
        long rows = all.stream().mapToLong(Backend.TaskReport::rowsWritten).sum();
        return new Backend.StageReport(stage.id(), new long[] {rows}, new long[0], List.of(), all);
    }

    List<Backend.TaskReport> reports() {
        synchronized (reports) {
            return reports.stream()
                    .sorted(Comparator.comparingInt(Backend.TaskReport::task))
                    .toList();
        }
    }
}
