package org.skep.executor.function.scalar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.skep.executor.value.Calendar;
import org.skep.model.data.Utf8;

/** Dates and timestamps with days, months and intervals added; differences; truncation. */
public final class DateArithmeticFunctions {
    private DateArithmeticFunctions() {}

    @SqlFunction(
            value = {"date_add", "adddate"},
            signature = "(date, int) date",
            doc = "so many days later",
            example = "date_add(DATE '2024-02-28', 2) = DATE '2024-03-01'")
    public static int dateAdd(int date, int days) {
        return Math.addExact(date, days);
    }

    @SqlFunction(
            value = {"date_sub", "subdate"},
            signature = "(date, int) date",
            doc = "so many days before",
            example = "date_sub(DATE '2024-03-01', 1) = DATE '2024-02-29'")
    public static int dateSub(int date, int days) {
        return Math.subtractExact(date, days);
    }

    @SqlFunction(
            value = {"date_add", "dateadd", "timestampadd"},
            signature = "(string, bigint, timestamp) timestamp",
            doc = "so many units later",
            example =
                    "date_add('hour', 2, TIMESTAMP '2024-01-15 23:00:00') = TIMESTAMP '2024-01-16 01:00:00'")
    public static long dateAdd(String unit, long count, long time) {
        return DateUnit.of(unit).plus(time, count);
    }

    @SqlFunction(
            value = "datediff",
            signature = "(date, date) int",
            doc = "days from the second to the first",
            example = "datediff(DATE '2024-03-01', DATE '2024-02-28') = 2")
    public static int datediff(int end, int start) {
        return Math.subtractExact(end, start);
    }

    @SqlFunction(
            value = {"date_diff", "datediff", "timestampdiff"},
            signature = "(string, timestamp, timestamp) bigint",
            doc = "boundaries of a unit between the first and the second",
            example = "date_diff('month', DATE '2024-01-31', DATE '2024-02-01') = BIGINT '1'")
    public static long dateDiff(String unit, long start, long end) {
        DateUnit of = DateUnit.of(unit);
        return of.index(end) - of.index(start);
    }

    @SqlFunction(
            value = "add_months",
            signature = "(date, int) date",
            doc = "so many months later, at most the last day of the month",
            example = "add_months(DATE '2024-01-31', 1) = DATE '2024-02-29'")
    public static int addMonths(int date, int months) {
        return Calendar.plusMonths(date, months);
    }

    @SqlFunction(
            value = "months_between",
            signature = "(timestamp, timestamp) double",
            doc = "months from the second to the first; a part of a month in 31sts",
            example = "months_between(DATE '2024-03-31', DATE '2024-02-29') = DOUBLE '1'")
    public static double monthsBetween(long end, long start) {
        long a = Calendar.civil(Calendar.daysOf(end));
        long b = Calendar.civil(Calendar.daysOf(start));
        int months =
                (Calendar.yearOf(a) - Calendar.yearOf(b)) * 12
                        + Calendar.monthOf(a)
                        - Calendar.monthOf(b);
        if (Calendar.dayOf(a) == Calendar.dayOf(b) || isLastDay(a) && isLastDay(b)) {
            return months;
        }
        double days =
                Calendar.dayOf(a)
                        - Calendar.dayOf(b)
                        + (Calendar.timeOf(end) - Calendar.timeOf(start))
                                / (double) Calendar.MICROS_PER_DAY;
        return BigDecimal.valueOf(months + days / 31)
                .setScale(8, RoundingMode.HALF_UP)
                .doubleValue();
    }

    private static boolean isLastDay(long civil) {
        return Calendar.dayOf(civil)
                == Calendar.daysInMonth(Calendar.yearOf(civil), Calendar.monthOf(civil));
    }

    @SqlFunction(
            value = "last_day",
            signature = "(date) date",
            doc = "the last day of the month",
            example = "last_day(DATE '2024-02-10') = DATE '2024-02-29'")
    public static int lastDay(int date) {
        long civil = Calendar.civil(date);
        return date
                - Calendar.dayOf(civil)
                + Calendar.daysInMonth(Calendar.yearOf(civil), Calendar.monthOf(civil));
    }

    @SqlFunction(
            value = "next_day",
            signature = "(date, string) date",
            doc = "the first such day of the week after the date",
            example = "next_day(DATE '2024-01-15', 'Monday') = DATE '2024-01-22'")
    public static int nextDay(int date, String day) {
        String two = day.strip().toLowerCase(Locale.ROOT);
        int wanted = two.length() < 2 ? -1 : "mo tu we th fr sa su".indexOf(two.substring(0, 2));
        if (wanted < 0 || wanted % 3 != 0) {
            throw new IllegalArgumentException("no day of the week '" + day + "'");
        }
        return date + 1 + Math.floorMod(wanted / 3 + 1 - Calendar.isoDayOfWeek(date) - 1, 7);
    }

