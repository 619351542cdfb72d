package org.skep.executor.kernel;

import java.util.function.IntConsumer;

/** Runs the pieces of a piece of work that do not depend on each other. */
public interface Pieces {
    /** One after another, on the thread that asks. */
    Pieces ALONE =
            (count, piece) -> {
                for (int i = 0; i < count; i++) {
                    piece.accept(i);
                }
            };

    /**
     * Runs {@code piece} for each number below {@code count}, on this and perhaps other threads,
     * and returns when all have ended; what the pieces have written can be read then. Fails as the
     * first piece that fails.
     */
    void run(int count, IntConsumer piece);
}
