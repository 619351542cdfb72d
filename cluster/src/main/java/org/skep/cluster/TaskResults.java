package org.skep.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.util.AccumulatorV2;
import org.skep.executor.exchange.HotKeys;
import org.skep.model.error.QueryException;
import org.skep.model.spi.Backend;

/**
 * The results of a stage's tasks, by task: whichever attempt is first counts, so that a task that
 * runs twice counts once. On the driver it grows with tasks times partitions, sixteen bytes each
 * while the stage runs; four of them stay until the query ends.
 */
final class TaskResults extends AccumulatorV2<TaskResult, Map<Integer, TaskResult>> {
    private static final long serialVersionUID = 1L;

    private final Map<Integer, TaskResult> results = new TreeMap<>(); // guarded by itself
    private transient Consumer<TaskResult> listener; // null in tasks

    /** Tells of each task once, on the driver. */
    void listen(Consumer<TaskResult> heard) {
        listener = heard;
    }

    @Override
    public boolean isZero() {
        synchronized (results) {
            return results.isEmpty();
        }
    }

    @Override
    public TaskResults copy() {
        TaskResults copy = new TaskResults();
        synchronized (results) {
            copy.results.putAll(results);
        }
        return copy;
    }

    @Override
    public TaskResults copyAndReset() {
        return new TaskResults();
    }

    @Override
    public void reset() {
        synchronized (results) {
            results.clear();
        }
    }

    @Override
    public void add(TaskResult result) {
        boolean first;
        synchronized (results) {
            first = results.putIfAbsent(result.task(), result) == null;
        }
        if (first && listener != null) {
            listener.accept(result);
        }
    }

    @Override
    public void merge(AccumulatorV2<TaskResult, Map<Integer, TaskResult>> other) {
        other.value().values().forEach(this::add);
    }

    @Override
    public Map<Integer, TaskResult> value() {
        synchronized (results) {
            return new TreeMap<>(results);
        }
    }

    /** What is wrong with the query, or null. */
    QueryException error() {
        for (TaskResult result : value().values()) {
            if (result.error() != null) {
                return result.error();
            }
        }
        return null;
    }

    List<Backend.TaskReport> reports() {
        List<Backend.TaskReport> reports = new ArrayList<>();
        for (TaskResult result : value().values()) {
            if (result.report() != null) {
                reports.add(result.report());
            }
        }
        return reports;
    }

    Backend.StageReport mapReport(int stage, int partitions) {
        long[] rows = new long[partitions];
        long[] bytes = new long[partitions];
        HotKeys hotKeys = new HotKeys();
        for (TaskResult result : value().values()) {
            for (int p = 0; p < partitions; p++) {
                rows[p] += result.rows()[p];
                bytes[p] += result.bytes()[p];
            }
            hotKeys.add(result.hotKeys());
        }
        return new Backend.StageReport(stage, rows, bytes, hotKeys.sorted(), reports());
    }

    Backend.StageReport resultReport(int stage) {
        List<Backend.TaskReport> reports = reports();
        long rows = reports.stream().mapToLong(Backend.TaskReport::rowsWritten).sum();
        return new Backend.StageReport(stage, new long[] {rows}, new long[0], List.of(), reports);
    }

    /** Rows of each partition, task by task. */
    int[][] rows() {
        List<int[]> rows = new ArrayList<>();
        for (TaskResult result : value().values()) {
            int[] ofTask = new int[result.rows().length];
            for (int p = 0; p < ofTask.length; p++) {
                ofTask[p] = (int) Math.min(Integer.MAX_VALUE, result.rows()[p]);
            }
            rows.add(ofTask);
        }
        return rows.toArray(int[][]::new);
    }
}
