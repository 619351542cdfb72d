package org.skep.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.skep.executor.value.TextWriter;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.type.Type;

/**
 * Reads one column of a result, batch after batch, in every form that JDBC asks for. A {@code
 * place} is where a row's value stands in the bound column, see {@link #place}; only places of rows
 * that are not null may be read.
 */
abstract class Cell {
    final Type type;
    private Column column;
    private Column values;
    private int[] ids;
    private TextWriter writer;

    Cell(Type type) {
        this.type = type;
    }

    static Cell of(Type type) {
        return switch (type.kind()) {
            case NULL, BOOLEAN -> new ScalarCells.Booleans(type);
            case TINYINT, SMALLINT, INTEGER -> new ScalarCells.Ints(type);
            case BIGINT -> new ScalarCells.Longs(type);
            case FLOAT, DOUBLE -> new ScalarCells.Doubles(type);
            case DECIMAL -> new ScalarCells.Decimals(type);
            case STRING -> new ScalarCells.Texts(type);
            case BINARY -> new OtherCells.Binaries(type);
            case DATE -> new OtherCells.Dates(type);
            case TIMESTAMP -> new OtherCells.Timestamps(type);
            case INTERVAL_MONTH, INTERVAL_DAY -> new OtherCells.Intervals(type);
            case ARRAY, MAP, STRUCT -> new OtherCells.Nested(type);
        };
    }

    /** Goes on to the next batch's column. */
    final void bind(Column next) {
        column = next;
        if (next instanceof DictionaryColumn dictionary) {
            ids = dictionary.ids();
            values = dictionary.dictionary();
        } else {
            ids = null;
            values = next;
        }
        take(values);
    }

    final boolean isNull(int row) {
        return column.isNull(row) || ids != null && values.isNull(ids[row]);
    }

    final int place(int row) {
        return ids == null ? row : ids[row];
    }

    /** Keeps the arrays of a column without a dictionary. */
    abstract void take(Column flat);

    /** As {@code getObject} gives it. */
    abstract Object object(int place);

    String text(int place) {
        if (writer == null) {
            writer = new TextWriter(64);
        }
        writer.clear();
        writer.value(values, place);
        return writer.toString();
    }

    long integer(int place) throws SQLException {
        throw Failures.mismatch(type, "an integer");
    }

    double floating(int place) throws SQLException {
        throw Failures.mismatch(type, "a floating-point number");
    }

    BigDecimal decimal(int place) throws SQLException {
        throw Failures.mismatch(type, "a decimal number");
    }

    boolean bool(int place) throws SQLException {
        throw Failures.mismatch(type, "a boolean");
    }

    byte[] bytes(int place) throws SQLException {
        return text(place).getBytes(StandardCharsets.UTF_8);
    }

    LocalDate date(int place) throws SQLException {
        throw Failures.mismatch(type, "a date");
    }

    LocalDateTime timestamp(int place) throws SQLException {
        throw Failures.mismatch(type, "a timestamp");
    }
}
