package org.skep.planner;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Plans on a thread of its own with a large stack: Calcite recurses over expressions, several
 * frames a level, and the parser lets through what is a thousand levels deep. Only touched pages of
 * the stack take memory.
 */
final class DeepStack {
    private static final long BYTES = 512L << 20;

    private DeepStack() {}

    static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(null, task, "skep-planner", BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "cancelled while planning", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof QueryException known ? known : failed(e.getCause());
        }
    }

    private static QueryException failed(Throwable cause) {
        return cause instanceof StackOverflowError
                ? new QueryException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the query is nested too deeply to be planned",
                        "split it with WITH or temporary views")
                : new QueryException(ErrorCode.BUG, "planning failed: " + cause, cause);
    }
}
