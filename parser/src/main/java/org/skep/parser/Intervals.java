package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.STRING;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.parser.grammar.SkepParser.IntervalPartContext;
import org.skep.parser.grammar.SkepParser.IntervalPrimaryContext;

/**
 * Interval literals of all dialects: {@code '30' DAY}, {@code 30 DAYS}, {@code '1 day 2 hours'},
 * {@code 1 DAY 2 HOURS}, {@code '1-2' YEAR TO MONTH}. Whole days stay days, so that a date plus an
 * interval of days is a date; amounts of several units become DAY TO SECOND or months.
 */
final class Intervals {
    private static final Map<String, Unit> UNITS = Unit.byName();
    private static final Pattern AMOUNT =
            Pattern.compile("\\s*([+-]?\\s*\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)\\s*,?");

    /** A unit of time: months of a year-month interval or seconds of a day-time one. */
    private enum Unit {
        YEAR(12, 0, TimeUnit.YEAR, "years", "yr", "yrs", "y"),
        QUARTER(3, 0, TimeUnit.MONTH, "quarters"),
        MONTH(1, 0, TimeUnit.MONTH, "months", "mon", "mons"),
        WEEK(0, 604_800, TimeUnit.DAY, "weeks", "w"),
        DAY(0, 86_400, TimeUnit.DAY, "days", "d"),
        HOUR(0, 3_600, TimeUnit.HOUR, "hours", "hr", "hrs", "h"),
        MINUTE(0, 60, TimeUnit.MINUTE, "minutes", "min", "mins", "m"),
        SECOND(0, 1, TimeUnit.SECOND, "seconds", "sec", "secs", "s"),
        MILLISECOND(0, 0, TimeUnit.SECOND, "milliseconds", "ms"),
        MICROSECOND(0, 0, TimeUnit.SECOND, "microseconds", "us");

        private final int months;
        private final int wholeSeconds;
        private final TimeUnit shown;
        private final ImmutableList<String> names;

        Unit(int months, int wholeSeconds, TimeUnit shown, String... names) {
            this.months = months;
            this.wholeSeconds = wholeSeconds;
            this.shown = shown;
            this.names = ImmutableList.copyOf(names);
        }

        private BigDecimal seconds() {
            return switch (this) {
                case MILLISECOND -> new BigDecimal("0.001");
                case MICROSECOND -> new BigDecimal("0.000001");
                default -> BigDecimal.valueOf(wholeSeconds);
            };
        }

        private static Map<String, Unit> byName() {
            Map<String, Unit> units = new HashMap<>();
            for (Unit unit : values()) {
                units.put(unit.name().toLowerCase(Locale.ROOT), unit);
                unit.names.forEach(name -> units.put(name, unit));
            }
            return units;
        }
    }

    private record Amount(BigDecimal number, Unit unit) {}

    private final SqlParserPos place;

    private Intervals(SqlParserPos place) {
        this.place = place;
    }

    /** The interval that a text such as {@code 7d} or {@code 1 day 2 hours} says. */
    static SqlNode of(String text, SqlParserPos place) {
        Intervals interval = new Intervals(place);
        return interval.sum(interval.words(text));
    }

    static SqlNode literal(IntervalPrimaryContext literal) {
        Intervals interval = new Intervals(Places.of(literal));
        return interval.read(literal.intervalPart(), literal.DASH() != null);
    }

    /**
     * @param minus whether a sign stands before the first part
     */
    private SqlNode read(List<IntervalPartContext> parts, boolean minus) {
        IntervalPartContext only = parts.get(0);
        if (parts.size() == 1 && only.unit().size() == 2) {
            return range(only, minus);
        }
        List<Amount> amounts = new ArrayList<>();
        for (IntervalPartContext part : parts) {
            String text = (minus && part == only ? "-" : "") + text(part);
            if (part.unit().isEmpty()) {
                amounts.addAll(words(text));
            } else {
                amounts.add(new Amount(number(text), unit(part.unit(0).getText())));
            }
        }
        return sum(amounts);
    }

    private static String text(IntervalPartContext part) {
        return part.getStart().getType() == STRING
                ? Strings.of(part.getStart()).strip()
                : part.number().getText();
    }

    /** {@code '1-2' YEAR TO MONTH}: the text is as the standard has it. */
    private SqlNode range(IntervalPartContext part, boolean minus) {
        String text = (minus ? "-" : "") + text(part);
        int sign = text.startsWith("-") ? -1 : 1;
        String body = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        TimeUnit from = unit(part.unit(0).getText()).shown;
        TimeUnit to = unit(part.unit(1).getText()).shown;
        if (from.compareTo(to) >= 0 || from.yearMonth != to.yearMonth) {
            throw wrong("no interval from %s to %s".formatted(from, to));
        }
        return create(sign, body.strip(), from, to);
    }

