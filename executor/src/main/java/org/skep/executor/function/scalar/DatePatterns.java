package org.skep.executor.function.scalar;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Patterns of dates in three dialects, as formatters; a limited number of them is kept. */
final class DatePatterns {
    private static final int KEPT = 1000;
    private static final Map<String, DateTimeFormatter> FORMATTERS = new ConcurrentHashMap<>();

    /** PostgreSQL's tokens, longer ones before those they begin with, and Java's. */
    private static final String[][] POSTGRES = {
        {"YYYY", "yyyy"},
        {"YYY", "yyy"},
        {"YY", "yy"},
        {"HH24", "HH"},
        {"HH12", "hh"},
        {"HH", "hh"},
        {"MI", "mm"},
        {"SS", "ss"},
        {"MS", "SSS"},
        {"US", "SSSSSS"},
        {"Month", "MMMM"},
        {"Mon", "MMM"},
        {"MM", "MM"},
        {"Day", "EEEE"},
        {"Dy", "EEE"},
        {"DDD", "DDD"},
        {"DD", "dd"},
        {"IW", "ww"},
        {"Q", "Q"},
        {"AM", "a"},
        {"PM", "a"}
    };

    private DatePatterns() {}

    static DateTimeFormatter java(String pattern) {
        return kept("j" + pattern, pattern);
    }

    /** PostgreSQL's when it has its tokens for years or hours, else Java's. */
    static DateTimeFormatter guess(String pattern) {
        return pattern.contains("YY") || pattern.contains("HH24") || pattern.contains("DD")
                ? postgres(pattern)
                : java(pattern);
    }

    static DateTimeFormatter postgres(String pattern) {
        DateTimeFormatter known = FORMATTERS.get("p" + pattern);
        return known != null ? known : kept("p" + pattern, fromPostgres(pattern));
    }

    static DateTimeFormatter strftime(String pattern) {
        DateTimeFormatter known = FORMATTERS.get("s" + pattern);
        return known != null ? known : kept("s" + pattern, fromStrftime(pattern));
    }

    private static DateTimeFormatter kept(String key, String javaPattern) {
        DateTimeFormatter known = FORMATTERS.get(key);
        if (known != null) {
            return known;
        }
        if (FORMATTERS.size() >= KEPT) {
            FORMATTERS.clear(); // patterns from data: keep none rather than all
        }
        DateTimeFormatter made;
        try {
            made =
                    new DateTimeFormatterBuilder()
                            .parseCaseInsensitive()
                            .appendPattern(javaPattern)
                            .parseDefaulting(ChronoField.ERA, 1)
                            .toFormatter(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no pattern of dates: %s".formatted(key.substring(1), e.getMessage()),
                    e);
        }
        FORMATTERS.put(key, made);
        return made;
    }

    private static String fromPostgres(String pattern) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < pattern.length()) {
            String[] token = token(pattern, at);
            if (token != null) {
                out.append(token[1]);
                at += token[0].length();
            } else {
                at = appendLiteral(out, pattern, at);
            }
        }
        return out.toString();
    }

    private static String[] token(String pattern, int at) {
        for (String[] token : POSTGRES) {
            if (pattern.regionMatches(true, at, token[0], 0, token[0].length())) {
                return token;
            }
        }
        return null;
    }

    private static int appendLiteral(StringBuilder out, String pattern, int at) {
        char c = pattern.charAt(at);
        if (c == '"' && pattern.indexOf('"', at + 1) > 0) {
            int end = pattern.indexOf('"', at + 1);
            literal(out, pattern.substring(at + 1, end));
            return end + 1;
        }
        literal(out, Character.toString(c));
        return at + 1;
    }

    private static void literal(StringBuilder out, String text) {
        out.append('\'').append(text.replace("'", "''")).append('\'');
    }

    private static String fromStrftime(String pattern) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                literal(out, Character.toString(c));
                continue;
            }
            c = pattern.charAt(++i);
            boolean unpadded = c == '-' && i + 1 < pattern.length();
            c = unpadded ? pattern.charAt(++i) : c;
            String token =
                    switch (c) {
                        case 'Y' -> "yyyy";
                        case 'y' -> "yy";
                        case 'm' -> "MM";
                        case 'd' -> "dd";
                        case 'H' -> "HH";
                        case 'I' -> "hh";
                        case 'M' -> "mm";
                        case 'S' -> "ss";
                        case 'f' -> "SSSSSS";
                        case 'g' -> "SSS";
                        case 'p' -> "a";
                        case 'j' -> "DDD";
                        case 'a' -> "EEE";
                        case 'A' -> "EEEE";
                        case 'b', 'h' -> "MMM";
                        case 'B' -> "MMMM";
                        case 'V' -> "ww";
                        case 'F' -> "yyyy-MM-dd";
                        case 'T' -> "HH:mm:ss";
                        case '%' -> "'%'";
                        default ->
                                throw new IllegalArgumentException(
                                        "no '%%%s' in patterns of dates".formatted(c));
                    };
            out.append(unpadded ? token.substring(token.length() / 2) : token);
        }
        return out.toString();
    }
}