    @SqlFunction(
            value = "date_trunc",
            signature = "(string, timestamp) timestamp",
            doc = "when the unit began",
            example =
                    "date_trunc('hour', TIMESTAMP '2024-01-15 10:30:00') = TIMESTAMP '2024-01-15 10:00:00'")
    public static long dateTrunc(String unit, long time) {
        return DateUnit.of(unit).truncate(time);
    }

    @SqlFunction(
            value = "date_trunc",
            signature = "(string, date) date",
            doc = "the day on which the unit began",
            example = "date_trunc('month', DATE '2024-02-10') = DATE '2024-02-01'")
    public static int dateTrunc(String unit, int date) {
        DateUnit of = DateUnit.of(unit);
        return of.isShorterThanDay()
                ? date
                : Calendar.daysOf(of.truncate(date * Calendar.MICROS_PER_DAY));
    }

    @SqlFunction(
            value = "trunc",
            signature = "(date, string) date",
            doc = "the day on which the unit began",
            example = "trunc(DATE '2024-02-10', 'YY') = DATE '2024-01-01'")
    public static int trunc(int date, String unit) {
        return dateTrunc(unit, date);
    }

    @SqlFunction(
            value = {"date_part", "datepart"},
            signature = "(string, timestamp) bigint",
            doc = "a part by its name: year, month, dow, epoch …",
            example = "date_part('dow', DATE '2024-01-15') = BIGINT '1'")
    public static long datePart(String part, long time) {
        int date = Calendar.daysOf(time);
        return switch (part.toLowerCase(Locale.ROOT)) {
            case "year", "years", "y" -> DateFunctions.year(date);
            case "quarter", "quarters" -> DateFunctions.quarter(date);
            case "month", "months", "mon" -> DateFunctions.month(date);
            case "week", "weeks", "weekofyear" -> Calendar.isoWeek(date);
            case "isoyear" -> Calendar.isoYear(date);
            case "day", "days", "d", "dayofmonth" -> DateFunctions.day(date);
            case "dow", "dayofweek", "weekday" -> Calendar.isoDayOfWeek(date) % 7;
            case "isodow" -> Calendar.isoDayOfWeek(date);
            case "doy", "dayofyear" -> Calendar.dayOfYear(date);
            case "hour", "hours" -> DateFunctions.hour(time);
            case "minute", "minutes" -> DateFunctions.minute(time);
            case "second", "seconds" -> DateFunctions.second(time);
            case "millisecond", "milliseconds" -> DateFunctions.millisecond(time);
            case "microsecond", "microseconds" -> DateFunctions.microsecond(time);
            case "epoch" -> Math.floorDiv(time, Calendar.MICROS_PER_SECOND);
            case "decade" -> Math.floorDiv(DateFunctions.year(date), 10);
            case "century" -> Math.floorDiv(DateFunctions.year(date) + 99, 100);
            default ->
                    throw new IllegalArgumentException(
                            "no part '" + part + "' of a date; parts are year, month, day, hour …");
        };
    }

    @SqlFunction(
            value = "plus",
            signature = "(date, interval_month) date",
            doc = "later; at most the last day of the month",
            example = "plus(DATE '2024-01-31', INTERVAL MONTH '1 month') = DATE '2024-02-29'")
    public static int plusMonths(int date, int months) {
        return Calendar.plusMonths(date, months);
    }

    @SqlFunction(
            value = "plus",
            signature = "(timestamp, interval_month) timestamp",
            doc = "later; at most the last day of the month",
            example =
                    "plus(TIMESTAMP '2024-01-31 10:00:00', INTERVAL MONTH '1 month') = TIMESTAMP '2024-02-29 10:00:00'")
    public static long plusMonths(long time, int months) {
        return DateUnit.MONTH.plus(time, months);
    }

    @SqlFunction(
            value = "plus",
            signature = "(date, interval_day) date",
            doc = "later by whole days",
            example = "plus(DATE '2024-02-28', INTERVAL DAY '2 days') = DATE '2024-03-01'")
    public static int plusDays(int date, long micros) {
        if (micros % Calendar.MICROS_PER_DAY != 0) {
            throw new IllegalArgumentException(
                    "a date has no time of day to add hours to; cast it to TIMESTAMP");
        }
        return Math.addExact(date, Math.toIntExact(micros / Calendar.MICROS_PER_DAY));
    }

    @SqlFunction(
            value = "plus",
            signature = "(timestamp, interval_day) timestamp",
            doc = "later",
            example =
                    "plus(TIMESTAMP '2024-01-31 23:00:00', INTERVAL DAY '2 hours') = TIMESTAMP '2024-02-01 01:00:00'")
    public static long plusTime(long time, long micros) {
        return Math.addExact(time, micros);
    }

