package org.skep.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code getObject(column, class)}: what can be made of a value. */
final class Conversions {
    private interface Conversion {
        Object of(Cell cell, int place) throws SQLException;
    }

    private static final Map<Class<?>, Conversion> BY_CLASS =
            Map.ofEntries(
                    Map.entry(String.class, Cell::text),
                    Map.entry(Boolean.class, Cell::bool),
                    Map.entry(Byte.class, (cell, at) -> (byte) ranged(cell, at, Byte.SIZE)),
                    Map.entry(Short.class, (cell, at) -> (short) ranged(cell, at, Short.SIZE)),
                    Map.entry(Integer.class, (cell, at) -> (int) ranged(cell, at, Integer.SIZE)),
                    Map.entry(Long.class, Cell::integer),
                    Map.entry(Float.class, (cell, at) -> (float) cell.floating(at)),
                    Map.entry(Double.class, Cell::floating),
                    Map.entry(BigDecimal.class, Cell::decimal),
                    Map.entry(
                            BigInteger.class,
                            (cell, at) ->
                                    cell.decimal(at).setScale(0, RoundingMode.DOWN).toBigInteger()),
                    Map.entry(byte[].class, Cell::bytes),
                    Map.entry(LocalDate.class, Cell::date),
                    Map.entry(LocalDateTime.class, Cell::timestamp),
                    Map.entry(Date.class, (cell, at) -> Date.valueOf(cell.date(at))),
                    Map.entry(
                            Timestamp.class, (cell, at) -> Timestamp.valueOf(cell.timestamp(at))));

    private Conversions() {}

    static Object to(Class<?> wanted, Cell cell, int place) throws SQLException {
        Conversion conversion = BY_CLASS.get(wanted);
        if (conversion != null) {
            return conversion.of(cell, place);
        }
        Object value = cell.object(place);
        if (wanted.isInstance(value)) {
            return value;
        }
        if (wanted == List.class && value instanceof Array array) {
            return Arrays.asList((Object[]) array.getArray());
        }
        if (wanted == Object[].class && value instanceof Array array) {
            return array.getArray();
        }
        throw Failures.mismatch(cell.type, "a " + wanted.getName());
    }

    private static long ranged(Cell cell, int place, int bits) throws SQLException {
        long value = cell.integer(place);
        if (value >> bits - 1 != value >> 63) {
            throw Failures.overflow(value, "an integer of %d bits".formatted(bits));
        }
        return value;
    }
}
