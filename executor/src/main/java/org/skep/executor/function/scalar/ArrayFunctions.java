package org.skep.executor.function.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.skep.executor.value.BoxedOrder;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Column;
import org.skep.model.data.ColumnBuilder;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/** Arrays as values. */
public final class ArrayFunctions {
    /** No function makes an array with more elements. */
    private static final int MAX_ELEMENTS = 16 << 20;

    private static final BoxedOrder ORDER = BoxedOrder.NULLS_LAST;

    private ArrayFunctions() {}

    @SqlFunction(
            value = {"array_distinct", "list_distinct"},
            signature = "(array<T>) array<T>",
            doc = "without repetitions, in the order of first occurrence",
            example = "array_distinct(ARRAY[2, 1, 2, NULL, NULL]) = ARRAY[2, 1, NULL]")
    public static List<Object> distinct(List<Object> values) {
        TreeSet<Object> seen = new TreeSet<>(ORDER);
        List<Object> out = new ArrayList<>();
        for (Object value : values) {
            if (seen.add(value)) {
                out.add(value);
            }
        }
        return out;
    }

    @SqlFunction(
            value = {"sort_array", "array_sort", "list_sort"},
            signature = "(array<T>) array<T>",
            doc = "ascending, nulls last",
            example = "array_sort(ARRAY[3, NULL, 1]) = ARRAY[1, 3, NULL]")
    public static List<Object> sort(List<Object> values) {
        List<Object> out = new ArrayList<>(values);
        out.sort(ORDER);
        return out;
    }

    @SqlFunction(
            value = "sort_array",
            signature = "(array<T>, boolean) array<T>",
            doc = "ascending when true, else descending; nulls last",
            example = "sort_array(ARRAY[3, 1, 2], false) = ARRAY[3, 2, 1]")
    public static List<Object> sort(List<Object> values, boolean ascending) {
        List<Object> out = new ArrayList<>(values);
        out.sort(
                ascending
                        ? ORDER
                        : (a, b) ->
                                a == null || b == null ? ORDER.compare(a, b) : ORDER.compare(b, a));
        return out;
    }

    @SqlFunction(
            value = {"array_min", "list_min"},
            signature = "(array<T>) T",
            doc = "the least element that is not null",
            example = "array_min(ARRAY[3, NULL, 1]) = 1")
    public static Object min(List<Object> values) {
        Object best = null;
        for (Object value : values) {
            best = best == null || value != null && ORDER.compare(value, best) < 0 ? value : best;
        }
        return best;
    }

    @SqlFunction(
            value = {"array_max", "list_max"},
            signature = "(array<T>) T",
            doc = "the greatest element that is not null",
            example = "array_max(ARRAY[3, NULL, 1]) = 3")
    public static Object max(List<Object> values) {
        Object best = null;
        for (Object value : values) {
            best = best == null || value != null && ORDER.compare(value, best) > 0 ? value : best;
        }
        return best;
    }

    @SqlFunction(
            value = {"array_sum", "list_sum"},
            signature = "(array<bigint>) bigint",
            doc = "the sum of the elements that are not null",
            example = "array_sum(ARRAY[BIGINT '1', BIGINT '2']) = BIGINT '3'")
    public static Long sum(List<Object> values) {
        Long total = null;
        for (Object value : values) {
            if (value != null) {
                total = Math.addExact(total == null ? 0 : total, (Long) value);
            }
        }
        return total;
    }

    @SqlFunction(
            value = {"array_sum", "list_sum"},
            signature = "(array<double>) double",
            doc = "the sum of the elements that are not null",
            example = "array_sum(ARRAY[DOUBLE '1', DOUBLE '2']) = DOUBLE '3'")
    public static Double sumDoubles(List<Object> values) {
        Double total = null;
        for (Object value : values) {
            total = value == null ? total : (Double) ((total == null ? 0 : total) + (Double) value);
        }
        return total;
    }

