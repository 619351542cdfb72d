package org.skep.executor.format.value;

/** Dates and times from bytes, ISO 8601 and SQL's form. {@link #failed} tells of the last call. */
final class DateTimes {
    static final long MICROS_PER_DAY = 86_400_000_000L;

    /** Whether the last text was not what was looked for. */
    boolean failed;

    private int at;

    /** {@code 2026-01-31}, as days since 1970. */
    int date(byte[] data, int start, int length) {
        if (length != 10) {
            failed = true;
            return 0;
        }
        return datePart(data, start);
    }

    private int datePart(byte[] data, int start) {
        int year = two(data, start) * 100 + two(data, start + 2);
        int month = two(data, start + 5);
        int day = two(data, start + 8);
        failed =
                year < 0
                        || month < 1
                        || month > 12
                        || day < 1
                        || data[start + 4] != '-'
                        || data[start + 7] != '-'
                        || two(data, start) < 0
                        || two(data, start + 2) < 0
                        || day > daysIn(year, month);
        return failed ? 0 : days(year, month, day);
    }

    /**
     * A date, then after a blank or T hours and minutes, seconds with up to 9 digits after the
     * point (microseconds are kept), and a zone as Z or offset (turned to UTC), all but the date
     * optional. As microseconds since 1970.
     */
    long timestamp(byte[] data, int start, int length) {
        int end = start + length;
        if (length < 10) {
            failed = true;
            return 0;
        }
        long days = datePart(data, start);
        if (failed || length == 10) {
            return days * MICROS_PER_DAY;
        }
        boolean separated = data[start + 10] == ' ' || data[start + 10] == 'T';
        if (!separated || end - start < 16 || data[start + 13] != ':') {
            failed = true;
            return 0;
        }
        int hour = two(data, start + 11);
        int minute = two(data, start + 14);
        at = start + 16;
        int second = 0;
        long micros = 0;
        if (at + 2 < end && data[at] == ':') {
            second = two(data, at + 1);
            at += 3;
            if (at < end && data[at] == '.') {
                micros = fraction(data, end);
            }
        }
        failed |= hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59;
        long seconds = hour * 3600L + minute * 60L + second;
        if (!failed && at < end) {
            seconds -= zone(data, end);
        }
        return days * MICROS_PER_DAY + seconds * 1_000_000 + micros;
    }

    private long fraction(byte[] data, int end) {
        long micros = 0;
        int digits = 0;
        for (at++; at < end && data[at] >= '0' && data[at] <= '9'; at++) {
            if (digits < 6) {
                micros = micros * 10 + data[at] - '0';
            }
            digits++;
        }
        failed |= digits == 0 || digits > 9;
        return digits < 6 ? micros * Numbers.LONG_POWERS[6 - digits] : micros;
    }

    /** Seconds east of UTC. */
    private long zone(byte[] data, int end) {
        if (data[at] == ' ' && at + 1 < end) {
            at++;
        }
        if (data[at] == 'Z' && at + 1 == end) {
            return 0;
        }
        int sign = data[at] == '+' ? 1 : data[at] == '-' ? -1 : 0;
        int left = end - at - 1;
        if (sign == 0 || left != 2 && left != 4 && (left != 5 || data[at + 3] != ':')) {
            failed = true;
            return 0;
        }
        int hours = two(data, at + 1);
        int minutes = left == 2 ? 0 : two(data, end - 2);
        failed |= hours < 0 || hours > 18 || minutes < 0 || minutes > 59;
        return sign * (hours * 3600L + minutes * 60L);
    }

    private static int two(byte[] data, int start) {
        int high = data[start] - '0';
        int low = data[start + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -10_000 : high * 10 + low;
    }

    static int daysIn(int year, int month) {
        return switch (month) {
            case 4, 6, 9, 11 -> 30;
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            default -> 31;
        };
    }

    /**
     * Days since 1970-01-01 of a Gregorian date from the year 0 on, by counting years from March
     * (after Howard Hinnant, "chrono-compatible low-level date algorithms").
     */
    static int days(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }
}
