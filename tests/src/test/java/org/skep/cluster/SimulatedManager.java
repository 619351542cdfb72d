package org.skep.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.ExternalClusterManager;
import org.apache.spark.scheduler.SchedulerBackend;
import org.apache.spark.scheduler.TaskScheduler;
import org.apache.spark.scheduler.TaskSchedulerImpl;

/**
 * Clusters whose URL is {@code simulated[executors,cores]}: Spark's own scheduler, with executors
 * that run nothing.
 */
public final class SimulatedManager implements ExternalClusterManager {
    private static final Pattern URL = Pattern.compile("simulated\\[(\\d+),(\\d+)]");

    @Override
    public boolean canCreate(String url) {
        return URL.matcher(url).matches();
    }

    @Override
    public TaskScheduler createTaskScheduler(SparkContext context, String url) {
        return new TaskSchedulerImpl(context);
    }

    @Override
    public SchedulerBackend createSchedulerBackend(
            SparkContext context, String url, TaskScheduler scheduler) {
        Matcher counts = URL.matcher(url);
        if (!counts.matches()) {
            throw new IllegalArgumentException(url);
        }
        return new SimulatedExecutors(
                (TaskSchedulerImpl) scheduler,
                context,
                Integer.parseInt(counts.group(1)),
                Integer.parseInt(counts.group(2)));
    }

    @Override
    public void initialize(TaskScheduler scheduler, SchedulerBackend backend) {
        ((TaskSchedulerImpl) scheduler).initialize(backend);
    }
}
