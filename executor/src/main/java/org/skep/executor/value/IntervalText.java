package org.skep.executor.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.model.type.Type;

/**
 * Reads intervals: {@code 1 year 2 months}, {@code 1-2}, {@code 3 days 04:05:06.5}, {@code 90 s}.
 */
public final class IntervalText {
    private static final Pattern YEARS_MONTHS = Pattern.compile("([+-]?)(\\d{1,9})-(\\d{1,2})");
    private static final Pattern PART =
            Pattern.compile("\\s*([+-]?\\d{1,18}(?:\\.\\d{1,9})?)\\s*([a-z]+)");
    private static final Pattern CLOCK =
            Pattern.compile(
                    "\\s*(?:([+-]?\\d{1,9})\\s+)?([+-]?)(\\d{1,9}):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d{1,9})?))?\\s*");

    private IntervalText() {}

    /**
     * Months as an Integer or microseconds as a Long, as the type says; null when it is neither.
     */
    public static Object read(String text, Type type) {
        boolean months = type.kind() == Type.Kind.INTERVAL_MONTH;
        try {
            Long total = months ? months(text.strip()) : micros(text.strip());
            return total == null ? null : months ? (Object) Math.toIntExact(total) : total;
        } catch (ArithmeticException tooLong) {
            return null;
        }
    }

    private static Long months(String text) {
        Matcher short_ = YEARS_MONTHS.matcher(text);
        if (short_.matches()) {
            long total = Long.parseLong(short_.group(2)) * 12 + Long.parseLong(short_.group(3));
            return short_.group(1).equals("-") ? -total : total;
        }
        return parts(text, true);
    }

    private static Long micros(String text) {
        Matcher clock = CLOCK.matcher(text);
        int comma = text.indexOf("day");
        if (comma > 0 && text.indexOf(':') > comma) {
            int clockAt = text.indexOf(' ', comma);
            Long days = clockAt < 0 ? null : parts(text.substring(0, clockAt), false);
            Long rest = clockAt < 0 ? null : micros(text.substring(clockAt).strip());
            return days == null || rest == null ? null : Math.addExact(days, rest);
        }
        if (!clock.matches()) {
            return parts(text, false);
        }
        BigDecimal seconds =
                clock.group(5) == null ? BigDecimal.ZERO : new BigDecimal(clock.group(5));
        long total =
                Long.parseLong(clock.group(3)) * Calendar.MICROS_PER_HOUR
                        + Long.parseLong(clock.group(4)) * Calendar.MICROS_PER_MINUTE
                        + seconds.movePointRight(6).longValue();
        total = clock.group(2).equals("-") ? -total : total;
        if (clock.group(1) == null) {
            return total;
        }
        boolean minus = clock.group(1).startsWith("-");
        long days = Math.multiplyExact(Long.parseLong(clock.group(1)), Calendar.MICROS_PER_DAY);
        return minus ? days - total : days + total;
    }

    private static Long parts(String text, boolean months) {
        Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT));
        BigDecimal total = BigDecimal.ZERO;
        int at = 0;
        while (at < text.length()) {
            long unit = 0;
            if (part.find(at) && part.start() == at) {
                unit = months ? monthsIn(part.group(2)) : microsIn(part.group(2));
            }
            if (unit == 0) {
                return null;
            }
            total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            at = part.end();
        }
        return at == 0 ? null : total.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static long monthsIn(String unit) {
        return switch (unit) {
            case "y", "year", "years", "yr", "yrs" -> 12;
            case "month", "months", "mon", "mons" -> 1;
            case "quarter", "quarters" -> 3;
            default -> 0;
        };
    }

    private static long microsIn(String unit) {
        return switch (unit) {
            case "w", "week", "weeks" -> 7 * Calendar.MICROS_PER_DAY;
            case "d", "day", "days" -> Calendar.MICROS_PER_DAY;
            case "h", "hour", "hours", "hr", "hrs" -> Calendar.MICROS_PER_HOUR;
            case "m", "min", "mins", "minute", "minutes" -> Calendar.MICROS_PER_MINUTE;
            case "s", "sec", "secs", "second", "seconds" -> Calendar.MICROS_PER_SECOND;
            case "ms", "millisecond", "milliseconds" -> 1000;
            case "us", "microsecond", "microseconds" -> 1;
            default -> 0;
        };
    }
}
