package org.skep.executor.task;

/** What one operator holds of its query's memory budget. Belongs to a task, which gives it back. */
public final class Reservation implements AutoCloseable {
    /** An operator is never refused this part of its thread's share of the budget. */
    private static final int SHARE = 8;

    private final MemoryPool pool;
    private final long ensured;
    private long held;

    private Reservation(MemoryPool pool, long ensured) {
        this.pool = pool;
        this.ensured = ensured;
    }

    /**
     * A reservation of nothing yet, given back when the task ends. A little is always granted, even
     * beyond the budget: when others have used it up, to spill batch by batch would cost far more
     * time than it saves memory.
     */
    public static Reservation of(TaskContext task) {
        long ensured = task.memory().limit() / task.settings().threads() / SHARE;
        return task.own(new Reservation(task.memory(), ensured));
    }

    /** A reservation for something that outlives the task. */
    public static Reservation of(MemoryPool pool) {
        return new Reservation(pool, 0);
    }

    /** Holds {@code total} bytes from now on, if the budget allows. Shrinking always works. */
    public boolean tryResize(long total) {
        if (pool.tryReserve(total - held)) {
            held = total;
            return true;
        }
        if (total <= ensured) {
            resize(total);
            return true;
        }
        return false;
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
