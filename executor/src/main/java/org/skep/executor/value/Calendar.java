package org.skep.executor.value;

/**
 * The proleptic Gregorian calendar in integer arithmetic, after Howard Hinnant's "chrono-compatible
 * low-level date algorithms". Days count from 1970-01-01, microseconds from its midnight.
 */
public final class Calendar {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    private static final int DAYS_PER_ERA = 146_097;
    private static final int EPOCH_SHIFT = 719_468;

    private Calendar() {}

    /**
     * The day of a date whose parts are in range.
     *
     * @throws ArithmeticException when it is too far away for an int
     */
    public static int days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return Math.toIntExact((long) era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT);
    }

    /** Year, month and day packed into one long, see {@link #yearOf} and its neighbours. */
    public static long civil(int days) {
        long z = (long) days + EPOCH_SHIFT;
        long era = Math.floorDiv(z, DAYS_PER_ERA);
        int dayOfEra = (int) (z - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int mp = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * mp + 2) / 5 + 1;
        int month = mp < 10 ? mp + 3 : mp - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | day;
    }

    public static int yearOf(long civil) {
        return (int) (civil >> 16);
    }

    public static int monthOf(long civil) {
        return (int) (civil >> 8) & 0xFF;
    }

    public static int dayOf(long civil) {
        return (int) civil & 0xFF;
    }

    public static int year(int days) {
        return yearOf(civil(days));
    }

    public static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int daysInMonth(int year, int month) {
        return month == 2 ? (isLeap(year) ? 29 : 28) : 30 + (month + (month >> 3) & 1);
    }

    /** The day that many months later; the last of the month when the month is too short. */
    public static int plusMonths(int days, int months) {
        long civil = civil(days);
        long total = yearOf(civil) * 12L + monthOf(civil) - 1 + months;
        int year = Math.toIntExact(Math.floorDiv(total, 12L));
        int month = (int) Math.floorMod(total, 12L) + 1;
        return days(year, month, Math.min(dayOf(civil), daysInMonth(year, month)));
    }

    /** 1 for Monday to 7 for Sunday. */
    public static int isoDayOfWeek(int days) {
        return Math.floorMod(days + 3, 7) + 1;
    }

    /** The week of ISO 8601: weeks begin on Monday, the first one has the year's first Thursday. */
    public static int isoWeek(int days) {
        int thursday = days + 4 - isoDayOfWeek(days);
        int year = year(thursday);
        return (thursday - days(year, 1, 1)) / 7 + 1;
    }

    /** The year that {@link #isoWeek} belongs to. */
    public static int isoYear(int days) {
        return year(days + 4 - isoDayOfWeek(days));
    }

    public static int dayOfYear(int days) {
        return days - days(year(days), 1, 1) + 1;
    }

    /** The day of a timestamp. */
    public static int daysOf(long micros) {
        return (int) Math.floorDiv(micros, MICROS_PER_DAY);
    }

    /** Microseconds since midnight. */
    public static long timeOf(long micros) {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }
}
