package org.skep.executor.task;

/** What one operator holds of its query's memory budget. Belongs to a task, which gives it back. */
public final class Reservation implements AutoCloseable {
    private final MemoryPool pool;
    private long held;

    private Reservation(MemoryPool pool) {
        this.pool = pool;
    }

    /** A reservation of nothing yet, given back when the task ends. */
    public static Reservation of(TaskContext task) {
        return task.own(new Reservation(task.memory()));
    }

    /** A reservation for something that outlives the task. */
    public static Reservation of(MemoryPool pool) {
        return new Reservation(pool);
    }

    /** Holds {@code total} bytes from now on, if the budget allows. Shrinking always works. */
    public boolean tryResize(long total) {
        if (!pool.tryReserve(total - held)) {
            return false;
        }
        held = total;
        return true;
    }

    /** Holds {@code total} bytes from now on, even beyond the budget. */
    public void resize(long total) {
        pool.reserve(total - held);
        held = total;
    }

    public long held() {
        return held;
    }

    /** Gives everything back; it may be used again afterwards. */
    @Override
    public void close() {
        resize(0);
    }
}
