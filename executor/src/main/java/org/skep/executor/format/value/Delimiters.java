package org.skep.executor.format.value;

import java.util.Locale;

/** Characters that are hard to type, written with backslashes in options. */
public final class Delimiters {
    private Delimiters() {}

    /**
     * Turns {@code \t}, {@code \n}, {@code \\}, {@code \001} and {@code \x01} into what they mean.
     */
    public static String unescaped(String text) {
        if (text.indexOf('\\') < 0 || text.equals("\\")) {
            return text;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\' || i + 1 == text.length()) {
                out.append(text.charAt(i));
                continue;
            }
            String rest = lower.substring(i + 1);
            if (rest.matches("(?s)[0-7]{3}.*")) {
                out.append((char) Integer.parseInt(rest.substring(0, 3), 8));
                i += 3;
            } else if (rest.matches("(?s)x[0-9a-f]{2}.*")) {
                out.append((char) Integer.parseInt(rest.substring(1, 3), 16));
                i += 3;
            } else if (rest.matches("(?s)u[0-9a-f]{4}.*")) {
                out.append((char) Integer.parseInt(rest.substring(1, 5), 16));
                i += 5;
            } else {
                char c = text.charAt(++i);
                out.append(
                        switch (c) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case '0' -> '\0';
                            default -> c;
                        });
            }
        }
        return out.toString();
    }
}