    private List<Amount> words(String text) {
        List<Amount> amounts = new ArrayList<>();
        Matcher amount = AMOUNT.matcher(text);
        int at = 0;
        while (amount.find(at) && amount.start() == at) {
            String digits = amount.group(1).replaceAll("\\s", "");
            amounts.add(new Amount(number(digits), unit(amount.group(2))));
            at = amount.end();
            if (at == text.length()) {
                break;
            }
        }
        if (amounts.isEmpty() || !text.substring(at).isBlank()) {
            throw wrong("'%s' is no interval".formatted(text));
        }
        return amounts;
    }

    private Unit unit(String word) {
        Unit unit = UNITS.get(word.toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw wrong("no interval unit '%s'".formatted(word));
        }
        return unit;
    }

    private BigDecimal number(String digits) {
        try {
            BigDecimal number = new BigDecimal(digits.replaceAll("[lLsSyYdDfF]$", ""));
            if (number.precision() - number.scale() <= 12) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong("'%s' is no number of units".formatted(digits));
        }
        throw wrong("'%s' units are too many".formatted(digits));
    }

    private SqlNode sum(List<Amount> amounts) {
        boolean months = amounts.stream().anyMatch(amount -> amount.unit.months > 0);
        boolean seconds = amounts.stream().anyMatch(amount -> amount.unit.months == 0);
        if (months && seconds) {
            throw Places.notSupported(
                    place,
                    "an interval of months and of days at once",
                    "add two intervals, one after the other");
        }
        Amount first = amounts.get(0);
        if (amounts.size() == 1 && isPlain(first)) {
            BigDecimal number = first.number;
            String text = number.abs().toBigIntegerExact().toString();
            return create(number.signum() < 0 ? -1 : 1, text, first.unit.shown, null);
        }
        return months ? months(amounts) : time(amounts);
    }

    private static boolean isPlain(Amount amount) {
        boolean whole = amount.number.stripTrailingZeros().scale() <= 0;
        return whole
                && switch (amount.unit) {
                    case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> true;
                    case QUARTER, WEEK, MILLISECOND, MICROSECOND -> false;
                };
    }

    private SqlNode months(List<Amount> amounts) {
        BigDecimal total = BigDecimal.ZERO;
        for (Amount amount : amounts) {
            total = total.add(amount.number.multiply(BigDecimal.valueOf(amount.unit.months)));
        }
        if (total.stripTrailingZeros().scale() > 0) {
            throw wrong("a part of a month");
        }
        String text = total.abs().toBigInteger().toString();
        return create(total.signum() < 0 ? -1 : 1, text, TimeUnit.MONTH, null);
    }

    private SqlNode time(List<Amount> amounts) {
        BigDecimal total = BigDecimal.ZERO;
        for (Amount amount : amounts) {
            total = total.add(amount.number.multiply(amount.unit.seconds()));
        }
        BigDecimal millis = total.abs().movePointRight(3);
        if (millis.stripTrailingZeros().scale() > 0) {
            throw Places.notSupported(
                    place, "an interval with a part of a millisecond", "round it to milliseconds");
        }
        int sign = total.signum() < 0 ? -1 : 1;
        long all = millis.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        long days = all / 86_400_000;
        boolean onlyDays =
                amounts.stream().allMatch(amount -> amount.unit.shown == TimeUnit.DAY)
                        && all % 86_400_000 == 0;
        if (onlyDays) {
            return create(sign, Long.toString(days), TimeUnit.DAY, null);
        }
        long rest = all % 86_400_000;
        String text =
                "%d %02d:%02d:%02d.%03d"
                        .formatted(
                                days,
                                rest / 3_600_000,
                                rest / 60_000 % 60,
                                rest / 1000 % 60,
                                rest % 1000);
        String trimmed = text.endsWith(".000") ? text.substring(0, text.length() - 4) : text;
        return create(sign, trimmed, TimeUnit.DAY, TimeUnit.SECOND);
    }

    /** Calcite wants room for the digits of the first unit declared; 2 is what it assumes. */
    private SqlNode create(int sign, String text, TimeUnit from, TimeUnit to) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits > 10) {
            throw wrong("'%s' units are too many".formatted(text));
        }
        int precision = digits <= 2 ? RelDataType.PRECISION_NOT_SPECIFIED : digits;
        SqlIntervalQualifier qualifier =
                new SqlIntervalQualifier(
                        from, precision, to, RelDataType.PRECISION_NOT_SPECIFIED, place);
        return SqlLiteral.createInterval(sign, text, qualifier, place);
    }

    private QueryException wrong(String message) {
        return new QueryException(
                ErrorCode.INVALID_VALUE,
                Places.position(place),
                message,
                "write it as in INTERVAL '30' DAY, INTERVAL '1 day 2 hours' or"
                        + " INTERVAL '1-2' YEAR TO MONTH");
    }
}
