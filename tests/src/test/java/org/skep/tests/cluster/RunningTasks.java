package org.skep.tests.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Which hosts run tasks; what Spark tells of executors lags behind by tenths of seconds. */
final class RunningTasks extends SparkListener {
    private final Map<String, Set<Long>> running = new ConcurrentHashMap<>(); // ids, by host

    private Set<Long> of(String host) {
        return running.computeIfAbsent(host, name -> ConcurrentHashMap.newKeySet());
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        of(start.taskInfo().host()).add(start.taskInfo().taskId());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        of(end.taskInfo().host()).remove(end.taskInfo().taskId());
    }

    boolean any(String host) {
        return !of(host).isEmpty();
    }
}
