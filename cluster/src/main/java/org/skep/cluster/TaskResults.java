package org.skep.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.util.AccumulatorV2;

/**
 * The way of {@link TaskResult}s from tasks to the driver, as a Spark accumulator. On the driver it
 * keeps none: there they go to whoever listens, those of later attempts at a task too.
 *
 * <p>An executor's heartbeat reads the accumulators of its tasks, and the superclass makes this one
 * known while it is still being read from the task's bytes, before this class has its fields. An
 * exception there would end all heartbeats of the executor, which the driver then takes for dead.
 */
final class TaskResults extends AccumulatorV2<TaskResult, List<TaskResult>> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<TaskResult> results = new ArrayList<>(); // guarded by this
    private transient Consumer<TaskResult> listener; // null in tasks

    /**
     * @param heard called by Spark's scheduler, which must not wait
     */
    void listen(Consumer<TaskResult> heard) {
        listener = heard;
    }

    @Override
    public synchronized boolean isZero() {
        return results == null || results.isEmpty();
    }

    @Override
    public TaskResults copy() {
        TaskResults copy = new TaskResults();
        copy.results.addAll(value());
        return copy;
    }

    @Override
    public TaskResults copyAndReset() {
        return new TaskResults();
    }

    @Override
    public synchronized void reset() {
        results.clear();
    }

    @Override
    public void add(TaskResult result) {
        if (listener != null) {
            listener.accept(result);
            return;
        }
        synchronized (this) {
            results.add(result);
        }
    }

    @Override
    public void merge(AccumulatorV2<TaskResult, List<TaskResult>> other) {
        other.value().forEach(this::add);
    }

    @Override
    public synchronized List<TaskResult> value() {
        return results == null ? List.of() : List.copyOf(results);
    }
}
