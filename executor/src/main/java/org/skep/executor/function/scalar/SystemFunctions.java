package org.skep.executor.function.scalar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.skep.executor.task.TaskRandom;
import org.skep.executor.value.Calendar;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/**
 * The time, the engine, chance. The library replaces the time by its clock's before a query runs.
 */
public final class SystemFunctions {
    private SystemFunctions() {}

    @SqlFunction(
            value = {"current_timestamp", "now", "localtimestamp", "getdate"},
            signature = "() timestamp",
            doc = "when the query began",
            example = "current_timestamp() = TIMESTAMP '2024-01-15 10:30:00'")
    public static long currentTimestamp() {
        LocalDateTime now = LocalDateTime.now();
        return now.toEpochSecond(ZoneOffset.UTC) * Calendar.MICROS_PER_SECOND
                + now.getNano() / 1000;
    }

    @SqlFunction(
            value = {"current_date", "curdate", "today"},
            signature = "() date",
            doc = "the day on which the query began",
            example = "current_date() = DATE '2024-01-15'")
    public static int currentDate() {
        return Math.toIntExact(LocalDate.now().toEpochDay());
    }

    @SqlFunction(
            value = "unix_timestamp",
            signature = "() bigint",
            doc = "when the query began, in seconds since 1970",
            example = "unix_timestamp() = BIGINT '1705314600'")
    public static long unixTimestamp() {
        return Math.floorDiv(currentTimestamp(), Calendar.MICROS_PER_SECOND);
    }

    @SqlFunction(
            value = {"uuid", "gen_random_uuid"},
            deterministic = false,
            doc = "a random UUID",
            example = "length(uuid()) = 36")
    public static String uuid() {
        return TaskRandom.uuid().toString();
    }

    @SqlFunction(
            value = "version",
            doc = "the engine and its version",
            example = "starts_with(version(), 'Skep') = true")
    public static String version() {
        String version = SystemFunctions.class.getPackage().getImplementationVersion();
        return version == null ? "Skep" : "Skep " + version;
    }

    @SqlFunction(
            value = {"typeof", "pg_typeof"},
            signature = "(any) string",
            doc = "the type of an expression",
            example = "typeof(1.50) = 'DECIMAL(3,2)'")
    public static Column typeof(Type type, int rows, Column[] arguments) {
        return Column.constant(type, arguments[0].type().toString(), rows);
    }

    @SqlFunction(
            value = {"raise_error", "error"},
            signature = "(string) string",
            deterministic = false,
            doc = "fails with that message",
            example = "if(true, 'ok', raise_error(NULL)) = 'ok'")
    public static String raiseError(String message) {
        throw new QueryException(ErrorCode.INVALID_VALUE, message);
    }

    @SqlFunction(
            value = "assert_true",
            doc = "null when true, else an error",
            example = "assert_true(true) = NULL")
    public static String assertTrue(boolean condition) {
        if (!condition) {
            throw new QueryException(
                    ErrorCode.INVALID_VALUE, "assert_true: the condition is not true");
        }
        return null;
    }

    /** For the planner: which rows a table takes is decided by a condition around it. */
    @SqlFunction(
            value = "reject_row",
            signature = "(string, string) boolean",
            deterministic = false,
            doc = "fails because a row breaks a CHECK, or NOT NULL when it is called 'NOT NULL'",
            example = "if(true, true, reject_row(NULL, 'n = NULL')) = true")
    public static boolean rejectRow(String rule, String row) {
        boolean missing = rule.startsWith("NOT NULL ");
        throw new QueryException(
                missing ? ErrorCode.NOT_NULL_VIOLATION : ErrorCode.CHECK_VIOLATION,
                missing
                        ? "NULL for column %s, which cannot be null, in the row %s"
                                .formatted(rule.substring("NOT NULL ".length()), row)
                        : "CHECK %s does not hold for the row %s".formatted(rule, row),
                missing
                        ? "give it a value, for example with coalesce(x, 0)"
                        : "nothing was written; leave such rows out with WHERE, or drop the constraint");
    }

    /** The last argument only says where the planner wants the check. */
    @SqlFunction(
            value = "single_row",
            signature = "(T, bigint, U) T",
            doc =
                    "the first, when the second, how many rows it is one of, is at most 1; else an error",
            example = "single_row('a', BIGINT '1', 0) = 'a'")
    public static Column singleRow(Type type, int rows, Column[] arguments) {
        Column counts = arguments[1].flat();
        for (int i = 0; i < rows; i++) {
            if (!counts.isNull(i) && ((LongColumn) counts).values()[i] > 1) {
                throw new QueryException(
                        ErrorCode.CARDINALITY_VIOLATION,
                        "a subquery that stands for one value has more than one row",
                        "aggregate it, for example with max(), or add LIMIT 1");
            }
        }
        return arguments[0];
    }
}
