package org.skep.executor.run;

import org.apache.arrow.memory.OutOfMemoryException;
import org.skep.executor.eval.RowErrors;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** The one boundary at which whatever a task throws becomes an error that a user can read. */
public final class TaskFailure {
    private TaskFailure() {}

    public static QueryException cancelled() {
        return new QueryException(ErrorCode.CANCELLED, "the query was cancelled");
    }

    public static QueryException of(Throwable thrown, int stage, TaskContext task) {
        if (thrown instanceof QueryException query) {
            return placed(query, task.place());
        }
        if (thrown instanceof ArithmeticException arithmetic) {
            return placed(RowErrors.of(arithmetic), task.place());
        }
        if (thrown instanceof OutOfMemoryError || thrown instanceof OutOfMemoryException) {
            return caused(
                    new QueryException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the process has no memory left for this query",
                            "set memory lower so that the query spills earlier, or give the JVM"
                                    + " more heap"),
                    thrown);
        }
        if (thrown instanceof StackOverflowError) {
            return caused(
                    new QueryException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "the query is nested too deeply",
                            "split it into several statements"),
                    thrown);
        }
        return new QueryException(
                ErrorCode.BUG,
                "internal error in stage %d, task %d: %s".formatted(stage, task.task(), thrown),
                thrown);
    }

    private static QueryException caused(QueryException said, Throwable cause) {
        said.initCause(cause);
        return said;
    }

    /** Errors in values say which file was being read, unless they already do. */
    private static QueryException placed(QueryException said, String place) {
        boolean helps =
                switch (said.code()) {
                    case INVALID_VALUE, NUMERIC_OVERFLOW, DIVISION_BY_ZERO, INVALID_ARGUMENT ->
                            place != null && !said.getMessage().contains(place);
                    default -> false;
                };
        return helps
                ? said.with(said.position(), "%s (reading %s)".formatted(said.getMessage(), place))
                : said;
    }
}
