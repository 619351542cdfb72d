package org.skep.cluster;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.Dependency;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.skep.executor.local.LocalBackend;
import org.skep.executor.operator.TaskCount;
import org.skep.executor.run.TaskFailure;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Partitioning;
import org.skep.model.plan.PlanNode;
import org.skep.model.plan.Stage;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;

/** One query: the shuffles that its stages have written, and the job that is running. */
final class SparkExecution implements Backend.Execution {
    /** Bytes of a stage's output that are held by this process; none, and no stage runs here. */
    private static final String HOLDS = "spark.skep.held.bytes";

    private static final String HOLDS_BYTES = "4m";

    /** Joined or grouped by one thread in about the 8 ms that a task waits for its executor. */
    private static final long LEAST_TASK_BYTES = 4 << 20;

    /** A stage runs again when what it read has become something else meanwhile. */
    private static final int MOST_RUNS = 4;

    /** How much more than its share of what is held a task may send. */
    private static final int UNEVEN = 4;

    private final SparkContext context;
    private final int cores;
    private final String queryId;
    private final Checkpoints checkpoints;
    private final Settings settings;
    private final Backend.Progress progress;
    private final Map<Integer, DoneStage> done = new HashMap<>();
    private final OutputChanges changes;
    private final List<Integer> shuffles = new ArrayList<>();
    private final Map<Integer, Broadcast<HeldOutput>> sent = new HashMap<>(); // by stage
    private final List<String> warnings = new ArrayList<>(); // guarded by itself

    private static final AtomicLong RUNS = new AtomicLong();

    /** Of random numbers: each attempt at a task gets the same. */
    private final long seed = new SecureRandom().nextLong();

    private final StageJobs jobs;
    private final NearStages near;
    private final long holds;
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
        this.changes = new OutputChanges(context, done);
        this.context = context;
        this.cores = cores;
        this.queryId = queryId;
        this.jobs = new StageJobs(context, waves, queryId, changes);
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
    public long leastTaskBytes() {
        return holds == 0 ? Backend.Execution.super.leastTaskBytes() : LEAST_TASK_BYTES;
    }

    @Override
    public Backend.StageReport run(Stage planned) {
        if (planned.output() == null) {
            throw new IllegalArgumentException("stage %d gives the result".formatted(planned.id()));
        }
        Stage stage = shared(planned);
        int tasks = tasks(stage);
        if (near.take(stage, tasks, done)) {
            Backend.StageReport report = near.run(stage, done);
            if (report != null) {
                return report;
            }
        }
        for (int run = 1; ; run++) {
            Map<Integer, Long> under = changes.under(stage);
            try {
                DoneStage ended = runThere(stage, tasks);
                if (!changes.since(under)) {
                    return keep(ended, under);
                }
                if (run == MOST_RUNS) {
                    throw OutputChanges.tooLate(stage.id(), null);
                }
            } catch (QueryException e) {
                if (jobs.isCancelled() || run == MOST_RUNS || !changes.since(under)) {
                    throw e;
                }
            }
        }
    }

    private DoneStage runThere(Stage stage, int tasks) {
        StageJobs.Prepared prepared = prepare(stage, tasks);
        return checkpoints.folderOf(stage) == null
                ? runMaps(stage, prepared)
                : runCheckpoint(stage, prepared);
    }

    /** A job without a shuffle: its tasks have written files when it ends, and give no blocks. */
    private DoneStage runCheckpoint(Stage stage, StageJobs.Prepared prepared) {
        jobs.await(prepared, jobs.startWave(prepared, prepared.all()));
        return ended(stage, prepared, prepared.results().files(), null);
    }

    private DoneStage runMaps(Stage stage, StageJobs.Prepared prepared) {
        Partitioning partitioning = stage.output();
        ShuffleDependency<Integer, byte[], byte[]> shuffle =
                SparkCalls.shuffle(prepared.rdd(), partitioning.count());
        shuffles.add(shuffle.shuffleId());
        prepared.results().writes(shuffle.shuffleId());
        jobs.runMaps(prepared, shuffle);
        return ended(stage, prepared, null, shuffle);
    }

    private static DoneStage ended(
            Stage stage,
            StageJobs.Prepared prepared,
            List<CheckpointFile> files,
            ShuffleDependency<Integer, byte[], byte[]> shuffle) {
        StageResults results = prepared.results();
        return new DoneStage(
                stage,
                results.takeHeld(),
                files,
                shuffle,
                prepared.tasks(),
                results.mapReport(stage.id()));
    }

    private Backend.StageReport keep(DoneStage ended, Map<Integer, Long> under) {
        if (!ended.canBeLost()) {
            changes.keep(under);
        }
        done.put(ended.stage().id(), ended);
        return ended.report();
    }

    /** The stage with fewer tasks where there is little to read, unless all is to be far away. */
    private Stage shared(Stage stage) {
        if (holds == 0) {
            return stage;
        }
        PlanNode root = ScanShares.in(stage.root(), settings.threads());
        return new Stage(stage.id(), root, stage.output());
    }

    private int tasks(Stage stage) {
        if (jobs.isCancelled()) {
            throw TaskFailure.cancelled();
        }
        try {
            return TaskCount.ofStage(stage.root(), settings.threads());
        } catch (RuntimeException e) {
            throw TaskFailure.of(e, stage.id(), TaskContext.standalone(settings));
        }
    }

    private StageJobs.Prepared prepare(Stage stage, int tasks) {
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
                    if (known.shuffle() >= 0) {
                        SparkCalls.compareWithFormer(context, known.shuffle());
                    }
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
        return new StageJobs.Prepared(stage.id(), tasks, rdd, known);
    }

    private StageProgram.Input input(DoneStage from) {
        return from.input(
                send(from), settings.chaos().isEmpty() ? new long[0] : from.report().rows());
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
            jobs.stop();
            return;
        }
        Backend.TaskReport report = result.report();
        synchronized (warnings) {
            warnings.addAll(report.warnings());
        }
        progress.rowsRead(report.rowsRead());
        progress.taskEnded(report);
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
    public Backend.Rows open(Stage planned) {
        Stage stage = shared(planned);
        int tasks = tasks(stage);
        if (near.take(stage, tasks, done)) {
            return near.open(stage, done);
        }
        rows = new SparkRows(jobs, prepare(stage, tasks), stage.root().schema().types(), cores);
        return rows;
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
        near.cancel();
        jobs.cancel();
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
        jobs.forget();
        sent.values().forEach(held -> held.destroy());
        sent.clear();
        done.clear();
        ExecutorQuery.forget(queryId);
    }
}
