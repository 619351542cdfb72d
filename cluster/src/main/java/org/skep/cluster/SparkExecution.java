package org.skep.cluster;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.Dependency;
import org.apache.spark.MapOutputStatistics;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.skep.executor.local.LocalBackend;
import org.skep.executor.operator.TaskCount;
import org.skep.executor.run.TaskFailure;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import scala.Tuple2;

/** One query: the shuffles that its stages have written, and the job that is running. */
final class SparkExecution implements Backend.Execution {
    /** Bytes of a stage's output that are held by this process; none, and no stage runs here. */
    private static final String HOLDS = "spark.skep.held.bytes";

    private static final String HOLDS_BYTES = "4m";

    /** How much more than its share of what is held a task may send. */
    private static final int UNEVEN = 4;

    /** A stage that is about to run, or runs. */
    record Prepared(int id, int tasks, StageRdd rdd, StageResults results) {}

    /**
     * A job's property: the stage that it is there for. Others that run in it run again, because
     * their output was lost.
     */
    static final String JOB_STAGE = "skep.stage";

    private final SparkContext context;
    private final Executor waves;
    private final int cores;
    private final String queryId;
    private final Checkpoints checkpoints;
    private final Settings settings;
    private final Backend.Progress progress;
    private final Map<Integer, DoneStage> done = new HashMap<>();
    private final List<Integer> shuffles = new ArrayList<>();
    private final Map<Integer, Broadcast<HeldOutput>> sent = new HashMap<>(); // by stage
    private final List<String> warnings = new ArrayList<>(); // guarded by itself

    private static final AtomicLong QUERIES = new AtomicLong();
    private static final AtomicLong RUNS = new AtomicLong();

    private final long number = QUERIES.incrementAndGet();

    /** Of random numbers: each attempt at a task gets the same. */
    private final long seed = new SecureRandom().nextLong();

    private final ExecutorWatch watch;
    private final NearStages near;
    private final long holds;
    private volatile boolean cancelled;
    private SparkRows rows;
    private boolean measures;

    SparkExecution(
            SparkContext context,
            Executor waves,
            LocalBackend threads,
            int cores,
            String queryId,
            Checkpoints checkpoints,
            Settings settings,
            Backend.Progress progress) {
        this.checkpoints = checkpoints;
        this.context = context;
        this.waves = waves;
        this.cores = cores;
        this.queryId = queryId;
        this.watch = new ExecutorWatch(context, queryId);
        this.settings = settings;
        this.progress = progress;
        // what shall go wrong goes wrong on executors
        boolean rehearses = !settings.chaos().isEmpty();
        this.holds = rehearses ? 0 : context.conf().getSizeAsBytes(HOLDS, HOLDS_BYTES);
        Settings nearby = rehearses ? settings.with("chaos", "") : settings;
        this.near = new NearStages(threads, queryId, nearby, progress, holds);
    }

    @Override
    public void measureOperators() {
        measures = true;
        near.measureOperators();
    }

    @Override
    public Backend.StageReport run(Stage stage) {
        if (stage.output() == null) {
            throw new IllegalArgumentException("stage %d gives the result".formatted(stage.id()));
        }
        int tasks = tasks(stage);
        if (near.take(stage, tasks, done)) {
            Backend.StageReport report = near.run(stage, done);
            if (report != null) {
                return report;
            }
        }
        Prepared prepared = prepare(stage, tasks);
        return checkpoints.folderOf(stage) == null
                ? runMaps(stage, prepared)
                : runCheckpoint(stage, prepared);
    }

    /** A job without a shuffle: its tasks have written files when it ends, and give no blocks. */
    private Backend.StageReport runCheckpoint(Stage stage, Prepared prepared) {
        int[] all = IntStream.range(0, prepared.tasks()).toArray();
        await(prepared, startWave(prepared, all));
        return keep(stage, prepared, prepared.results().files(), null);
    }

    private Backend.StageReport runMaps(Stage stage, Prepared prepared) {
        Partitioning partitioning = stage.output();
        ShuffleDependency<Integer, byte[], byte[]> shuffle =
                SparkCalls.shuffle(prepared.rdd(), partitioning.count());
        shuffles.add(shuffle.shuffleId());
        SimpleFutureAction<MapOutputStatistics> job =
                inGroup(prepared, () -> SparkCalls.submit(context, shuffle));
        try {
            watch.get(job);
        } catch (Exception e) { // Scala throws what it likes
            throw failure(prepared, e);
        }
        throwIfWrong(prepared);
        return keep(stage, prepared, null, shuffle);
    }

    private Backend.StageReport keep(
            Stage stage,
            Prepared prepared,
            List<CheckpointFile> files,
            ShuffleDependency<Integer, byte[], byte[]> shuffle) {
        StageResults results = prepared.results();
        Backend.StageReport report = results.mapReport(stage.id());
        HeldOutput held = results.takeHeld();
        done.put(
                stage.id(),
                new DoneStage(stage, held, files, shuffle, prepared.tasks(), report.rows()));
        return report;
    }

    private int tasks(Stage stage) {
        if (cancelled) {
            throw TaskFailure.cancelled();
        }
        try {
            return TaskCount.ofStage(stage.root(), settings.threads());
        } catch (RuntimeException e) {
            throw TaskFailure.of(e, stage.id(), TaskContext.standalone(settings));
        }
    }

