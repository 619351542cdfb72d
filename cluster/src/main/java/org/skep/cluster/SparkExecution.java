package org.skep.cluster;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.apache.spark.Dependency;
import org.apache.spark.MapOutputStatistics;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
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
    /** A stage that has run; kept until the query ends, for its tasks may have to run again. */
    private record Done(
            ShuffleDependency<Integer, byte[], byte[]> shuffle, Stage stage, int[][] rows) {}

    /** A stage that is about to run, or runs. */
    record Prepared(int id, int tasks, StageRdd rdd, TaskResults results) {}

    private final SparkContext context;
    private final Executor waves;
    private final int cores;
    private final String queryId;
    private final Settings settings;
    private final Backend.Progress progress;
    private final Map<Integer, Done> done = new HashMap<>();
    private final List<Integer> shuffles = new ArrayList<>();
    private final List<Broadcast<StageProgram>> programs = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>(); // guarded by itself

    /** Of random numbers: each attempt at a task gets the same. */
    private final long seed = new SecureRandom().nextLong();

    private final ExecutorWatch watch;
    private volatile boolean cancelled;
    private SparkRows rows;
    private boolean measures;

    SparkExecution(
            SparkContext context,
            Executor waves,
            int cores,
            String queryId,
            Settings settings,
            Backend.Progress progress) {
        this.context = context;
        this.waves = waves;
        this.cores = cores;
        this.queryId = queryId;
        this.watch = new ExecutorWatch(context, queryId);
        this.settings = settings;
        this.progress = progress;
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
        Prepared prepared = prepare(stage);
        ShuffleDependency<Integer, byte[], byte[]> shuffle =
                SparkCalls.shuffle(prepared.rdd(), partitioning.count());
        shuffles.add(shuffle.shuffleId());
        SimpleFutureAction<MapOutputStatistics> job =
                inGroup(() -> SparkCalls.submit(context, shuffle));
        try {
            watch.get(job);
        } catch (Exception e) { // Scala throws what it likes
            throw failure(prepared, e);
        }
        throwIfWrong(prepared);
        done.put(stage.id(), new Done(shuffle, stage, prepared.results().rows()));
        return prepared.results().mapReport(stage.id(), partitioning.count());
    }

    private Prepared prepare(Stage stage) {
        if (cancelled) {
            throw TaskFailure.cancelled();
        }
        int tasks;
        try {
            tasks = TaskCount.ofStage(stage.root(), settings.threads());
        } catch (RuntimeException e) {
            throw TaskFailure.of(e, stage.id(), TaskContext.standalone(settings));
        }
        Map<Integer, StageProgram.Input> inputs = new HashMap<>();
        List<Dependency<?>> reads = new ArrayList<>();
        for (PlanNode.StageInput input : Stage.inputs(stage.root())) {
            Done from = done.get(input.stage());
            if (from == null) {
                throw new IllegalArgumentException("stage " + input.stage() + " has not run");
            }
            StageProgram.Input known = inputs.get(input.stage());
            if (known == null) {
                reads.add(from.shuffle());
                known = input(from);
                inputs.put(input.stage(), known);
            }
            if (input.partitioning() instanceof Partitioning.Slices) {
                known.slices().put(input.partitions(), rowsByTask(from, input.partitions()));
            }
        }
        TaskResults results = new TaskResults();
        context.register(results);
        results.listen(result -> heard(result));
        Broadcast<StageProgram> program =
                context.broadcast(
                        new StageProgram(queryId, stage, settings, measures, seed, inputs),
                        SparkCalls.tag(StageProgram.class));
        programs.add(program);
        progress.stageStarted(stage.id(), tasks);
        StageRdd rdd = new StageRdd(context, reads, program, tasks, results);
        return new Prepared(stage.id(), tasks, rdd, results);
    }

    private static StageProgram.Input input(Done from) {
        return new StageProgram.Input(
                from.shuffle().shuffleHandle(),
                from.rows().length,
                from.stage().output().count(),
                from.stage().root().schema().types(),
                new HashMap<>());
    }

    private static long[] rowsByTask(Done from, List<Integer> partitions) {
        long[] rows = new long[from.rows().length];
        for (int task = 0; task < rows.length; task++) {
            int[] each = from.rows()[task];
            for (int p = 0; p < each.length; p++) {
                rows[task] += partitions == null || partitions.contains(p) ? each[p] : 0;
            }
        }
        return rows;
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

    /** Jobs that the call starts are this query's. */
    private <T> T inGroup(Call<T> call) {
        context.setJobGroup(queryId, "skep " + queryId, false);
        try {
            return call.run();
        } finally {
            context.clearJobGroup();
        }
    }

    @Override
    public void forget(int stage) {
        // Its files stay until the query ends: if a later stage's output is lost, tasks that made
        // it run again, and they read this.
    }

    @Override
    public Backend.Rows open(Stage stage) {
        rows = new SparkRows(this, prepare(stage), stage.root().schema().types(), cores);
        return rows;
    }

    CompletableFuture<List<Tuple2<Integer, byte[]>>[]> startWave(Prepared stage, int[] tasks) {
        return CompletableFuture.supplyAsync(
                () -> inGroup(() -> stage.rdd().toJavaRDD().collectPartitions(tasks)), waves);
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
            return List.copyOf(warnings);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        SparkCalls.cancel(context, queryId);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
        if (context.isStopped()) {
            return;
        }
        shuffles.forEach(shuffle -> SparkCalls.forget(context, shuffle));
        shuffles.clear();
        programs.forEach(program -> program.destroy());
        programs.clear();
        done.clear();
        ExecutorQuery.forget(queryId);
    }
}
