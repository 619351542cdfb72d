package org.skep.catalog;

import java.util.Locale;

/**
 * A pattern of names as {@code SHOW TABLES LIKE} takes it: {@code %} and Hive's {@code *} for any
 * text, {@code _} for one character, {@code \} before a character meant literally; regardless of
 * case.
 *
 * @param text null for every name
 */
public record NamePattern(String text) {
    public static final NamePattern ANY = new NamePattern(null);

    /** The pattern for {@code LIKE … ESCAPE '\'} over keys. */
    String like() {
        return text == null ? "%" : text.toLowerCase(Locale.ROOT).replace('*', '%');
    }

    /** Whether {@code name} fits. */
    public boolean matches(String name) {
        return matches(name.toLowerCase(Locale.ROOT), 0, like(), 0);
    }

    private static boolean matches(String name, int n, String like, int p) {
        int at = n;
        for (int i = p; i < like.length(); i++) {
            char c = like.charAt(i);
            if (c == '%') {
                for (int end = at; end <= name.length(); end++) {
                    if (matches(name, end, like, i + 1)) {
                        return true;
                    }
                }
                return false;
            }
            boolean literal = c == '\\' && i + 1 < like.length();
            char wanted = literal ? like.charAt(++i) : c;
            if (at == name.length() || (literal || c != '_') && name.charAt(at) != wanted) {
                return false;
            }
            at++;
        }
        return at == name.length();
    }
}
