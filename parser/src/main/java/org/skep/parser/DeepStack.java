package org.skep.parser;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Runs what recurses over nested text with enough stack for it. */
final class DeepStack {
    /** Nesting that any thread's stack is good for. */
    private static final int SHALLOW = 40;

    /** What the parser and the translation need for a level, several times over. */
    private static final long BYTES_PER_LEVEL = 64 << 10;

    private DeepStack() {}

    static <T> T call(int depth, Callable<T> work) {
        try {
            return depth <= SHALLOW ? work.call() : onOwnThread(depth, work);
        } catch (QueryException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "cancelled while parsing", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof QueryException wanted ? wanted : bug(e.getCause());
        } catch (Exception e) {
            throw bug(e);
        }
    }

    private static <T> T onOwnThread(int depth, Callable<T> work)
            throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        long stack = (8 << 20) + depth * BYTES_PER_LEVEL;
        Thread thread = new Thread(null, task, "skep-parser", stack);
        thread.setDaemon(true);
        thread.start();
        return task.get();
    }

    private static QueryException bug(Throwable cause) {
        return new QueryException(ErrorCode.BUG, "the parser failed: " + cause, cause);
    }
}
