package org.skep.executor.format.parquet;

import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/** How values of a file's type become values of a table's wider type, without loss. */
enum Widening {
    SAME,
    /** The same layout under another type. */
    RENAMED,
    INT_TO_LONG,
    INT_TO_DOUBLE,
    LONG_TO_DECIMAL,
    /** Any type of which the file has nothing but nulls. */
    NULLS;

    /** The way from one type to the other, or null when there is none. */
    static Widening between(Type from, Type to) {
        if (from.equals(to)) {
            return SAME;
        }
        return switch (from.kind()) {
            case NULL -> NULLS;
            case TINYINT, SMALLINT, INTEGER -> fromInteger(from, to);
            case DATE -> to.kind() == Type.Kind.INTEGER ? RENAMED : null;
            case FLOAT -> to.kind() == Type.Kind.DOUBLE ? RENAMED : null;
            case STRING -> to.kind() == Type.Kind.BINARY ? RENAMED : null;
            case BINARY -> to.kind() == Type.Kind.STRING ? RENAMED : null;
            case BIGINT -> to.kind() == Type.Kind.INTERVAL_DAY ? RENAMED : null;
            case DECIMAL -> fromDecimal(from, to);
            case BOOLEAN, DOUBLE, TIMESTAMP, INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, STRUCT ->
                    null;
        };
    }

    private static Widening fromInteger(Type from, Type to) {
        return switch (to.kind()) {
            case TINYINT, SMALLINT, INTEGER ->
                    to.maxInteger() >= from.maxInteger() ? RENAMED : null;
            case DATE, INTERVAL_MONTH -> from.kind() == Type.Kind.INTEGER ? RENAMED : null;
            case BIGINT -> INT_TO_LONG;
            case DOUBLE -> INT_TO_DOUBLE;
            default -> null;
        };
    }

    private static Widening fromDecimal(Type from, Type to) {
        if (to.kind() != Type.Kind.DECIMAL
                || to.scale() != from.scale()
                || to.precision() < from.precision()) {
            return null;
        }
        return from.layout() == to.layout() ? RENAMED : LONG_TO_DECIMAL;
    }

    Column apply(Column column, Type to) {
        if (this != SAME && this != NULLS && column instanceof DictionaryColumn dictionary) {
            return new DictionaryColumn(
                    dictionary.ids(),
                    apply(dictionary.dictionary(), to),
                    column.rows(),
                    column.validity());
        }
        int rows = column.rows();
        return switch (this) {
            case SAME -> column;
            case RENAMED -> column.as(to);
            case NULLS -> Column.nulls(to, rows);
            case INT_TO_LONG -> {
                int[] in = ((IntColumn) column).values();
                long[] out = new long[rows];
                for (int i = 0; i < rows; i++) {
                    out[i] = in[i];
                }
                yield new LongColumn(to, out, rows, column.validity());
            }
            case INT_TO_DOUBLE -> {
                int[] in = ((IntColumn) column).values();
                double[] out = new double[rows];
                for (int i = 0; i < rows; i++) {
                    out[i] = in[i];
                }
                yield new DoubleColumn(to, out, rows, column.validity());
            }
            case LONG_TO_DECIMAL -> {
                long[] in = ((LongColumn) column).values();
                yield DecimalColumn.ofLongs(to, in, rows, column.validity());
            }
        };
    }
}
