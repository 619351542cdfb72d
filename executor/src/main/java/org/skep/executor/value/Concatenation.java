package org.skep.executor.value;

import java.util.Arrays;
import java.util.Objects;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.type.Type;

/** Puts columns of the same type one after the other. */
public final class Concatenation {
    private Concatenation() {}

    /**
     * The rows of all parts, in order.
     *
     * @param parts flat columns; null ones are passed over
     * @param rows how many rows the parts have together
     */
    public static Column of(Type type, Column[] parts, int rows) {
        Column[] columns = Arrays.stream(parts).filter(Objects::nonNull).toArray(Column[]::new);
        long[] validity = validity(columns, rows);
        return switch (type.layout()) {
            case BOOLEAN -> {
                byte[] out = new byte[rows];
                join(columns, (c, n, at) -> copy(((BooleanColumn) c).values(), out, n, at));
                yield new BooleanColumn(type, out, rows, validity);
            }
            case INT -> {
                int[] out = new int[rows];
                join(columns, (c, n, at) -> copy(((IntColumn) c).values(), out, n, at));
                yield new IntColumn(type, out, rows, validity);
            }
            case LONG -> {
                long[] out = new long[rows];
                join(columns, (c, n, at) -> copy(((LongColumn) c).values(), out, n, at));
                yield new LongColumn(type, out, rows, validity);
            }
            case DOUBLE -> {
                double[] out = new double[rows];
                join(columns, (c, n, at) -> copy(((DoubleColumn) c).values(), out, n, at));
                yield new DoubleColumn(type, out, rows, validity);
            }
            case DECIMAL -> {
                long[] highs = new long[rows];
                long[] lows = new long[rows];
                join(columns, (c, n, at) -> copy(((DecimalColumn) c).highs(), highs, n, at));
                join(columns, (c, n, at) -> copy(((DecimalColumn) c).lows(), lows, n, at));
                yield DecimalColumn.of(type, highs, lows, rows, validity);
            }
            case BYTES -> bytes(type, columns, rows, validity);
            case ARRAY -> arrays(type, columns, rows, validity);
            case STRUCT -> structs(type, columns, rows, validity);
        };
    }

    private interface Part {
        void copyTo(Column column, int rows, int at);
    }

    private static void join(Column[] columns, Part part) {
        int at = 0;
        for (Column column : columns) {
            part.copyTo(column, column.rows(), at);
            at += column.rows();
        }
    }

    @SuppressWarnings("SuspiciousSystemArraycopy")
    private static void copy(Object from, Object to, int rows, int at) {
        System.arraycopy(from, 0, to, at, rows);
    }

    private static long[] validity(Column[] columns, int rows) {
        boolean nullable = false;
        for (Column column : columns) {
            nullable |= column.hasNulls();
        }
        if (!nullable) {
            return null;
        }
        long[] bits = new long[Bits.words(rows)];
        join(
                columns,
                (column, n, at) -> {
                    for (int i = 0; i < n; i++) {
                        if (!column.isNull(i)) {
                            Bits.set(bits, at + i);
                        }
                    }
                });
        return Bits.orNull(bits, rows);
    }

    private static Column bytes(Type type, Column[] columns, int rows, long[] validity) {
        long size = 0;
        Column[] compact = columns.clone();
        for (int i = 0; i < compact.length; i++) {
            // a few rows of a large shared array: take along only what they use
            compact[i] = ((BytesColumn) columns[i]).compact();
            size += ((BytesColumn) compact[i]).data().length;
        }
        byte[] data = new byte[Math.toIntExact(size)];
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        int[] end = {0};
        join(
                compact,
                (column, n, at) -> {
                    BytesColumn part = (BytesColumn) column;
                    copy(part.data(), data, part.data().length, end[0]);
                    copy(part.lengths(), lengths, n, at);
                    int[] from = part.starts();
                    for (int i = 0; i < n; i++) {
                        starts[at + i] = from[i] + end[0];
                    }
                    end[0] += part.data().length;
                });
        return new BytesColumn(type, data, starts, lengths, rows, validity);
    }

    private static Column arrays(Type type, Column[] columns, int rows, long[] validity) {
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        Column[] elements = new Column[columns.length];
        int[] next = {0, 0};
        join(
                columns,
                (column, n, at) -> {
                    ArrayColumn part = (ArrayColumn) column;
                    copy(part.lengths(), lengths, n, at);
                    for (int i = 0; i < n; i++) {
                        starts[at + i] = part.starts()[i] + next[1];
                    }
                    elements[next[0]++] = part.elements().flat();
                    next[1] += part.elements().rows();
                });
        Column all = of(type.element(), elements, next[1]);
        return new ArrayColumn(type, starts, lengths, all, rows, validity);
    }

    private static Column structs(Type type, Column[] columns, int rows, long[] validity) {
        Column[] members = new Column[type.children().size()];
        for (int k = 0; k < members.length; k++) {
            int member = k;
            Column[] parts =
                    Arrays.stream(columns)
                            .map(column -> ((StructColumn) column).member(member).flat())
                            .toArray(Column[]::new);
            members[k] = of(type.children().get(k).type(), parts, rows);
        }
        return new StructColumn(type, members, rows, validity);
    }
}
