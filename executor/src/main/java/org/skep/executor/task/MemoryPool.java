package org.skep.executor.task;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory budget of one query, shared by its tasks. It counts what operators say they hold; an
 * operator asks before it grows and spills when it is refused.
 */
public final class MemoryPool {
    private final long limit;
    private final MemoryPool whole; // null when this is the whole budget
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    public MemoryPool(long limit) {
        this(limit, null);
    }

    private MemoryPool(long limit, MemoryPool whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /** A part of this budget: what it gives is the whole's, and never more than {@code most}. */
    public MemoryPool part(long most) {
        return new MemoryPool(most, this);
    }

    /** Takes {@code bytes} of the budget if that many are left. */
    public boolean tryReserve(long bytes) {
        if (bytes <= 0) {
            reserve(bytes);
            return true;
        }
        long now = reserved.addAndGet(bytes);
        if (now > limit || whole != null && !whole.tryReserve(bytes)) {
            reserved.addAndGet(-bytes);
            return false;
        }
        peak.accumulateAndGet(now, Math::max);
        return true;
    }

    /** Takes {@code bytes} even beyond the budget: for what cannot be done without. */
    public void reserve(long bytes) {
        if (whole != null) {
            whole.reserve(bytes);
        }
        peak.accumulateAndGet(reserved.addAndGet(bytes), Math::max);
    }

    public void release(long bytes) {
        reserve(-bytes);
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