    @SqlFunction(
            value = "plus",
            signature = "(interval_month, date) date",
            doc = "later",
            example = "plus(INTERVAL YEAR '1 year', DATE '2024-02-29') = DATE '2025-02-28'")
    public static int monthsPlus(int months, int date) {
        return plusMonths(date, months);
    }

    @SqlFunction(
            value = "plus",
            signature = "(interval_month, timestamp) timestamp",
            doc = "later",
            example =
                    "plus(INTERVAL YEAR '1 year', TIMESTAMP '2024-02-29 01:00:00') = TIMESTAMP '2025-02-28 01:00:00'")
    public static long monthsPlus(int months, long time) {
        return plusMonths(time, months);
    }

    @SqlFunction(
            value = "plus",
            signature = "(interval_day, date) date",
            doc = "later",
            example = "plus(INTERVAL DAY '1 day', DATE '2024-02-29') = DATE '2024-03-01'")
    public static int daysPlus(long micros, int date) {
        return plusDays(date, micros);
    }

    @SqlFunction(
            value = "plus",
            signature = "(interval_day, timestamp) timestamp",
            doc = "later",
            example =
                    "plus(INTERVAL DAY '1 hour', TIMESTAMP '2024-02-29 01:00:00') = TIMESTAMP '2024-02-29 02:00:00'")
    public static long timePlus(long micros, long time) {
        return Math.addExact(time, micros);
    }

    @SqlFunction(
            value = "plus",
            signature = "(interval_month, interval_month) interval_month",
            doc = "together",
            example =
                    "plus(INTERVAL YEAR '1 year', INTERVAL MONTH '2 months') = INTERVAL MONTH '14 months'")
    public static int monthsPlusMonths(int a, int b) {
        return Math.addExact(a, b);
    }

    @SqlFunction(
            value = "plus",
            signature = "(interval_day, interval_day) interval_day",
            doc = "together",
            example =
                    "plus(INTERVAL DAY '1 day', INTERVAL DAY '12 hours') = INTERVAL DAY '36 hours'")
    public static long timePlusTime(long a, long b) {
        return Math.addExact(a, b);
    }

    @SqlFunction(
            value = "plus",
            signature = "(date, int) date",
            doc = "so many days later",
            example = "plus(DATE '2024-02-28', 2) = DATE '2024-03-01'")
    public static int datePlusDays(int date, int days) {
        return Math.addExact(date, days);
    }

    @SqlFunction(
            value = "minus",
            signature = "(date, int) date",
            doc = "so many days before",
            example = "minus(DATE '2024-03-01', 2) = DATE '2024-02-28'")
    public static int dateMinusDays(int date, int days) {
        return Math.subtractExact(date, days);
    }

    @SqlFunction(
            value = "minus",
            signature = "(date, date) int",
            doc = "days from the second to the first",
            example = "minus(DATE '2024-03-01', DATE '2024-02-28') = 2")
    public static int dateMinusDate(int end, int start) {
        return Math.subtractExact(end, start);
    }

    @SqlFunction(
            value = "minus",
            signature = "(timestamp, timestamp) interval_day",
            doc = "the time from the second to the first",
            example =
                    "minus(TIMESTAMP '2024-01-02 00:00:00', TIMESTAMP '2024-01-01 12:00:00') = INTERVAL DAY '12 hours'")
    public static long timeMinusTime(long end, long start) {
        return Math.subtractExact(end, start);
    }

    @SqlFunction(
            value = "minus",
            signature = "(date, interval_month) date",
            doc = "before; at most the last day of the month",
            example = "minus(DATE '2024-03-31', INTERVAL MONTH '1 month') = DATE '2024-02-29'")
    public static int minusMonths(int date, int months) {
        return Calendar.plusMonths(date, Math.negateExact(months));
    }

    @SqlFunction(
            value = "minus",
            signature = "(timestamp, interval_month) timestamp",
            doc = "before; at most the last day of the month",
            example =
                    "minus(TIMESTAMP '2024-03-31 10:00:00', INTERVAL MONTH '1 month') = TIMESTAMP '2024-02-29 10:00:00'")
    public static long minusMonths(long time, int months) {
        return DateUnit.MONTH.plus(time, -(long) months);
    }

    @SqlFunction(
            value = "minus",
            signature = "(date, interval_day) date",
            doc = "before by whole days",
            example = "minus(DATE '2024-03-01', INTERVAL DAY '1 day') = DATE '2024-02-29'")
    public static int minusDays(int date, long micros) {
        return plusDays(date, Math.negateExact(micros));
    }

