package org.skep.executor.task;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory budget of one query, shared by its tasks. It counts what operators say they hold; an
 * operator asks before it grows and spills when it is refused.
 */
public final class MemoryPool {
    private final long limit;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    public MemoryPool(long limit) {
        this.limit = limit;
    }

    /** Takes {@code bytes} of the budget if that many are left. */
    public boolean tryReserve(long bytes) {
        long now = reserved.addAndGet(bytes);
        if (now > limit && bytes > 0) {
            reserved.addAndGet(-bytes);
            return false;
        }
        peak.accumulateAndGet(now, Math::max);
        return true;
    }

    /** Takes {@code bytes} even beyond the budget: for what cannot be done without. */
    public void reserve(long bytes) {
        peak.accumulateAndGet(reserved.addAndGet(bytes), Math::max);
    }

    public void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    public long limit() {
        return limit;
    }

    public long reserved() {
        return reserved.get();
    }

    public long peak() {
        return peak.get();
    }
}
