package org.skep.executor.function.scalar;

import org.skep.executor.value.Calendar;

/** Parts of dates and timestamps. */
public final class DateFunctions {
    private DateFunctions() {}

    @SqlFunction(
            value = "year",
            signature = "(date) int",
            doc = "the year",
            example = "year(DATE '2024-01-15') = 2024")
    public static int year(int date) {
        return Calendar.year(date);
    }

    @SqlFunction(
            value = "year",
            signature = "(timestamp) int",
            doc = "the year",
            example = "year(TIMESTAMP '2024-01-15 10:30:00') = 2024")
    public static int year(long time) {
        return year(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = "quarter",
            signature = "(date) int",
            doc = "the quarter, 1 to 4",
            example = "quarter(DATE '2024-05-15') = 2")
    public static int quarter(int date) {
        return (month(date) + 2) / 3;
    }

    @SqlFunction(
            value = "quarter",
            signature = "(timestamp) int",
            doc = "the quarter, 1 to 4",
            example = "quarter(TIMESTAMP '2024-05-15 10:30:00') = 2")
    public static int quarter(long time) {
        return quarter(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = "month",
            signature = "(date) int",
            doc = "the month, 1 to 12",
            example = "month(DATE '2024-03-15') = 3")
    public static int month(int date) {
        return Calendar.monthOf(Calendar.civil(date));
    }

    @SqlFunction(
            value = "month",
            signature = "(timestamp) int",
            doc = "the month, 1 to 12",
            example = "month(TIMESTAMP '2024-03-15 10:30:00') = 3")
    public static int month(long time) {
        return month(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = {"week", "weekofyear", "week_of_year"},
            signature = "(date) int",
            doc = "the week of ISO 8601",
            example = "week(DATE '2024-12-30') = 1")
    public static int week(int date) {
        return Calendar.isoWeek(date);
    }

    @SqlFunction(
            value = {"week", "weekofyear", "week_of_year"},
            signature = "(timestamp) int",
            doc = "the week of ISO 8601",
            example = "week(TIMESTAMP '2024-12-30 10:30:00') = 1")
    public static int week(long time) {
        return week(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = {"yearofweek", "isoyear"},
            signature = "(date) int",
            doc = "the year that the week of ISO 8601 belongs to",
            example = "isoyear(DATE '2024-12-30') = 2025")
    public static int yearofweek(int date) {
        return Calendar.isoYear(date);
    }

    @SqlFunction(
            value = {"yearofweek", "isoyear"},
            signature = "(timestamp) int",
            doc = "the year that the week of ISO 8601 belongs to",
            example = "isoyear(TIMESTAMP '2024-12-30 10:30:00') = 2025")
    public static int yearofweek(long time) {
        return yearofweek(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = {"day", "dayofmonth", "day_of_month"},
            signature = "(date) int",
            doc = "the day of the month",
            example = "day(DATE '2024-03-15') = 15")
    public static int day(int date) {
        return Calendar.dayOf(Calendar.civil(date));
    }

    @SqlFunction(
            value = {"day", "dayofmonth", "day_of_month"},
            signature = "(timestamp) int",
            doc = "the day of the month",
            example = "day(TIMESTAMP '2024-03-15 10:30:00') = 15")
    public static int day(long time) {
        return day(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = {"dayofweek", "day_of_week", "dow"},
            signature = "(date) int",
            doc = "1 for Sunday to 7 for Saturday",
            example = "dayofweek(DATE '2024-01-15') = 2")
    public static int dayofweek(int date) {
        return Calendar.isoDayOfWeek(date) % 7 + 1;
    }

    @SqlFunction(
            value = {"dayofweek", "day_of_week", "dow"},
            signature = "(timestamp) int",
            doc = "1 for Sunday to 7 for Saturday",
            example = "dayofweek(TIMESTAMP '2024-01-15 10:30:00') = 2")
    public static int dayofweek(long time) {
        return dayofweek(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = {"isodow", "dayofweek_iso"},
            signature = "(date) int",
            doc = "1 for Monday to 7 for Sunday",
            example = "isodow(DATE '2024-01-15') = 1")
    public static int isodow(int date) {
        return Calendar.isoDayOfWeek(date);
    }

    @SqlFunction(
            value = {"isodow", "dayofweek_iso"},
            signature = "(timestamp) int",
            doc = "1 for Monday to 7 for Sunday",
            example = "isodow(TIMESTAMP '2024-01-15 10:30:00') = 1")
    public static int isodow(long time) {
        return isodow(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = "weekday",
            signature = "(date) int",
            doc = "0 for Monday to 6 for Sunday",
            example = "weekday(DATE '2024-01-15') = 0")
    public static int weekday(int date) {
        return Calendar.isoDayOfWeek(date) - 1;
    }

    @SqlFunction(
            value = "weekday",
            signature = "(timestamp) int",
            doc = "0 for Monday to 6 for Sunday",
            example = "weekday(TIMESTAMP '2024-01-15 10:30:00') = 0")
    public static int weekday(long time) {
        return weekday(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = {"dayofyear", "day_of_year", "doy"},
            signature = "(date) int",
            doc = "the day of the year, from 1",
            example = "dayofyear(DATE '2024-02-01') = 32")
    public static int dayofyear(int date) {
        return Calendar.dayOfYear(date);
    }

    @SqlFunction(
            value = {"dayofyear", "day_of_year", "doy"},
            signature = "(timestamp) int",
            doc = "the day of the year, from 1",
            example = "dayofyear(TIMESTAMP '2024-02-01 10:30:00') = 32")
    public static int dayofyear(long time) {
        return dayofyear(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = "hour",
            signature = "(timestamp) int",
            doc = "the hour, 0 to 23",
            example = "hour(TIMESTAMP '2024-01-15 10:30:05.123456') = 10")
    public static int hour(long time) {
        return (int) (Calendar.timeOf(time) / Calendar.MICROS_PER_HOUR);
    }

    @SqlFunction(
            value = "minute",
            signature = "(timestamp) int",
            doc = "the minute",
            example = "minute(TIMESTAMP '2024-01-15 10:30:05.123456') = 30")
    public static int minute(long time) {
        return (int) (Calendar.timeOf(time) / Calendar.MICROS_PER_MINUTE % 60);
    }

    @SqlFunction(
            value = "second",
            signature = "(timestamp) int",
            doc = "the second",
            example = "second(TIMESTAMP '2024-01-15 10:30:05.123456') = 5")
    public static int second(long time) {
        return (int) (Calendar.timeOf(time) / Calendar.MICROS_PER_SECOND % 60);
    }

    @SqlFunction(
            value = {"millisecond", "milliseconds"},
            signature = "(timestamp) int",
            doc = "seconds and fraction, in milliseconds",
            example = "millisecond(TIMESTAMP '2024-01-15 10:30:05.123456') = 5123")
    public static int millisecond(long time) {
        return (int) (Calendar.timeOf(time) % Calendar.MICROS_PER_MINUTE / 1000);
    }

    @SqlFunction(
            value = {"microsecond", "microseconds"},
            signature = "(timestamp) int",
            doc = "seconds and fraction, in microseconds",
            example = "microsecond(TIMESTAMP '2024-01-15 10:30:05.123456') = 5123456")
    public static int microsecond(long time) {
        return (int) (Calendar.timeOf(time) % Calendar.MICROS_PER_MINUTE);
    }

    @SqlFunction(
            value = "dayname",
            signature = "(date) string",
            doc = "the day's English name",
            example = "dayname(DATE '2024-01-15') = 'Monday'")
    public static String dayname(int date) {
        return java.time.DayOfWeek.of(Calendar.isoDayOfWeek(date))
                .getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ENGLISH);
    }

    @SqlFunction(
            value = "monthname",
            signature = "(date) string",
            doc = "the month's English name",
            example = "monthname(DATE '2024-01-15') = 'January'")
    public static String monthname(int date) {
        return java.time.Month.of(month(date))
                .getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ENGLISH);
    }
}
