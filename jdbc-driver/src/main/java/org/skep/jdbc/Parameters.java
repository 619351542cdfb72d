package org.skep.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.UUID;

/** What is set for a question mark, as one of the types that the engine binds. */
final class Parameters {
    private Parameters() {}

    static Object bound(Object value) throws SQLException {
        if (value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof BigDecimal
                || value instanceof String
                || value instanceof byte[]
                || value instanceof LocalDate
                || value instanceof LocalDateTime) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Character || value instanceof UUID) {
            return value.toString();
        }
        return dateTime(value);
    }

    private static Object number(Number number) throws SQLException {
        if (number instanceof Byte || number instanceof Short) {
            return number.intValue();
        }
        if (number instanceof Float) {
            return number.doubleValue();
        }
        if (number instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        throw unsupported(number);
    }

    /** Timestamps have no zone here: an instant becomes the local time of this JVM's zone. */
    private static Object dateTime(Object value) throws SQLException {
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof java.util.Date date && !(value instanceof java.sql.Time)) {
            return local(date.toInstant(), ZoneId.systemDefault());
        }
        if (value instanceof Instant instant) {
            return local(instant, ZoneId.systemDefault());
        }
        if (value instanceof OffsetDateTime time) {
            return local(time.toInstant(), ZoneId.systemDefault());
        }
        if (value instanceof ZonedDateTime time) {
            return local(time.toInstant(), ZoneId.systemDefault());
        }
        throw unsupported(value);
    }

    private static LocalDateTime local(Instant instant, ZoneId zone) {
        return LocalDateTime.ofInstant(instant, zone);
    }

    static LocalDateTime dateTime(Timestamp value, Calendar calendar) {
        return value == null || calendar == null
                ? value == null ? null : value.toLocalDateTime()
                : local(value.toInstant(), calendar.getTimeZone().toZoneId());
    }

    static LocalDate date(java.sql.Date value, Calendar calendar) {
        return value == null || calendar == null
                ? value == null ? null : value.toLocalDate()
                : local(Instant.ofEpochMilli(value.getTime()), calendar.getTimeZone().toZoneId())
                        .toLocalDate();
    }

    /**
     * {@code value} as the JDBC type that the caller names, where that says more than its class.
     */
    static Object bound(Object value, int jdbcType) throws SQLException {
        Object bound = bound(value);
        if (bound == null) {
            return null;
        }
        try {
            return switch (jdbcType) {
                case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.NCHAR ->
                        bound instanceof byte[] ? bound : bound.toString();
                case Types.DECIMAL, Types.NUMERIC -> new BigDecimal(bound.toString());
                case Types.DOUBLE, Types.FLOAT, Types.REAL -> Double.valueOf(bound.toString());
                case Types.BIGINT -> new BigDecimal(bound.toString()).longValueExact();
                case Types.INTEGER, Types.SMALLINT, Types.TINYINT ->
                        new BigDecimal(bound.toString()).intValueExact();
                case Types.DATE -> bound instanceof LocalDateTime time ? time.toLocalDate() : bound;
                default -> bound;
            };
        } catch (ArithmeticException | NumberFormatException e) {
            throw Failures.badValue(value, "JDBC type " + jdbcType);
        }
    }

    private static SQLException unsupported(Object value) {
        return Failures.unsupported("parameters of class " + value.getClass().getName());
    }
}
