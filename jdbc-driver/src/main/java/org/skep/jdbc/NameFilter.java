package org.skep.jdbc;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** JDBC's metadata patterns: {@code %} any text, {@code _} one character, {@code \} before both. */
final class NameFilter {
    private NameFilter() {}

    /** Names that fit, regardless of case; all when {@code pattern} is null. */
    static Predicate<String> of(String pattern) {
        if (pattern == null || pattern.equals("%")) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        return Pattern.compile(regex.toString(), flags).asMatchPredicate();
    }
}
