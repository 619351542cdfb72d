package org.skep.executor.task;

import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random numbers of the task that a thread runs. Where a task may run again, because its output was
 * lost, it has to get the same ones: its rows may have been read in part. So the back end gives it
 * a seed that depends on the query, the stage and the task alone.
 */
public final class TaskRandom {
    private static final ThreadLocal<Random> CURRENT = new ThreadLocal<>();

    private TaskRandom() {}

    /** The calling thread's numbers are those of a task, until {@link #end}. */
    static void begin(long query, int stage, int task) {
        CURRENT.set(new Random(query ^ ((long) stage << 32 | task) * 0x9E3779B97F4A7C15L));
    }

    /** Whatever the thread did, its numbers are any again. */
    public static void end() {
        CURRENT.remove();
    }

    private static Random random() {
        Random own = CURRENT.get();
        return own != null ? own : ThreadLocalRandom.current();
    }

    /** From 0 to below 1. */
    public static double number() {
        return random().nextDouble();
    }

    /** A random (version 4) UUID. */
    public static UUID uuid() {
        Random own = CURRENT.get();
        if (own == null) {
            return UUID.randomUUID();
        }
        long high = own.nextLong() & ~0xF000L | 0x4000L;
        long low = own.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
