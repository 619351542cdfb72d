package org.skep.executor.function.scalar;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.skep.executor.value.Calendar;
import org.skep.model.data.Utf8;

/** Dates and timestamps from and to text and seconds. */
public final class DateTextFunctions {
    private static final Utf8 DEFAULT = Utf8.of("yyyy-MM-dd HH:mm:ss");

    private DateTextFunctions() {}

    private static LocalDateTime local(long micros) {
        long seconds = Math.floorDiv(micros, Calendar.MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, Calendar.MICROS_PER_SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    }

    @SqlFunction(
            value = "date_format",
            signature = "(timestamp, string) string",
            doc = "in a pattern of Java's DateTimeFormatter",
            example =
                    "date_format(TIMESTAMP '2024-01-15 10:30:00', 'dd.MM.yyyy HH:mm') = '15.01.2024 10:30'")
    public static String dateFormat(long time, String pattern) {
        return DatePatterns.java(pattern).format(local(time));
    }

    @SqlFunction(
            value = "to_char",
            signature = "(timestamp, string) string",
            doc = "in a pattern of PostgreSQL's to_char",
            example =
                    "to_char(TIMESTAMP '2024-01-15 10:30:00', 'YYYY/MM/DD HH24:MI') = '2024/01/15 10:30'")
    public static String toChar(long time, String pattern) {
        return DatePatterns.postgres(pattern).format(local(time));
    }

    @SqlFunction(
            value = "strftime",
            signature = "(timestamp, string) string",
            doc = "in a pattern of C's strftime",
            example = "strftime(TIMESTAMP '2024-01-15 10:30:00', '%d %b %Y') = '15 Jan 2024'")
    public static String strftime(long time, String pattern) {
        return DatePatterns.strftime(pattern).format(local(time));
    }

    @SqlFunction(
            value = {"to_date", "date"},
            signature = "(date) date",
            doc = "as a date",
            example = "to_date('2024-01-15') = DATE '2024-01-15'")
    public static int toDate(int date) {
        return date;
    }

    @SqlFunction(
            value = {"to_date", "date"},
            signature = "(timestamp) date",
            doc = "the date of a timestamp",
            example = "to_date(TIMESTAMP '2024-01-15 10:30:00') = DATE '2024-01-15'")
    public static int toDate(long time) {
        return Calendar.daysOf(time);
    }

    @SqlFunction(
            value = "to_date",
            signature = "(string, string) date",
            doc = "read by a pattern of Java's DateTimeFormatter (or PostgreSQL's)",
            example = "to_date('15.01.2024', 'dd.MM.yyyy') = DATE '2024-01-15'")
    public static int toDate(String text, String pattern) {
        return Calendar.daysOf(parse(text, DatePatterns.guess(pattern)));
    }

    @SqlFunction(
            value = {"to_timestamp", "timestamp"},
            signature = "(timestamp) timestamp",
            doc = "as a timestamp",
            example = "to_timestamp('2024-01-15 10:30:00') = TIMESTAMP '2024-01-15 10:30:00'")
    public static long toTimestamp(long time) {
        return time;
    }

    @SqlFunction(
            value = "to_timestamp",
            signature = "(string, string) timestamp",
            doc = "read by a pattern of Java's DateTimeFormatter (or PostgreSQL's)",
            example =
                    "to_timestamp('15.01.2024 10:30', 'dd.MM.yyyy HH:mm') = TIMESTAMP '2024-01-15 10:30:00'")
    public static long toTimestamp(String text, String pattern) {
        return parse(text, DatePatterns.guess(pattern));
    }

    @SqlFunction(
            value = "strptime",
            signature = "(string, string) timestamp",
            doc = "read by a pattern of C's strptime",
            example = "strptime('15 Jan 2024', '%d %b %Y') = TIMESTAMP '2024-01-15 00:00:00'")
    public static long strptime(String text, String pattern) {
        return parse(text, DatePatterns.strftime(pattern));
    }

    /** Missing parts are those of 1970-01-01 00:00:00. */
    private static long parse(String text, DateTimeFormatter formatter) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            var date = parsed.query(TemporalQueries.localDate());
            long days;
            if (date != null) {
                days = date.toEpochDay();
            } else {
                int year =
                        part(parsed, ChronoField.YEAR, part(parsed, ChronoField.YEAR_OF_ERA, 1970));
                days =
                        Calendar.days(
                                year,
                                part(parsed, ChronoField.MONTH_OF_YEAR, 1),
                                part(parsed, ChronoField.DAY_OF_MONTH, 1));
            }
            var time = parsed.query(TemporalQueries.localTime());
            return days * Calendar.MICROS_PER_DAY
                    + (time == null
                            ? part(parsed, ChronoField.HOUR_OF_DAY, 0) * Calendar.MICROS_PER_HOUR
                            : time.toNanoOfDay() / 1000);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' does not have that form: %s".formatted(text, e.getMessage()), e);
        }
    }

    private static int part(TemporalAccessor parsed, ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }

    @SqlFunction(
            value = "from_unixtime",
            signature = "(bigint) string",
            doc = "seconds since 1970 as text",
            example = "from_unixtime(1705314600) = '2024-01-15 10:30:00'")
    public static String fromUnixtime(long seconds) {
        return fromUnixtime(seconds, DEFAULT.toString());
    }

    @SqlFunction(
            value = "from_unixtime",
            signature = "(bigint, string) string",
            doc = "seconds since 1970 in a pattern",
            example = "from_unixtime(1705314600, 'yyyy') = '2024'")
    public static String fromUnixtime(long seconds, String pattern) {
        return dateFormat(Math.multiplyExact(seconds, Calendar.MICROS_PER_SECOND), pattern);
    }

    @SqlFunction(
            value = {"timestamp_seconds", "to_timestamp"},
            signature = "(double) timestamp",
            doc = "seconds since 1970 as a timestamp",
            example = "timestamp_seconds(1705314600) = TIMESTAMP '2024-01-15 10:30:00'")
    public static long timestampSeconds(double seconds) {
        return Math.round(seconds * 1e6);
    }

    @SqlFunction(
            value = {"timestamp_millis", "epoch_ms"},
            signature = "(bigint) timestamp",
            doc = "milliseconds since 1970 as a timestamp",
            example = "timestamp_millis(1705314600000) = TIMESTAMP '2024-01-15 10:30:00'")
    public static long timestampMillis(long millis) {
        return Math.multiplyExact(millis, 1000L);
    }

    @SqlFunction(
            value = {"timestamp_micros", "make_timestamp"},
            signature = "(bigint) timestamp",
            doc = "microseconds since 1970 as a timestamp",
            example = "timestamp_micros(1000000) = TIMESTAMP '1970-01-01 00:00:01'")
    public static long timestampMicros(long micros) {
        return micros;
    }

    @SqlFunction(
            value = {"unix_timestamp", "to_unix_timestamp", "unix_seconds"},
            signature = "(timestamp) bigint",
            doc = "seconds since 1970",
            example = "unix_timestamp(TIMESTAMP '2024-01-15 10:30:00') = BIGINT '1705314600'")
    public static long unixTimestamp(long time) {
        return Math.floorDiv(time, Calendar.MICROS_PER_SECOND);
    }

    @SqlFunction(
            value = {"unix_timestamp", "to_unix_timestamp"},
            signature = "(string, string) bigint",
            doc = "seconds since 1970 of a text in a pattern",
            example = "unix_timestamp('15.01.2024', 'dd.MM.yyyy') = BIGINT '1705276800'")
    public static long unixTimestamp(String text, String pattern) {
        return unixTimestamp(toTimestamp(text, pattern));
    }

    @SqlFunction(
            value = "epoch",
            signature = "(timestamp) double",
            doc = "seconds since 1970 with their fraction",
            example = "epoch(TIMESTAMP '1970-01-01 00:00:01.5') = DOUBLE '1.5'")
    public static double epoch(long time) {
        return time / 1e6;
    }

    @SqlFunction(
            value = "unix_millis",
            signature = "(timestamp) bigint",
            doc = "milliseconds since 1970",
            example = "unix_millis(TIMESTAMP '1970-01-01 00:00:01.5') = BIGINT '1500'")
    public static long unixMillis(long time) {
        return Math.floorDiv(time, 1000L);
    }

    @SqlFunction(
            value = "unix_micros",
            signature = "(timestamp) bigint",
            doc = "microseconds since 1970",
            example = "unix_micros(TIMESTAMP '1970-01-01 00:00:01.5') = BIGINT '1500000'")
    public static long unixMicros(long time) {
        return time;
    }
}
