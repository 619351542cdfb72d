package org.skep.executor.function.scalar;

import com.google.re2j.Pattern;
import org.skep.model.data.Utf8;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** LIKE with a pattern that is no constant: as a regular expression, which is kept. */
public final class LikeFunctions {
    private static final Utf8 BACKSLASH = Utf8.of("\\");

    private LikeFunctions() {}

    @SqlFunction(
            value = "like",
            doc = "whether the whole text matches: % is anything, _ one character",
            example = "like('skep', 's_e%') = true")
    public static boolean like(Utf8 text, Utf8 pattern) {
        return matches(text, pattern, BACKSLASH, "s");
    }

    @SqlFunction(
            value = "like",
            doc = "whether the whole text matches, with an escape character",
            example = "like('5%', '5!%', '!') = true")
    public static boolean like(Utf8 text, Utf8 pattern, Utf8 escape) {
        return matches(text, pattern, escape, "s");
    }

    @SqlFunction(
            value = "ilike",
            doc = "whether the whole text matches in any case",
            example = "ilike('SKEP', 's_e%') = true")
    public static boolean ilike(Utf8 text, Utf8 pattern) {
        return matches(text, pattern, BACKSLASH, "si");
    }

    @SqlFunction(
            value = "ilike",
            doc = "whether the whole text matches in any case, with an escape character",
            example = "ilike('A%', 'a!%', '!') = true")
    public static boolean ilike(Utf8 text, Utf8 pattern, Utf8 escape) {
        return matches(text, pattern, escape, "si");
    }

    private static boolean matches(Utf8 text, Utf8 pattern, Utf8 escape, String flags) {
        String regex = regex(pattern.toString(), escape.toString());
        return RegexFunctions.pattern(regex, flags).matcher(text.copy()).matches();
    }

    private static String regex(String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) != 1) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "ESCAPE takes one character, not '%s'".formatted(escape),
                    "LIKE '10!%' ESCAPE '!'");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == escape.codePointAt(0)) {
                if (i == pattern.length()) {
                    throw new QueryException(
                            ErrorCode.INVALID_ARGUMENT,
                            "LIKE pattern '%s' ends with its escape character".formatted(pattern),
                            "double the escape character to mean itself");
                }
                c = pattern.codePointAt(i);
                i += Character.charCount(c);
            } else if (c == '%' || c == '_') {
                regex.append(c == '%' ? ".*" : ".");
                continue;
            }
            regex.append(Pattern.quote(Character.toString(c)));
        }
        return regex.toString();
    }
}
