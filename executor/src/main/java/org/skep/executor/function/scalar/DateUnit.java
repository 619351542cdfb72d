package org.skep.executor.function.scalar;

import java.util.Locale;
import org.skep.executor.value.Calendar;

/** Units of time by their names, as DATE_TRUNC and its like take them. */
enum DateUnit {
    MILLENNIUM(12_000, 0),
    CENTURY(1200, 0),
    DECADE(120, 0),
    YEAR(12, 0),
    QUARTER(3, 0),
    MONTH(1, 0),
    WEEK(0, 7 * Calendar.MICROS_PER_DAY),
    DAY(0, Calendar.MICROS_PER_DAY),
    HOUR(0, Calendar.MICROS_PER_HOUR),
    MINUTE(0, Calendar.MICROS_PER_MINUTE),
    SECOND(0, Calendar.MICROS_PER_SECOND),
    MILLISECOND(0, 1000),
    MICROSECOND(0, 1);

    /** Monday, 1969-12-29. */
    private static final long FIRST_WEEK = -3 * Calendar.MICROS_PER_DAY;

    private final int months;
    private final long micros;

    DateUnit(int months, long micros) {
        this.months = months;
        this.micros = micros;
    }

    static DateUnit of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String one =
                lower.length() > 2 && lower.endsWith("s")
                        ? lower.substring(0, lower.length() - 1)
                        : lower;
        return switch (one) {
            case "millennium", "millennia" -> MILLENNIUM;
            case "century", "centurie" -> CENTURY;
            case "decade" -> DECADE;
            case "year", "yyyy", "yy", "y" -> YEAR;
            case "quarter", "q" -> QUARTER;
            case "month", "mon", "mm" -> MONTH;
            case "week", "w" -> WEEK;
            case "day", "dd", "d" -> DAY;
            case "hour", "h", "hh" -> HOUR;
            case "minute", "min", "mi" -> MINUTE;
            case "second", "sec" -> SECOND;
            case "millisecond", "ms" -> MILLISECOND;
            case "microsecond", "us" -> MICROSECOND;
            default ->
                    throw new IllegalArgumentException(
                            "no unit '%s'; units are year, quarter, month, week, day, hour, minute, second"
                                    .formatted(name));
        };
    }

    /** Which one of its kind the time lies in, counted from some beginning. */
    long index(long time) {
        if (months > 0) {
            long civil = Calendar.civil(Calendar.daysOf(time));
            long total = Calendar.yearOf(civil) * 12L + Calendar.monthOf(civil) - 1;
            return Math.floorDiv(total, months);
        }
        return Math.floorDiv(this == WEEK ? time - FIRST_WEEK : time, micros);
    }

    /** When the unit that the time lies in began. */
    long truncate(long time) {
        if (months > 0) {
            long first = index(time) * months;
            int year = Math.toIntExact(Math.floorDiv(first, 12L));
            int days = Calendar.days(year, (int) Math.floorMod(first, 12L) + 1, 1);
            return days * Calendar.MICROS_PER_DAY;
        }
        return index(time) * micros + (this == WEEK ? FIRST_WEEK : 0);
    }

    /** The time so many units later. */
    long plus(long time, long count) {
        if (months > 0) {
            int total = Math.toIntExact(Math.multiplyExact(count, months));
            int days = Calendar.plusMonths(Calendar.daysOf(time), total);
            return days * Calendar.MICROS_PER_DAY + Calendar.timeOf(time);
        }
        return Math.addExact(time, Math.multiplyExact(count, micros));
    }

    boolean isShorterThanDay() {
        return months == 0 && micros < Calendar.MICROS_PER_DAY;
    }
}
