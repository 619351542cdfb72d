package org.skep.executor.format.value;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * How dates and times are written in a text.
 *
 * @param date null for ISO 8601
 * @param timestamp null for ISO 8601
 */
public record TextFormats(DateTimeFormatter date, DateTimeFormatter timestamp) {
    public static final TextFormats ISO = new TextFormats(null, null);

    /** The formats named by the options {@code dateformat} and {@code timestampformat}. */
    public static TextFormats of(Map<String, String> options) {
        return new TextFormats(
                pattern("dateformat", options.get("dateformat")),
                pattern("timestampformat", options.get("timestampformat")));
    }

    private static DateTimeFormatter pattern(String option, String text) {
        if (text == null || text.isBlank() || text.equalsIgnoreCase("auto")) {
            return null;
        }
        try {
            String pattern = text.indexOf('%') >= 0 ? fromStrftime(text) : text;
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern.replace("yyyy", "uuuu"))
                    .toFormatter(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "%s cannot be '%s'".formatted(option, text),
                    "write it like dd/MM/yyyy HH:mm:ss or %d/%m/%Y %H:%M:%S");
        }
    }

    private static String fromStrftime(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 1 < text.length()) {
                pattern.append(
                        switch (text.charAt(++i)) {
                            case 'Y' -> "uuuu";
                            case 'y' -> "uu";
                            case 'm' -> "MM";
                            case 'd' -> "dd";
                            case 'H' -> "HH";
                            case 'I' -> "hh";
                            case 'p' -> "a";
                            case 'M' -> "mm";
                            case 'S' -> "ss";
                            case 'f' -> "SSSSSS";
                            case 'j' -> "DDD";
                            case 'b' -> "MMM";
                            case 'B' -> "MMMM";
                            case 'a' -> "EEE";
                            case 'A' -> "EEEE";
                            case 'z' -> "xx";
                            case '%' -> "'%'";
                            default -> throw new IllegalArgumentException("%" + text.charAt(i));
                        });
            } else if (Character.isLetter(c)) {
                pattern.append('\'').append(c).append('\'');
            } else {
                pattern.append(c == '\'' ? "''" : c);
            }
        }
        return pattern.toString();
    }
}