    @SqlFunction(
            value = {"array_join", "array_to_string", "list_string_agg"},
            signature = "(array<T>, string) string",
            doc = "the elements with a separator between; nulls are left out",
            example = "array_join(ARRAY[1, NULL, 2], '-') = '1-2'")
    public static Column join(Type type, int rows, Column[] arguments) {
        return join(type, rows, arguments[0], arguments[1], null);
    }

    @SqlFunction(
            value = {"array_join", "array_to_string"},
            signature = "(array<T>, string, string) string",
            doc = "the elements with a separator between and a text for nulls",
            example = "array_join(ARRAY['a', NULL], ',', '?') = 'a,?'")
    public static Column joinWithNulls(Type type, int rows, Column[] arguments) {
        return join(type, rows, arguments[0], arguments[1], arguments[2]);
    }

    private static Column join(
            Type type, int rows, Column arrays, Column separators, Column nullTexts) {
        ColumnBuilder out = ColumnBuilder.of(type, rows);
        ArrayColumn lists = (ArrayColumn) arrays;
        Column elements = lists.elements().flat();
        for (int i = 0; i < rows; i++) {
            boolean unknown = lists.isNull(i) || separators.isNull(i);
            if (unknown) {
                out.appendNull();
                continue;
            }
            TextWriter text = new TextWriter(32);
            boolean first = true;
            for (int k = 0; k < lists.lengths()[i]; k++) {
                int at = lists.starts()[i] + k;
                boolean isNull = elements.isNull(at);
                if (isNull && (nullTexts == null || nullTexts.isNull(i))) {
                    continue;
                }
                if (!first) {
                    text.value(separators, i);
                }
                first = false;
                text.value(isNull ? nullTexts : elements, isNull ? i : at);
            }
            out.appendBytes(text.bytes(), 0, text.length());
        }
        return out.build();
    }

    @SqlFunction(
            value = "slice",
            signature = "(array<T>, int, int) array<T>",
            doc = "so many elements from a place on, negative from the end",
            example = "slice(ARRAY[1, 2, 3, 4], 2, 2) = ARRAY[2, 3]")
    public static List<Object> slice(List<Object> values, int from, int length) {
        if (from == 0 || length < 0) {
            throw new IllegalArgumentException(
                    "slice from %d of length %d; places count from 1".formatted(from, length));
        }
        long start = from < 0 ? (long) values.size() + from : from - 1L;
        if (start < 0 || start >= values.size()) {
            return List.of();
        }
        return values.subList((int) start, (int) Math.min(values.size(), start + length));
    }

    @SqlFunction(
            value = {"reverse", "list_reverse", "array_reverse"},
            signature = "(array<T>) array<T>",
            doc = "backwards",
            example = "reverse(ARRAY[1, 2]) = ARRAY[2, 1]")
    public static List<Object> reverse(List<Object> values) {
        List<Object> out = new ArrayList<>(values);
        Collections.reverse(out);
        return out;
    }

    @SqlFunction(
            value = "flatten",
            signature = "(array<array<T>>) array<T>",
            doc = "the elements of the elements",
            example = "flatten(ARRAY[ARRAY[1], ARRAY[2, 3]]) = ARRAY[1, 2, 3]")
    public static List<Object> flatten(List<Object> lists) {
        List<Object> out = new ArrayList<>();
        for (Object list : lists) {
            if (list == null) {
                return null;
            }
            out.addAll((List<?>) list);
        }
        return out;
    }

    @SqlFunction(
            value = {"array_concat", "list_concat", "array_cat", "concat", "||"},
            signature = "(array<T>...) array<T>",
            doc = "one array after the other",
            example = "array_concat(ARRAY[1], ARRAY[2, 3]) = ARRAY[1, 2, 3]")
    @SafeVarargs
    public static List<Object> concat(List<Object>... lists) {
        List<Object> out = new ArrayList<>();
        for (List<Object> list : lists) {
            out.addAll(list);
        }
        return out;
    }

    @SqlFunction(
            value = {"array_append", "list_append"},
            signature = "(array<T>, T) array<T>",
            takesNull = true,
            doc = "with one more element",
            example = "array_append(ARRAY[1], 2) = ARRAY[1, 2]")
    public static List<Object> append(List<Object> values, Object value) {
        if (values == null) {
            return null;
        }
        List<Object> out = new ArrayList<>(values);
        out.add(value);
        return out;
    }

