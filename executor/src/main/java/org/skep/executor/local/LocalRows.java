package org.skep.executor.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.skep.executor.run.TaskFailure;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.spi.Backend;

/**
 * The result as it comes, in the order of tasks. Every task has a short queue; a task whose queue
 * is full waits. As tasks are started in order, the one that is being read always runs.
 */
final class LocalRows implements Backend.Rows {
    private static final int MOST_WAITING = 8;

    private final StageRun run;
    private final Object lock = new Object();
    private final List<Queue<Batch>> queues = new ArrayList<>(); // guarded by lock
    private final boolean[] ended; // guarded by lock
    private int current; // guarded by lock
    private boolean closed;

    LocalRows(StageRun run) {
        this.run = run;
        this.ended = new boolean[run.tasks()];
        for (int i = 0; i < ended.length; i++) {
            queues.add(new ArrayDeque<>(2));
        }
        run.onFailure(this::wake);
    }

    private void wake() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    TaskSink sink(TaskContext task) {
        int number = task.task();
        return new TaskSink() {
            @Override
            public void write(Batch batch) {
                put(number, batch);
            }

            @Override
            public void finish() {
                synchronized (lock) {
                    ended[number] = true;
                    lock.notifyAll();
                }
            }
        };
    }

    private void put(int task, Batch batch) {
        synchronized (lock) {
            Queue<Batch> queue = queues.get(task);
            while (queue.size() >= MOST_WAITING && !run.isStopped()) {
                await();
            }
            if (run.isStopped()) {
                throw TaskFailure.cancelled();
            }
            queue.add(batch);
            lock.notifyAll();
        }
    }

    /** Nobody interrupts tasks; an interrupt of the reader cancels the query. */
    private void await() {
        try {
            lock.wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.fail(TaskFailure.cancelled());
        }
    }

    @Override
    public Batch next() {
        synchronized (lock) {
            while (!closed && current < ended.length) {
                if (run.failure() != null) {
                    break;
                }
                Batch batch = queues.get(current).poll();
                if (batch != null) {
                    lock.notifyAll();
                    return batch;
                }
                if (ended[current]) {
                    current++;
                } else {
                    await();
                }
            }
        }
        if (!closed) {
            run.await();
        }
        return null;
    }

    @Override
    public Backend.StageReport report() {
        return run.resultReport();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            run.stop();
            wake();
            run.awaitEnd();
        }
    }
}
