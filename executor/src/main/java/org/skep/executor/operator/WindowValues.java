package org.skep.executor.operator;

import java.util.List;
import org.skep.executor.kernel.Concat;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.plan.WindowCall;

/** Window functions that give a value of another row: each computes places and gathers. */
final class WindowValues {
    private WindowValues() {}

    /** {@code lag} (direction -1) and {@code lead} (1): value, offset (else 1), default. */
    static Column shifted(WindowCall call, WindowRows rows, int direction) {
        Column values = argument(call, rows, 0);
        int count = rows.count();
        Column offsets = call.arguments().size() > 1 ? argument(call, rows, 1).flat() : null;
        Column defaults = call.arguments().size() > 2 ? argument(call, rows, 2) : null;
        NonNull nonNull = call.ignoreNulls() ? NonNull.of(values) : null;
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            if (offsets != null && offsets.isNull(i)) {
                places[i] = -1; // an unknown row, not a missing one
                continue;
            }
            long offset = offsets == null ? 1 : WindowFunctions.integer(offsets, i);
            long by = clamp(offset) * direction;
            int place =
                    nonNull == null
                            ? within(rows, i, i + by)
                            : nonNull.shifted(i, by, rows.partitionStart(i), rows.partitionEnd(i));
            places[i] = place < 0 && defaults != null ? count + i : place;
        }
        if (defaults == null) {
            return values.gather(places, count);
        }
        return behind(values, defaults).gather(places, count);
    }

    private static long clamp(long offset) {
        return Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, offset));
    }

    private static int within(WindowRows rows, int row, long place) {
        return place >= rows.partitionStart(row) && place < rows.partitionEnd(row)
                ? (int) place
                : -1;
    }

    static Column first(WindowCall call, WindowRows rows) {
        return edge(call, rows, 1);
    }

    static Column last(WindowCall call, WindowRows rows) {
        return edge(call, rows, -1);
    }

    private static Column edge(WindowCall call, WindowRows rows, int number) {
        return rows.totals() != null && WindowFrames.isWhole(call.frame())
                ? rows.totals().result(call, rows.count())
                : pick(call, rows, (frames, row) -> number);
    }

    static Column nth(WindowCall call, WindowRows rows) {
        Column numbers = argument(call, rows, 1).flat();
        return pick(
                call, rows, (frames, row) -> WindowFunctions.positive(numbers, row, "nth_value"));
    }

    /** Which row of its frame a row takes the value of: from 1, or -1 for the last one. */
    private interface Choice {
        long number(WindowFrames frames, int row);
    }

    private static Column pick(WindowCall call, WindowRows rows, Choice choice) {
        Column values = argument(call, rows, 0);
        WindowFrames frames = WindowFrames.of(call.frame(), rows);
        NonNull nonNull = call.ignoreNulls() ? NonNull.of(values) : null;
        Column before = rows.before(call) == null ? null : rows.before(call)[0];
        int[] places = new int[rows.count()];
        for (int i = 0; i < places.length; i++) {
            long from = frames.from()[i];
            long to = frames.to()[i];
            if (nonNull != null) { // count among rows that are not null
                from = nonNull.before((int) from);
                to = nonNull.before((int) to);
            }
            long number = choice.number(frames, i);
            long place = number < 0 ? to - 1 : from + Math.min(number, Integer.MAX_VALUE) - 1;
            boolean inside = place >= from && place < to;
            places[i] = !inside ? -1 : nonNull == null ? (int) place : nonNull.row((int) place);
            // what was first stays so; what was last is as long as there is nothing later
            if (before != null && rows.isContinued(i) && (number > 0 || !inside)) {
                places[i] = places.length;
            }
        }
        return before == null
                ? values.gather(places, places.length)
                : behind(values, before).gather(places, places.length);
    }

    /** Two columns as one. */
    private static Column behind(Column first, Column second) {
        List<Batch> both =
                List.of(new Batch(first.rows(), first), new Batch(second.rows(), second));
        return Concat.batches(List.of(first.type()), both).column(0);
    }

    private static Column argument(WindowCall call, WindowRows rows, int index) {
        return rows.rows().column(call.arguments().get(index));
    }

    /** Where the rows are that are not null. */
    private static final class NonNull {
        private final int[] rows;
        private final int[] before; // of each row, and of all

        private NonNull(int[] rows, int[] before) {
            this.rows = rows;
            this.before = before;
        }

        static NonNull of(Column column) {
            int[] before = new int[column.rows() + 1];
            int[] rows = new int[column.rows()];
            int count = 0;
            for (int i = 0; i < column.rows(); i++) {
                before[i] = count;
                if (!column.isNull(i)) {
                    rows[count++] = i;
                }
            }
            before[column.rows()] = count;
            return new NonNull(rows, before);
        }

        int before(int row) {
            return before[row];
        }

        int row(int number) {
            return rows[number];
        }

        /** The row that many non-null rows further on, or -1. */
        int shifted(int row, long by, int start, int end) {
            if (by == 0) {
                return row;
            }
            long number = by < 0 ? before[row] + by : before[row + 1] + by - 1;
            return number >= before[start] && number < before[end] ? rows[(int) number] : -1;
        }
    }
}
