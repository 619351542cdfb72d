package org.skep.parser;

import static org.skep.parser.grammar.SkepLexer.*;

import java.util.Locale;
import org.antlr.v4.runtime.Token;

/** What quoted tokens mean. */
final class Strings {
    private Strings() {}

    /** The text of a string token of any kind. */
    static String of(Token token) {
        String text = token.getText();
        return switch (token.getType()) {
            case STRING -> text(text);
            case ESCAPE_STRING -> unescape(text.substring(2, text.length() - 1), true);
            case RAW_STRING -> text.substring(2, text.length() - 1).replace("''", "'");
            default -> throw new IllegalStateException("not a string: " + text);
        };
    }

    /** What {@code 'it''s'} means, quotes included in {@code quoted}. */
    static String text(String quoted) {
        return unescape(quoted.substring(1, quoted.length() - 1), false);
    }

    /** Whether a text in quotes is in truth two strings and something between. */
    static boolean hasInnerQuote(String quoted) {
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            boolean pair = c == '\'' && quoted.charAt(i + 1) == '\'' && i + 2 < quoted.length();
            if (c == '\\' || pair) {
                i++;
            } else if (c == '\'') {
                return true;
            }
        }
        return false;
    }

    /** A name without its quotes, if it has any. */
    static String name(String text) {
        char quote = text.charAt(0);
        if (quote != '"' && quote != '`') {
            return text;
        }
        String sign = String.valueOf(quote);
        return text.substring(1, text.length() - 1).replace(sign + sign, sign);
    }

    /**
     * Resolves doubled quotes and the escapes of Hive and Spark. A backslash before anything else
     * stays: regular expressions may be written {@code '\\d'} or {@code '\d'}, and {@code '\%'}
     * reaches LIKE as it is.
     *
     * @param c whether the escapes that only C has count too
     */
    private static String unescape(String body, boolean c) {
        if (body.indexOf('\\') < 0 && body.indexOf('\'') < 0) {
            return body;
        }
        StringBuilder text = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char sign = body.charAt(i);
            if (sign == '\'') {
                text.append('\'');
                i++; // the lexer lets a quote through only as a pair
            } else if (sign == '\\' && i + 1 < body.length()) {
                i = escape(body, i + 1, text, c);
            } else {
                text.append(sign);
            }
        }
        return text.toString();
    }

    /** Appends what the escape means; gives the index of its last character. */
    private static int escape(String body, int at, StringBuilder text, boolean c) {
        char sign = body.charAt(at);
        if (isOctal(body, at)) {
            text.append((char) Integer.parseInt(body.substring(at, at + 3), 8));
            return at + 2;
        }
        if (sign == 'u' && isHex(body, at + 1)) {
            text.append((char) Integer.parseInt(body.substring(at + 1, at + 5), 16));
            return at + 4;
        }
        switch (sign) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case '0' -> text.append('\0');
            case '\\', '\'', '"' -> text.append(sign);
            case 'b' -> text.append(c ? "\b" : "\\b");
            case 'f' -> text.append(c ? "\f" : "\\f");
            default -> text.append('\\').append(sign);
        }
        return at;
    }

    /** Hive's {@code \001}: three octal digits, at most 177. */
    private static boolean isOctal(String body, int at) {
        if (at + 3 > body.length() || body.charAt(at) > '1') {
            return false;
        }
        return body.substring(at, at + 3).chars().allMatch(c -> c >= '0' && c <= '7');
    }

    private static boolean isHex(String body, int at) {
        return at + 4 <= body.length()
                && body.substring(at, at + 4).chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /** Keys are found regardless of case. */
    static String key(String typed) {
        return typed.toLowerCase(Locale.ROOT);
    }
}