    @SqlFunction(
            value = {"array_prepend", "list_prepend"},
            signature = "(T, array<T>) array<T>",
            takesNull = true,
            doc = "with one more element in front",
            example = "array_prepend(1, ARRAY[2]) = ARRAY[1, 2]")
    public static List<Object> prepend(Object value, List<Object> values) {
        if (values == null) {
            return null;
        }
        List<Object> out = new ArrayList<>();
        out.add(value);
        out.addAll(values);
        return out;
    }

    @SqlFunction(
            value = "array_remove",
            signature = "(array<T>, T) array<T>",
            doc = "without the elements that equal the value",
            example = "array_remove(ARRAY[1, 2, 1], 1) = ARRAY[2]")
    public static List<Object> remove(List<Object> values, Object value) {
        List<Object> out = new ArrayList<>();
        for (Object each : values) {
            if (ORDER.compare(each, value) != 0) {
                out.add(each);
            }
        }
        return out;
    }

    @SqlFunction(
            value = {"array_union", "list_union"},
            signature = "(array<T>, array<T>) array<T>",
            doc = "what is in either, without repetitions",
            example = "array_union(ARRAY[1, 2], ARRAY[2, 3]) = ARRAY[1, 2, 3]")
    public static List<Object> union(List<Object> a, List<Object> b) {
        List<Object> all = new ArrayList<>(a);
        all.addAll(b);
        return distinct(all);
    }

    @SqlFunction(
            value = {"array_intersect", "list_intersect"},
            signature = "(array<T>, array<T>) array<T>",
            doc = "what is in both, without repetitions",
            example = "array_intersect(ARRAY[1, 2], ARRAY[2, 3]) = ARRAY[2]")
    public static List<Object> intersect(List<Object> a, List<Object> b) {
        TreeSet<Object> other = new TreeSet<>(ORDER);
        other.addAll(b);
        List<Object> out = distinct(a);
        out.removeIf(value -> !other.contains(value));
        return out;
    }

    @SqlFunction(
            value = "array_except",
            signature = "(array<T>, array<T>) array<T>",
            doc = "what is in the first only, without repetitions",
            example = "array_except(ARRAY[1, 2], ARRAY[2, 3]) = ARRAY[1]")
    public static List<Object> except(List<Object> a, List<Object> b) {
        TreeSet<Object> other = new TreeSet<>(ORDER);
        other.addAll(b);
        List<Object> out = distinct(a);
        out.removeIf(other::contains);
        return out;
    }

    @SqlFunction(
            value = {"arrays_overlap", "list_has_any"},
            signature = "(array<T>, array<T>) boolean",
            doc = "whether both have an element in common",
            example = "arrays_overlap(ARRAY[1, 2], ARRAY[2, 3]) = true")
    public static boolean overlap(List<Object> a, List<Object> b) {
        return intersect(a, b).stream().anyMatch(value -> value != null);
    }

    @SqlFunction(
            value = "array_repeat",
            signature = "(T, int) array<T>",
            takesNull = true,
            doc = "so many times the same element",
            example = "array_repeat('a', 2) = ARRAY['a', 'a']")
    public static List<Object> repeat(Object value, Integer times) {
        return times == null ? null : Collections.nCopies(room(Math.max(0, times)), value);
    }

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
            day = org.skep.executor.value.Calendar.plusMonths(from, Math.multiplyExact(i, step));
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
        long days = step / org.skep.executor.value.Calendar.MICROS_PER_DAY;
        List<Object> out = new ArrayList<>();
        sequence((long) from, to, days).forEach(day -> out.add(Math.toIntExact((Long) day)));
        return out;
    }

    /** Checks a length before anything is allocated. */
    private static int room(long elements) {
        if (elements > MAX_ELEMENTS) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "an array of %d elements".formatted(elements),
                    "an array may have up to %d elements".formatted(MAX_ELEMENTS));
        }
        return (int) elements;
    }
}
