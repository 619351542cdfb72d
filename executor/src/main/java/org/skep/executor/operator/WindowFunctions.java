package org.skep.executor.operator;

import org.skep.model.data.Column;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.WindowCall;
import org.skep.model.type.Type;

/** All window functions: ranking here, values and aggregates in classes of their own. */
final class WindowFunctions {
    private WindowFunctions() {}

    /** The column of a call. A function that is none of those listed here is an aggregate. */
    static Column evaluate(WindowCall call, WindowRows rows, OperatorServices services) {
        return switch (call.function()) {
            case "row_number" -> numbers(call.type(), rowNumber(rows));
            case "rank" -> numbers(call.type(), rank(rows));
            case "dense_rank" -> numbers(call.type(), denseRank(rows));
            case "percent_rank" -> percentRank(call.type(), rows);
            case "cume_dist" -> cumeDist(call.type(), rows);
            case "ntile" -> ntile(call, rows);
            case "lag" -> WindowValues.shifted(call, rows, -1);
            case "lead" -> WindowValues.shifted(call, rows, 1);
            case "first_value" -> WindowValues.first(call, rows);
            case "last_value" -> WindowValues.last(call, rows);
            case "nth_value" -> WindowValues.nth(call, rows);
            default -> WindowAggregate.evaluate(call, rows, services);
        };
    }

    private static long[] rowNumber(WindowRows rows) {
        long[] out = new long[rows.count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows.rowsBefore(i) + 1;
        }
        return out;
    }

    private static long[] rank(WindowRows rows) {
        long[] out = new long[rows.count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows.rowsBeforePeers(i) + 1;
        }
        return out;
    }

    private static long[] denseRank(WindowRows rows) {
        long[] out = new long[rows.count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = rows.groupsBefore(i) + 1;
        }
        return out;
    }

    private static Column percentRank(Type type, WindowRows rows) {
        double[] out = new double[rows.count()];
        for (int i = 0; i < out.length; i++) {
            long others = rows.partitionRows(i) - 1;
            double before = rows.rowsBeforePeers(i);
            out[i] = others == 0 ? 0 : before / others;
        }
        return new DoubleColumn(type, out, out.length, null);
    }

    private static Column cumeDist(Type type, WindowRows rows) {
        double[] out = new double[rows.count()];
        for (int i = 0; i < out.length; i++) {
            double size = rows.partitionRows(i);
            out[i] = (rows.rowsBefore(i) + rows.peerEnd(i) - i) / size;
        }
        return new DoubleColumn(type, out, out.length, null);
    }

    /** The first buckets have a row more when the rows cannot be shared out evenly. */
    private static Column ntile(WindowCall call, WindowRows rows) {
        Column buckets = rows.rows().column(call.arguments().get(0)).flat();
        long[] out = new long[rows.count()];
        for (int i = 0; i < out.length; i++) {
            long count = positive(buckets, i, "ntile");
            long size = rows.partitionRows(i);
            long number = rows.rowsBefore(i);
            long small = size / count;
            long large = size % count; // as many buckets have one row more
            long inLarge = large * (small + 1);
            out[i] =
                    number < inLarge
                            ? number / (small + 1) + 1
                            : large + (number - inLarge) / Math.max(1, small) + 1;
        }
        return numbers(call.type(), out);
    }

    /** An integer argument that must be at least 1. */
    static long positive(Column column, int row, String function) {
        long value = column.isNull(row) ? 0 : integer(column, row);
        if (value < 1) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "%s of %s".formatted(function, column.isNull(row) ? "NULL" : value),
                    "the number must be at least 1");
        }
        return value;
    }

    static long integer(Column column, int row) {
        return column instanceof IntColumn ints
                ? ints.values()[row]
                : ((LongColumn) column).values()[row];
    }

    private static Column numbers(Type type, long[] values) {
        if (type.layout() == Type.Layout.LONG) {
            return new LongColumn(type, values, values.length, null);
        }
        int[] narrow = new int[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (int) values[i];
        }
        return new IntColumn(type, narrow, narrow.length, null);
    }
}
