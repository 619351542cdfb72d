package org.skep.executor.format.lines;

import java.util.Map;
import java.util.function.Supplier;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * What becomes of rows that cannot be read: they fail the query, or are passed over and counted.
 * Options {@code ignore_errors} and {@code on_bad_row} (fail or skip) decide, else how many the
 * setting {@code max_errors} allows each task.
 */
public final class BadRows {
    private final TaskContext task;
    private final String path;
    private final long allowed;
    private long count;
    private String first;

    private BadRows(TaskContext task, String path, Map<String, String> options, boolean skipping) {
        this.task = task;
        this.path = path;
        this.allowed = skips(options, skipping) ? Long.MAX_VALUE : task.settings().maxErrors();
    }

    /** For formats whose bad rows fail the query unless something else is said. */
    public static BadRows failing(TaskContext task, String path, Map<String, String> options) {
        return new BadRows(task, path, options, false);
    }

    /** For formats whose bad rows are passed over unless something else is said. */
    public static BadRows skipping(TaskContext task, String path, Map<String, String> options) {
        return new BadRows(task, path, options, true);
    }

    private static boolean skips(Map<String, String> options, boolean otherwise) {
        String ignore = options.get("ignore_errors");
        if (ignore != null) {
            return Boolean.parseBoolean(ignore);
        }
        String action = options.get("on_bad_row");
        if (action == null) {
            return otherwise;
        }
        if (action.equalsIgnoreCase("skip") || action.equalsIgnoreCase("fail")) {
            return action.equalsIgnoreCase("skip");
        }
        throw new QueryException(
                ErrorCode.INVALID_ARGUMENT,
                "on_bad_row cannot be '%s'".formatted(action),
                "on_bad_row is fail or skip");
    }

    /**
     * Counts a bad row.
     *
     * @param error what is wrong with it; asked for only when it is needed
     */
    public void add(Supplier<QueryException> error) {
        if (count >= allowed) {
            throw error.get();
        }
        if (first == null) {
            first = error.get().getMessage();
        }
        count++;
    }

    /** Warns of the rows that were passed over. */
    public void report() {
        if (count > 0) {
            task.warn(
                    "%d bad %s of '%s' passed over; the first: %s"
                            .formatted(count, count == 1 ? "row" : "rows", path, first));
            count = 0;
        }
    }
}
