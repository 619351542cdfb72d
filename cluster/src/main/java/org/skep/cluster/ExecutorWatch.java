package org.skep.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.FutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/**
 * Waits for a query's jobs, as long as somebody is there to run them: without any executor Spark
 * itself would wait for ever.
 */
final class ExecutorWatch {
    private static final String WAIT = "spark.skep.executors.wait";
    private static final String MOST_WAIT = "60s";
    private static final long LOOK_SECONDS = 1;

    private final SparkContext context;
    private final String group;
    private final long waitSeconds;
    private long aloneSince; // 0 while there are executors

    /**
     * @param group of the query's jobs, which is cancelled when nobody is left to run them
     */
    ExecutorWatch(SparkContext context, String group) {
        this.context = context;
        this.group = group;
        this.waitSeconds = waitSeconds(context.getConf());
    }

    /** How long a program waits for a first executor, and for another when it has lost all. */
    static long waitSeconds(SparkConf conf) {
        try {
            return conf.getTimeAsSeconds(WAIT, MOST_WAIT);
        } catch (NumberFormatException e) {
            QueryException failure =
                    new QueryException(
                            ErrorCode.INVALID_ARGUMENT,
                            "%s is no time: '%s'".formatted(WAIT, conf.get(WAIT)),
                            "say it as Spark does: 90s, 5min");
            failure.initCause(e);
            throw failure;
        }
    }

    /** What a job gives; throws whatever it ended with. */
    <T> T get(FutureAction<T> job) throws Exception {
        while (true) {
            try {
                return Await.result(job, Duration.create(LOOK_SECONDS, TimeUnit.SECONDS));
            } catch (TimeoutException e) {
                if (job.isCompleted()) {
                    throw e; // the job's own
                }
                look();
            }
        }
    }

    /** The same of work that itself runs jobs. */
    <T> T get(CompletableFuture<T> work) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                return work.get(LOOK_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                look();
            }
        }
    }

    private void look() {
        boolean alone =
                !context.isLocal()
                        && !context.isStopped()
                        && context.getExecutorMemoryStatus().size() < 2; // the driver is one
        if (!alone) {
            aloneSince = 0;
        } else if (aloneSince == 0) {
            aloneSince = System.nanoTime();
        } else if (System.nanoTime() - aloneSince > TimeUnit.SECONDS.toNanos(waitSeconds)) {
            SparkCalls.cancel(context, group);
            throw new QueryException(
                    ErrorCode.CLUSTER_FAILURE,
                    "the cluster %s has lost its last executor, and no other has come within %d s"
                            .formatted(context.master(), waitSeconds),
                    "look at the cluster's workers, then run the statement again: nothing of it was"
                            + " committed");
        }
    }
}
