package org.skep.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.MapOutputStatistics;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.skep.executor.run.TaskFailure;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import scala.Tuple2;

/** The Spark jobs of one query: starts them, waits for them, and says why one has failed. */
final class StageJobs {
    /** A stage that is about to run, or runs. */
    record Prepared(int id, int tasks, StageRdd rdd, StageResults results) {
        /** Their numbers. */
        int[] all() {
            return IntStream.range(0, tasks).toArray();
        }
    }

    /**
     * A job's property: the stage that it is there for. Others that run in it run again, because
     * their output was lost.
     */
    static final String JOB_STAGE = "skep.stage";

    private static final AtomicLong QUERIES = new AtomicLong();

    private final SparkContext context;
    private final Executor waves;
    private final String queryId;
    private final OutputChanges changes;
    private final ExecutorWatch watch;
    private final long number = QUERIES.incrementAndGet();
    private volatile boolean cancelled;

    StageJobs(SparkContext context, Executor waves, String queryId, OutputChanges changes) {
        this.context = context;
        this.waves = waves;
        this.queryId = queryId;
        this.changes = changes;
        this.watch = new ExecutorWatch(context, queryId);
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

    /** Runs the tasks that write a shuffle. */
    void runMaps(Prepared stage, ShuffleDependency<Integer, byte[], byte[]> shuffle) {
        SimpleFutureAction<MapOutputStatistics> job =
                inGroup(stage, () -> SparkCalls.submit(context, shuffle));
        try {
            watch.get(job);
        } catch (Exception e) { // Scala throws what it likes
            throw failure(stage, e);
        }
        requireHeard(stage, stage.all());
        requireRight(stage);
    }

    /** Starts some tasks whose blocks are to come here. */
    CompletableFuture<List<Tuple2<Integer, byte[]>>[]> startWave(Prepared stage, int[] tasks) {
        return CompletableFuture.supplyAsync(
                () -> {
                    List<Tuple2<Integer, byte[]>>[] blocks =
                            inGroup(stage, () -> stage.rdd().toJavaRDD().collectPartitions(tasks));
                    requireHeard(stage, tasks);
                    return blocks;
                },
                waves);
    }

    /**
     * Spark only logs it when what a task tells cannot be taken in, and goes on; files, sizes or
     * rows would be missing then.
     */
    private static void requireHeard(Prepared stage, int[] tasks) {
        int[] unheard = stage.results().unheard(tasks);
        if (unheard.length > 0) {
            throw new QueryException(
                    ErrorCode.CLUSTER_FAILURE,
                    "nothing was heard of %d tasks of stage %d that have ended, the first is task %d"
                            .formatted(unheard.length, stage.id(), unheard[0]),
                    "run the statement again");
        }
    }

    <T> T await(Prepared stage, CompletableFuture<T> job) {
        T result;
        try {
            result = watch.get(job);
        } catch (InterruptedException | ExecutionException e) {
            throw failure(stage, e instanceof ExecutionException ? e.getCause() : e);
        }
        requireRight(stage);
        return result;
    }

    /** Ends a job that nobody waits for any more. */
    void end(CompletableFuture<?> job) {
        if (!job.isDone()) {
            SparkCalls.cancel(context, queryId);
            job.handle((result, thrown) -> null).join();
        }
    }

    /** All jobs end, also those to come. */
    void cancel() {
        cancelled = true;
        stop();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Ends what runs; what the query's end is has been said elsewhere. */
    void stop() {
        SparkCalls.cancel(context, queryId);
    }

    /** Makes Spark forget them. */
    void forget() {
        SparkCalls.forgetJobs(context, number);
    }

    private void requireRight(Prepared stage) {
        QueryException error = stage.results().error();
        if (error != null) {
            throw error;
        }
        changes.requireAgreement(stage.id());
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
        if (SparkCalls.isTooLateToRollBack(said)) {
            return OutputChanges.tooLate(stage.id(), thrown);
        }
        return new QueryException(
                ErrorCode.CLUSTER_FAILURE,
                "the cluster could not run stage %d: %s".formatted(stage.id(), said),
                thrown);
    }
}
