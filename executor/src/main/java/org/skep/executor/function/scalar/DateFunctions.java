package org.skep.executor.function.scalar;

import org.skep.executor.value.Calendar;

/** Parts of dates and timestamps, and days and months added to them. */
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
            example = "year(TIMESTAMP '2024-01-15 10:00:00') = 2024")
    public static int year(long time) {
        return Calendar.year(Calendar.daysOf(time));
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
            example = "month(TIMESTAMP '2024-03-15 10:00:00') = 3")
    public static int month(long time) {
        return month(Calendar.daysOf(time));
    }

    @SqlFunction(
            value = {"day", "dayofmonth"},
            signature = "(date) int",
            doc = "the day of the month",
            example = "day(DATE '2024-03-15') = 15")
    public static int day(int date) {
        return Calendar.dayOf(Calendar.civil(date));
    }

    @SqlFunction(
            value = {"day", "dayofmonth"},
            signature = "(timestamp) int",
            doc = "the day of the month",
            example = "day(TIMESTAMP '2024-03-15 10:00:00') = 15")
    public static int day(long time) {
        return day(Calendar.daysOf(time));
    }
}
