package org.skep.executor.operator;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.skep.executor.kernel.Pieces;

/**
 * Something that several tasks need and one of them makes. Those that would wait for it do pieces
 * of the work meanwhile. When making it fails, the next that needs it tries again.
 */
final class SharedBuild<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private T made; // guarded by the lock, as is all below
    private boolean making;
    private IntConsumer piece; // of the work that is open; null when there is none
    private int pieces;
    private int next;
    private int running;
    private Throwable failure;

    /**
     * What was made, after helping to make it if it is being made.
     *
     * @param make never gives null
     */
    T get(Function<Pieces, T> make) {
        lock.lock();
        try {
            while (made == null && making) {
                if (!runOne()) {
                    changed.awaitUninterruptibly();
                }
            }
            if (made != null) {
                return made;
            }
            making = true;
        } finally {
            lock.unlock();
        }
        T result = null;
        try {
            result = make.apply(this::run);
            return result;
        } finally {
            lock.lock();
            made = result;
            making = false;
            changed.signalAll();
            lock.unlock();
        }
    }

    private void run(int count, IntConsumer each) {
        if (count == 1) {
            each.accept(0);
            return;
        }
        lock.lock();
        try {
            piece = each;
            pieces = count;
            next = 0;
            changed.signalAll();
            while (true) {
                if (!runOne()) {
                    if (running == 0) {
                        break;
                    }
                    changed.awaitUninterruptibly();
                }
            }
            piece = null;
            rethrow();
        } finally {
            lock.unlock();
        }
    }

    /** Runs a piece with the lock open meanwhile; false when none is left. */
    private boolean runOne() {
        if (piece == null || next == pieces || failure != null) {
            return false;
        }
        IntConsumer mine = piece;
        int number = next++;
        running++;
        lock.unlock();
        Throwable thrown = null;
        try {
            mine.accept(number);
        } catch (Throwable e) { // of any kind: it is the builder that fails with it
            thrown = e;
        } finally {
            lock.lock();
        }
        running--;
        if (failure == null) {
            failure = thrown;
        }
        changed.signalAll();
        return true;
    }

    private void rethrow() {
        Throwable thrown = failure;
        failure = null;
        if (thrown != null) {
            SharedBuild.<RuntimeException>throwAsIs(thrown);
        }
    }

    /**
     * Throws anything, checked or not: a back end's reader may throw what its scheduler must see as
     * it is, such as that an output has been lost.
     */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwAsIs(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
