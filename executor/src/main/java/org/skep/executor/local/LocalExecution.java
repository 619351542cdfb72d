package org.skep.executor.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjIntConsumer;
import org.skep.executor.exchange.ChunkOutput;
import org.skep.executor.exchange.ShuffleStore;
import org.skep.executor.exchange.ShuffleWriter;
import org.skep.executor.exchange.SpillFolder;
import org.skep.executor.operator.OperatorServices;
import org.skep.executor.operator.TaskCount;
import org.skep.executor.run.TaskFailure;
import org.skep.executor.task.MemoryPool;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;

/** One query: its memory, what its stages have put out, and the stage that is running. */
public final class LocalExecution implements Backend.Execution {
    private final OperatorServices services;
    private final Executor threads;
    private final Settings settings;
    private final Backend.Progress progress;
    private final MemoryPool memory;
    private final SpillFolder spill;
    private final ShuffleStore store;
    private final List<StageRun> runs = new ArrayList<>(); // guarded by this; the last one runs
    private boolean cancelled; // guarded by this
    private LocalRows rows;
    private boolean measures;

    LocalExecution(
            OperatorServices services,
            Executor threads,
            String queryId,
            Settings settings,
            Backend.Progress progress) {
        this.services = services;
        this.threads = threads;
        this.settings = settings;
        this.progress = progress;
        this.memory = new MemoryPool(settings.memory());
        this.spill = new SpillFolder(settings.tempDirectory(), queryId);
        this.store = new ShuffleStore(spill, memory);
    }

    @Override
    public void measureOperators() {
        measures = true;
    }

    @Override
    public Backend.StageReport run(Stage stage) {
        Partitioning partitioning = stage.output();
        if (partitioning == null) {
            throw new IllegalArgumentException("stage %d gives the result".formatted(stage.id()));
        }
        StageRun run = newRun(stage);
        store.begin(stage.id(), run.tasks());
        run.start(
                task -> {
                    ShuffleWriter writer =
                            store.writer(stage.root().schema().types(), partitioning, task);
                    return new TaskSink() {
                        @Override
                        public void write(Batch batch) {
                            writer.write(batch);
                        }

                        @Override
                        public void finish() {
                            writer.commit();
                        }
                    };
                });
        run.await();
        int partitions = partitioning.count();
        return new Backend.StageReport(
                stage.id(),
                store.rows(stage.id(), partitions),
                store.bytes(stage.id(), partitions),
                store.hotKeys(stage.id()),
                run.reports());
    }

    /**
     * Takes in what a stage put out elsewhere: from now on it is as if it had run here.
     *
     * @param chunks writes what a task put out; asked for each task in turn
     */
    public void accept(Stage stage, int tasks, ObjIntConsumer<ChunkOutput> chunks) {
        store.begin(stage.id(), tasks);
        for (int task = 0; task < tasks; task++) {
            TaskContext context =
                    new TaskContext(
                            stage.id(),
                            task,
                            settings,
                            memory,
                            new AtomicBoolean(),
                            new Semaphore(0));
            try (ChunkOutput output =
                    store.output(stage.root().schema().types(), stage.output(), context)) {
                chunks.accept(output, task);
                output.commit(List.of());
            }
        }
    }

    /** Writes what a stage has put out somewhere else. */
    public void writeTo(ChunkOutput output, Stage stage) {
        store.writeTo(output, stage.id());
    }

    @Override
    public void forget(int stage) {
        store.forget(stage);
    }

    @Override
    public Backend.Rows open(Stage stage) {
        StageRun run = newRun(stage);
        rows = new LocalRows(run);
        run.start(rows::sink);
        return rows;
    }

    private StageRun newRun(Stage stage) {
        int tasks;
        try {
            tasks = TaskCount.ofStage(stage.root(), settings.threads());
        } catch (RuntimeException e) {
            throw TaskFailure.of(e, stage.id(), TaskContext.standalone(settings));
        }
        StageRun run =
                new StageRun(
                        stage, tasks, services, threads, settings, progress, memory, spill, store);
        if (measures) {
            run.measureOperators();
        }
        synchronized (this) {
            if (cancelled) {
                throw TaskFailure.cancelled();
            }
            runs.add(run);
        }
        return run;
    }

    @Override
    public synchronized List<String> warnings() {
        return runs.stream().flatMap(run -> run.warnings().stream()).toList();
    }

    @Override
    public void cancel() {
        StageRun run;
        synchronized (this) {
            cancelled = true;
            run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        }
        if (run != null) {
            run.fail(TaskFailure.cancelled());
        }
    }

    MemoryPool memory() {
        return memory;
    }

    @Override
    public void close() {
        QueryException failure = null;
        if (rows != null) {
            try {
                rows.close();
            } catch (QueryException e) {
                failure = e;
            }
        }
        store.close();
        try {
            spill.close();
        } catch (QueryException e) {
            failure = e;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
