package org.skep.executor.function.scalar;

import org.skep.executor.value.Calendar;

/** What the planner makes of {@code +}, {@code -} and {@code *} on dates, times and intervals. */
public final class IntervalFunctions {
    private IntervalFunctions() {}

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
            signature = "(date, bigint) date",
            doc = "so many days later",
            example = "plus(DATE '2024-02-28', 2) = DATE '2024-03-01'")
    public static int datePlusDays(int date, long days) {
        return Math.toIntExact(Math.addExact(date, days));
    }

    @SqlFunction(
            value = "plus",
            signature = "(int, date) date",
            doc = "so many days later",
            example = "plus(2, DATE '2024-02-28') = DATE '2024-03-01'")
    public static int plusDate(int days, int date) {
        return Math.addExact(date, days);
    }

    @SqlFunction(
            value = "minus",
            signature = "(date, bigint) date",
            doc = "so many days before",
            example = "minus(DATE '2024-03-01', 2) = DATE '2024-02-28'")
    public static int dateMinusDays(int date, long days) {
        return Math.toIntExact(Math.subtractExact(date, days));
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
}