    private Prepared prepare(Stage stage, int tasks) {
        Map<Integer, StageProgram.Input> inputs = new HashMap<>();
        List<Dependency<?>> reads = new ArrayList<>();
        for (PlanNode.StageInput input : Stage.inputs(stage.root())) {
            DoneStage from = DoneStage.of(done, input);
            if (inputs.put(input.stage(), input(from)) == null && from.canBeLost()) {
                reads.add(from.shuffle());
            }
        }
        StageResults known =
                new StageResults(stage.output() == null ? 0 : stage.output().count(), holds);
        TaskResults results = new TaskResults();
        context.register(results);
        results.listen(
                result -> {
                    if (known.add(result)) {
                        heard(result);
                    }
                });
        StageProgram program =
                new StageProgram(
                        queryId,
                        stage,
                        settings,
                        measures,
                        seed,
                        checkpoints.folderOf(stage),
                        Math.min(holds, UNEVEN * holds / tasks),
                        inputs);
        StageProgram.Sent bytes;
        try {
            bytes = StageProgram.Sent.of(program, RUNS.incrementAndGet());
        } catch (RuntimeException | StackOverflowError e) {
            throw TaskFailure.of(e, stage.id(), TaskContext.standalone(settings));
        }
        progress.stageStarted(stage.id(), tasks);
        List<String> places =
                Places.of(TaskCount.firstSplits(stage.root(), tasks, settings.threads()), context);
        StageRdd rdd = new StageRdd(context, stage.id(), reads, bytes, tasks, results, places);
        return new Prepared(stage.id(), tasks, rdd, known);
    }

    private StageProgram.Input input(DoneStage from) {
        return from.input(send(from), settings.chaos().isEmpty() ? new long[0] : from.rows());
    }

    private Broadcast<HeldOutput> send(DoneStage from) {
        if (from.held() == null) {
            return null;
        }
        return sent.computeIfAbsent(
                from.stage().id(),
                stage -> context.broadcast(from.held(), SparkCalls.tag(HeldOutput.class)));
    }

    /** A task has ended; called by Spark's scheduler, which must not wait. */
    private void heard(TaskResult result) {
        if (result.error() != null) {
            SparkCalls.cancel(context, queryId);
            return;
        }
        Backend.TaskReport report = result.report();
        synchronized (warnings) {
            warnings.addAll(report.warnings());
        }
        progress.rowsRead(report.rowsRead());
        progress.taskEnded(report);
    }

    private interface Call<T> {
        T run();
    }

    /** Jobs that the call starts are this query's, and run a stage. */
    private <T> T inGroup(Prepared stage, Call<T> call) {
        context.setJobGroup(queryId, "skep " + queryId, false);
        SparkCalls.inQuery(context, number);
        context.setLocalProperty(JOB_STAGE, Integer.toString(stage.id()));
        try {
            return call.run();
        } finally {
            context.setLocalProperty(JOB_STAGE, null);
            SparkCalls.inQuery(context, null);
            context.clearJobGroup();
        }
    }

    @Override
    public void forget(int stage) {
        DoneStage forgotten = done.get(stage);
        if (forgotten != null && forgotten.held() != null) {
            near.forget(stage);
            done.remove(stage); // what was sent stays: tasks of its readers may run again
        }
        // Its files stay until the query ends: if a later stage's output is lost, tasks that made
        // it run again, and they read this.
    }

    @Override
    public Backend.Rows open(Stage stage) {
        int tasks = tasks(stage);
        if (near.take(stage, tasks, done)) {
            return near.open(stage, done);
        }
        rows = new SparkRows(this, prepare(stage, tasks), stage.root().schema().types(), cores);
        return rows;
    }

    CompletableFuture<List<Tuple2<Integer, byte[]>>[]> startWave(Prepared stage, int[] tasks) {
        return CompletableFuture.supplyAsync(
                () -> inGroup(stage, () -> stage.rdd().toJavaRDD().collectPartitions(tasks)),
                waves);
    }

    <T> T await(Prepared stage, CompletableFuture<T> job) {
        T result;
        try {
            result = watch.get(job);
        } catch (InterruptedException | ExecutionException e) {
            throw failure(stage, e instanceof ExecutionException ? e.getCause() : e);
        }
        throwIfWrong(stage);
        return result;
    }

    /** Ends a job that nobody waits for any more. */
    void end(CompletableFuture<?> job) {
        if (!job.isDone()) {
            SparkCalls.cancel(context, queryId);
            job.handle((result, thrown) -> null).join();
        }
    }

    private void throwIfWrong(Prepared stage) {
        QueryException error = stage.results().error();
        if (error != null) {
            throw error;
        }
    }

    private QueryException failure(Prepared stage, Throwable thrown) {
        if (thrown instanceof QueryException said) {
            return said;
        }
        QueryException error = stage.results().error();
        if (error != null) {
            return error;
        }
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            cancel();
        }
        if (cancelled) {
            return TaskFailure.cancelled();
        }
        Throwable told = thrown;
        while (told.getCause() != null
                && String.valueOf(told.getMessage()).contains("awaitResult")) {
            told = told.getCause();
        }
        String said = String.valueOf(told.getMessage()).lines().findFirst().orElse("");
        return new QueryException(
                ErrorCode.CLUSTER_FAILURE,
                "the cluster could not run stage %d: %s".formatted(stage.id(), said),
                thrown);
    }

    @Override
    public List<String> warnings() {
        synchronized (warnings) {
            List<String> all = new ArrayList<>(warnings);
            all.addAll(near.warnings());
            return all;
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        near.cancel();
        SparkCalls.cancel(context, queryId);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
        try {
            near.close();
        } finally {
            try {
                forgetAll();
            } finally {
                checkpoints.close();
            }
        }
    }

    private void forgetAll() {
        if (context.isStopped()) {
            return;
        }
        shuffles.forEach(shuffle -> SparkCalls.forget(context, shuffle));
        shuffles.clear();
        SparkCalls.forgetJobs(context, number);
        sent.values().forEach(held -> held.destroy());
        sent.clear();
        done.clear();
        ExecutorQuery.forget(queryId);
    }
}
