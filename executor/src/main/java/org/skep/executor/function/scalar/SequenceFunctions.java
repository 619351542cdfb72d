package org.skep.executor.function.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.value.Calendar;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Arrays of numbers or dates at even distances. */
public final class SequenceFunctions {
    /** No function makes an array with more elements. */
    private static final int MAX_ELEMENTS = 16 << 20;

    private SequenceFunctions() {}

    @SqlFunction(
            value = {"sequence", "generate_series"},
            signature = "(bigint, bigint) array<bigint>",
            doc = "the numbers from the first to the second, both included",
            example = "sequence(1, 3) = ARRAY[BIGINT '1', BIGINT '2', BIGINT '3']")
    public static List<Object> sequence(long from, long to) {
        return sequence(from, to, from <= to ? 1 : -1);
    }

    @SqlFunction(
            value = {"sequence", "generate_series"},
            signature = "(bigint, bigint, bigint) array<bigint>",
            doc = "the numbers from the first to the second, by steps",
            example = "sequence(5, 1, -2) = ARRAY[BIGINT '5', BIGINT '3', BIGINT '1']")
    public static List<Object> sequence(long from, long to, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("a sequence with steps of 0");
        }
        boolean empty = step > 0 ? from > to : from < to;
        long count = empty ? 0 : Math.addExact(Math.subtractExact(to, from) / step, 1);
        Object[] out = new Object[room(count)];
        for (int i = 0; i < out.length; i++) {
            out[i] = from + i * step;
        }
        return Arrays.asList(out);
    }

    @SqlFunction(
            value = {"sequence", "generate_series"},
            signature = "(date, date) array<date>",
            doc = "the days from the first to the second, both included",
            example =
                    "sequence(DATE '2024-02-29', DATE '2024-03-01')"
                            + " = ARRAY[DATE '2024-02-29', DATE '2024-03-01']")
    public static List<Object> days(int from, int to) {
        List<Object> out = new ArrayList<>();
        sequence((long) from, to).forEach(day -> out.add(Math.toIntExact((Long) day)));
        return out;
    }

    @SqlFunction(
            value = {"sequence", "generate_series"},
            signature = "(date, date, interval_month) array<date>",
            doc = "days from the first to the second, months apart",
            example =
                    "sequence(DATE '2024-01-31', DATE '2024-03-01', INTERVAL MONTH '1 month')"
                            + " = ARRAY[DATE '2024-01-31', DATE '2024-02-29']")
    public static List<Object> months(int from, int to, int step) {
        if (step <= 0) {
            throw new IllegalArgumentException("a sequence with steps of " + step + " months");
        }
        List<Object> out = new ArrayList<>();
        int day = from;
        for (int i = 1; day <= to; i++) {
            out.add(day);
            day = Calendar.plusMonths(from, Math.multiplyExact(i, step));
        }
        return out;
    }

    @SqlFunction(
            value = {"sequence", "generate_series"},
            signature = "(date, date, interval_day) array<date>",
            doc = "days from the first to the second, so many days apart",
            example =
                    "sequence(DATE '2024-01-01', DATE '2024-01-08', INTERVAL DAY '7 days')"
                            + " = ARRAY[DATE '2024-01-01', DATE '2024-01-08']")
    public static List<Object> days(int from, int to, long step) {
        long days = step / Calendar.MICROS_PER_DAY;
        List<Object> out = new ArrayList<>();
        sequence((long) from, to, days).forEach(day -> out.add(Math.toIntExact((Long) day)));
        return out;
    }

    /** Checks a length before anything is allocated. */
    static int room(long elements) {
        if (elements > MAX_ELEMENTS) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "an array of %d elements".formatted(elements),
                    "an array may have up to %d elements".formatted(MAX_ELEMENTS));
        }
        return (int) elements;
    }
}
