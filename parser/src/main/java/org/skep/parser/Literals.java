package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;
import org.skep.parser.grammar.SkepParser.StringContext;

/** Literals other than intervals. */
final class Literals {
    private static final Pattern DATE = Pattern.compile("\\s*(\\d{1,4})-(\\d{1,2})-(\\d{1,2})\\s*");

    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "\\s*(\\d{1,4})-(\\d{1,2})-(\\d{1,2})"
                            + "(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?\\s*Z?\\s*");

    private Literals() {}

    /** Strings that stand side by side are one. */
    static SqlNode string(List<StringContext> parts, SqlParserPos place) {
        return SqlLiteral.createCharString(text(parts), place);
    }

    private static String text(List<StringContext> parts) {
        StringBuilder text = new StringBuilder();
        for (StringContext part : parts) {
            text.append(Strings.of(part.getStart()));
        }
        return text.toString();
    }

    static SqlNode number(Token token) {
        SqlParserPos place = Places.of(token);
        String text = token.getText();
        return switch (token.getType()) {
            case SCIENTIFIC_NUMBER -> SqlLiteral.createApproxNumeric(text, place);
            case SUFFIXED_NUMBER -> suffixed(text.toUpperCase(Locale.ROOT), place);
            default -> exact(text, place);
        };
    }

    private static SqlNode exact(String text, SqlParserPos place) {
        String digits = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        int precision = new BigDecimal(digits).precision();
        if (precision > Type.MAX_PRECISION) {
            throw new QueryException(
                    ErrorCode.INVALID_VALUE,
                    Places.position(place),
                    "number of %d digits".formatted(precision),
                    "write it as 1e%d for a DOUBLE; a DECIMAL has at most %d digits"
                            .formatted(precision - 1, Type.MAX_PRECISION));
        }
        return SqlLiteral.createExactNumeric(digits, place);
    }

    private static SqlNode suffixed(String text, SqlParserPos place) {
        boolean decimal = text.endsWith("BD");
        String digits = text.substring(0, text.length() - (decimal ? 2 : 1));
        if (decimal) {
            BigDecimal value = new BigDecimal(digits);
            int scale = Math.max(0, value.scale());
            int precision = Math.max(value.precision(), scale);
            if (precision > Type.MAX_PRECISION) {
                return exact("1".repeat(precision), place);
            }
            SqlNode number = SqlLiteral.createExactNumeric(value.toPlainString(), place);
            return cast(number, Type.decimal(Math.max(1, precision), scale), place);
        }
        return switch (text.charAt(text.length() - 1)) {
            case 'L' -> integer(digits, Type.BIGINT, place);
            case 'S' -> integer(digits, Type.SMALLINT, place);
            case 'Y' -> integer(digits, Type.TINYINT, place);
            case 'F' -> cast(approximate(digits, place), Type.FLOAT, place);
            default -> approximate(digits, place);
        };
    }

    private static SqlNode approximate(String digits, SqlParserPos place) {
        String exponent = digits.contains("E") ? "" : "E0";
        return SqlLiteral.createApproxNumeric(digits + exponent, place);
    }

    private static SqlNode integer(String digits, Type type, SqlParserPos place) {
        if (!digits.chars().allMatch(Character::isDigit)) {
            throw Places.syntaxError(
                    place,
                    "'%s' with a suffix for integers".formatted(digits),
                    "the suffix D makes a DOUBLE, BD a DECIMAL");
        }
        return cast(SqlLiteral.createExactNumeric(digits, place), type, place);
    }

    static SqlNode cast(SqlNode value, Type type, SqlParserPos place) {
        return SqlStdOperatorTable.CAST.createCall(place, value, SkepTypeSpec.of(type, place));
    }

    static SqlNode hex(Token token) {
        String digits = token.getText().substring(2, token.getText().length() - 1);
        String packed = digits.replaceAll("\\s", "");
        SqlParserPos place = Places.of(token);
        if (packed.length() % 2 != 0 || !packed.matches("[0-9A-Fa-f]*")) {
            throw new QueryException(
                    ErrorCode.INVALID_VALUE,
                    Places.position(place),
                    "'%s' is not an even number of hexadecimal digits".formatted(digits),
                    "write two digits for each byte, as in X'0aff'");
        }
        return SqlLiteral.createBinaryString(packed, place);
    }

    static SqlNode date(Token string, SqlParserPos place) {
        Matcher parts = DATE.matcher(Strings.of(string));
        try {
            if (parts.matches()) {
                LocalDate date = date(parts);
                return SqlLiteral.createDate(
                        DateString.fromDaysSinceEpoch((int) date.toEpochDay()), place);
            }
        } catch (DateTimeException e) {
            throw wrongTime(string, "date", "DATE '2024-01-31'");
        }
        throw wrongTime(string, "date", "DATE '2024-01-31'");
    }

    static SqlNode timestamp(Token string, SqlParserPos place) {
        Matcher parts = TIMESTAMP.matcher(Strings.of(string));
        try {
            if (parts.matches()) {
                LocalDateTime time =
                        date(parts).atTime(part(parts, 4), part(parts, 5), part(parts, 6));
                String fraction = parts.group(7) == null ? "" : parts.group(7);
                TimestampString value =
                        new TimestampString(
                                time.getYear(),
                                time.getMonthValue(),
                                time.getDayOfMonth(),
                                time.getHour(),
                                time.getMinute(),
                                time.getSecond());
                String digits = fraction.replaceAll("0+$", "");
                return SqlLiteral.createTimestamp(
                        digits.isEmpty() ? value : value.withFraction(digits),
                        Math.min(6, fraction.length()),
                        place);
            }
        } catch (DateTimeException e) {
            throw wrongTime(string, "timestamp", "TIMESTAMP '2024-01-31 23:59:59'");
        }
        throw wrongTime(string, "timestamp", "TIMESTAMP '2024-01-31 23:59:59'");
    }

    private static LocalDate date(Matcher parts) {
        return LocalDate.of(part(parts, 1), part(parts, 2), part(parts, 3));
    }

    private static int part(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static QueryException wrongTime(Token string, String what, String example) {
        return new QueryException(
                ErrorCode.INVALID_VALUE,
                Places.position(string),
                "%s is no %s".formatted(string.getText(), what),
                "write it as in " + example);
    }
}
