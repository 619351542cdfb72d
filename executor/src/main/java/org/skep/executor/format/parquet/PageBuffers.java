package org.skep.executor.format.parquet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Arrays for the bytes of pages, lent to readers of files one after another: making them anew for
 * each split costs as much as copying pages does. An array is at most a fifth larger than asked.
 */
final class PageBuffers {
    private static final PageBuffers SHARED =
            new PageBuffers(Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 32));

    private static final int LEAST_BITS = 12;
    private static final int STEPS_PER_DOUBLING = 4;

    private final long most;
    private final List<Deque<byte[]>> idle = new ArrayList<>(); // by size; guarded by this
    private long bytes; // of idle arrays

    /**
     * @param most bytes to keep while nobody uses them
     */
    PageBuffers(long most) {
        this.most = most;
        for (int i = 0; i < STEPS_PER_DOUBLING * (32 - LEAST_BITS); i++) {
            idle.add(new ArrayDeque<>());
        }
    }

    /** That of the process. */
    static PageBuffers shared() {
        return SHARED;
    }

    /** An array of at least {@code length} bytes, with anything in it. */
    byte[] take(int length) {
        int size = 0;
        while (size < idle.size() && bytesOf(size) < length) {
            size++;
        }
        if (size == idle.size()) {
            return new byte[length];
        }
        synchronized (this) {
            byte[] array = idle.get(size).poll();
            if (array != null) {
                bytes -= array.length;
                return array;
            }
        }
        return new byte[bytesOf(size)];
    }

    /** Takes an array back that nobody will look at any more. */
    synchronized void give(byte[] array) {
        if (bytes + array.length > most) {
            return;
        }
        for (int size = 0; size < idle.size(); size++) {
            if (bytesOf(size) == array.length) {
                idle.get(size).push(array);
                bytes += array.length;
                return;
            }
        }
    }

    private static int bytesOf(int size) {
        int doubled = 1 << LEAST_BITS + size / STEPS_PER_DOUBLING;
        return doubled + doubled / STEPS_PER_DOUBLING * (size % STEPS_PER_DOUBLING);
    }
}