    @SqlFunction(
            value = "minus",
            signature = "(timestamp, interval_day) timestamp",
            doc = "before",
            example =
                    "minus(TIMESTAMP '2024-02-01 01:00:00', INTERVAL DAY '2 hours') = TIMESTAMP '2024-01-31 23:00:00'")
    public static long minusTime(long time, long micros) {
        return Math.subtractExact(time, micros);
    }

    @SqlFunction(
            value = "minus",
            signature = "(interval_month, interval_month) interval_month",
            doc = "the difference",
            example =
                    "minus(INTERVAL YEAR '1 year', INTERVAL MONTH '2 months') = INTERVAL MONTH '10 months'")
    public static int monthsMinusMonths(int a, int b) {
        return Math.subtractExact(a, b);
    }

    @SqlFunction(
            value = "minus",
            signature = "(interval_day, interval_day) interval_day",
            doc = "the difference",
            example =
                    "minus(INTERVAL DAY '1 day', INTERVAL DAY '1 hour') = INTERVAL DAY '23 hours'")
    public static long intervalMinusInterval(long a, long b) {
        return Math.subtractExact(a, b);
    }

    @SqlFunction(
            value = "times",
            signature = "(interval_month, bigint) interval_month",
            doc = "so many times",
            example = "times(INTERVAL MONTH '2 months', 3) = INTERVAL MONTH '6 months'")
    public static int monthsTimes(int months, long count) {
        return Math.toIntExact(Math.multiplyExact(count, months));
    }

    @SqlFunction(
            value = "times",
            signature = "(bigint, interval_month) interval_month",
            doc = "so many times",
            example = "times(3, INTERVAL MONTH '2 months') = INTERVAL MONTH '6 months'")
    public static int timesMonths(long count, int months) {
        return monthsTimes(months, count);
    }

    @SqlFunction(
            value = "times",
            signature = "(interval_day, bigint) interval_day",
            doc = "so many times",
            example = "times(INTERVAL DAY '1 day', 3) = INTERVAL DAY '3 days'")
    public static long timeTimes(long micros, long count) {
        return Math.multiplyExact(micros, count);
    }

    @SqlFunction(
            value = "times",
            signature = "(bigint, interval_day) interval_day",
            doc = "so many times",
            example = "times(3, INTERVAL DAY '1 day') = INTERVAL DAY '3 days'")
    public static long timesTime(long count, long micros) {
        return Math.multiplyExact(micros, count);
    }

    @SqlFunction(
            value = "times",
            signature = "(interval_day, double) interval_day",
            doc = "so many times",
            example = "times(INTERVAL DAY '1 day', DOUBLE '0.5') = INTERVAL DAY '12 hours'")
    public static long timeTimes(long micros, double count) {
        return Math.round(micros * count);
    }

    @SqlFunction(
            value = "times",
            signature = "(double, interval_day) interval_day",
            doc = "so many times",
            example = "times(DOUBLE '0.5', INTERVAL DAY '1 day') = INTERVAL DAY '12 hours'")
    public static long timesTime(double count, long micros) {
        return Math.round(micros * count);
    }

    @SqlFunction(
            value = "make_date",
            signature = "(int, int, int) date",
            doc = "the date of year, month and day",
            example = "make_date(2024, 2, 29) = DATE '2024-02-29'")
    public static int makeDate(int year, int month, int day) {
        return Math.toIntExact(java.time.LocalDate.of(year, month, day).toEpochDay());
    }

    @SqlFunction(
            value = "make_timestamp",
            signature = "(int, int, int, int, int, double) timestamp",
            doc = "the time of year, month, day, hour, minute and second",
            example =
                    "make_timestamp(2024, 2, 29, 10, 30, 5.5) = TIMESTAMP '2024-02-29 10:30:05.5'")
    public static long makeTimestamp(
            int year, int month, int day, int hour, int minute, double second) {
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 60)) {
            throw new IllegalArgumentException(
                    "no time of day %d:%d:%s".formatted(hour, minute, second));
        }
        return makeDate(year, month, day) * Calendar.MICROS_PER_DAY
                + hour * Calendar.MICROS_PER_HOUR
                + minute * Calendar.MICROS_PER_MINUTE
                + Math.round(second * 1e6);
    }

    @SqlFunction(
            value = {"make_interval_days", "to_days"},
            signature = "(bigint) interval_day",
            doc = "an interval of so many days",
            example = "to_days(2) = INTERVAL DAY '2 days'")
    public static long toDays(long days) {
        return Math.multiplyExact(days, Calendar.MICROS_PER_DAY);
    }

    @SqlFunction(
            value = "interval_of",
            signature = "(string, double) interval_day",
            doc = "an interval of so many units, of a week or shorter",
            example = "interval_of('hour', 36) = INTERVAL DAY '1 day 12:00:00'")
    public static long intervalOf(Utf8 unit, double count) {
        return Math.round(DateUnit.of(unit.toString()).plus(0, 1) * count);
    }
}
