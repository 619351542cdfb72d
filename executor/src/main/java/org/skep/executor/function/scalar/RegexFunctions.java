package org.skep.executor.function.scalar;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.skep.model.data.Utf8;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Regular expressions in RE2's syntax, which run in linear time: no look-around, no
 * back-references. A pattern matches anywhere unless it is anchored.
 */
public final class RegexFunctions {
    private static final int KEPT_PATTERNS = 1000;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private RegexFunctions() {}

    static Pattern pattern(String regex, String flags) {
        String key = flags + "/" + regex;
        Pattern known = PATTERNS.get(key);
        if (known != null) {
            return known;
        }
        int bits = 0;
        for (int i = 0; i < flags.length(); i++) {
            bits |=
                    switch (flags.charAt(i)) {
                        case 'i' -> Pattern.CASE_INSENSITIVE;
                        case 'm', 'n' -> Pattern.MULTILINE;
                        case 's' -> Pattern.DOTALL;
                        case 'c', 'g' -> 0;
                        default ->
                                throw new IllegalArgumentException(
                                        "no flag '%s'; flags are i, m, s, c, g"
                                                .formatted(flags.charAt(i)));
                    };
        }
        if (PATTERNS.size() >= KEPT_PATTERNS) {
            PATTERNS.clear(); // patterns from data: keep none rather than all
        }
        try {
            Pattern made = Pattern.compile(regex, bits);
            PATTERNS.put(key, made);
            return made;
        } catch (PatternSyntaxException e) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'%s' is not a regular expression: %s".formatted(regex, e.getDescription()),
                    "the syntax is RE2's: no look-around and no back-references");
        }
    }

    private static Matcher matcher(Utf8 text, Utf8 regex) {
        return pattern(regex.toString(), "").matcher(text.copy());
    }

    @SqlFunction(
            value = {"regexp_like", "rlike", "regexp", "regexp_matches"},
            doc = "whether a part matches",
            example = "regexp_like('skep', '^s.*p$') = true")
    public static boolean like(Utf8 text, Utf8 regex) {
        return matcher(text, regex).find();
    }

    @SqlFunction(
            value = {"similar to", "regexp_full_match"},
            doc = "whether the whole text matches",
            example = "regexp_full_match('skep', 's(k|c)ep') = true")
    public static boolean similar(Utf8 text, Utf8 regex) {
        return matcher(text, regex).matches();
    }

    @SqlFunction(
            value = {"regexp_like", "regexp_matches"},
            doc = "whether a part matches, with flags: i for any case, s, m",
            example = "regexp_like('SKEP', 'sk', 'i') = true")
    public static boolean like(Utf8 text, String regex, String flags) {
        return pattern(regex, flags).matcher(text.copy()).find();
    }

    @SqlFunction(
            value = "regexp_full_match",
            doc = "whether the whole text matches",
            example = "regexp_full_match('skep', 'ke') = false")
    public static boolean fullMatch(Utf8 text, Utf8 regex) {
        return matcher(text, regex).matches();
    }

    @SqlFunction(
            value = "regexp_extract",
            doc = "a group of the first match, 0 for all of it; empty for no match",
            example = "regexp_extract('a=1, b=2', '(\\w)=(\\d)', 2) = '1'")
    public static Utf8 extract(Utf8 text, Utf8 regex, int group) {
        Matcher matcher = matcher(text, regex);
        return matcher.find() ? group(text, matcher, group) : Utf8.EMPTY;
    }

    @SqlFunction(
            value = "regexp_extract",
            doc = "the first group of the first match (all of it without groups); or empty",
            example = "regexp_extract('order 66!', '(\\d+)') = '66'")
    public static Utf8 extract(Utf8 text, Utf8 regex) {
        Matcher matcher = matcher(text, regex);
        return matcher.find()
                ? group(text, matcher, Math.min(1, matcher.groupCount()))
                : Utf8.EMPTY;
    }

    private static Utf8 group(Utf8 text, Matcher matcher, int group) {
        if (group < 0 || group > matcher.groupCount()) {
            throw new IllegalArgumentException(
                    "group %d; the pattern has groups 0 to %d"
                            .formatted(group, matcher.groupCount()));
        }
        int from = matcher.start(group);
        return from < 0 ? Utf8.EMPTY : text.bytes(from, matcher.end(group));
    }

    @SqlFunction(
            value = "regexp_extract_all",
            signature = "(string, string, int) array<string>",
            doc = "a group of every match",
            example = "regexp_extract_all('a=1, b=2', '(\\w)=(\\d)', 2) = ARRAY['1', '2']")
    public static List<Object> extractAll(Utf8 text, Utf8 regex, int group) {
        Matcher matcher = matcher(text, regex);
        List<Object> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(group(text, matcher, group).toString());
        }
        return found;
    }

    @SqlFunction(
            value = "regexp_extract_all",
            signature = "(string, string) array<string>",
            doc = "the first group of every match (all of it without groups)",
            example = "regexp_extract_all('a1b22', '\\d+') = ARRAY['1', '22']")
    public static List<Object> extractAll(Utf8 text, Utf8 regex) {
        int groups = pattern(regex.toString(), "").groupCount();
        return extractAll(text, regex, Math.min(1, groups));
    }

    @SqlFunction(
            value = "regexp_replace",
            doc = "with every match replaced; $1 or \\1 is its first group",
            example = "regexp_replace('2024-01-15', '(\\d+)-(\\d+)', '$2/$1') = '01/2024-15'")
    public static String replace(String text, String regex, String with) {
        return replace(text, regex, with, "");
    }

    @SqlFunction(
            value = "regexp_replace",
            doc = "with every match replaced, with flags: i for any case, s, m",
            example = "regexp_replace('AbcA', 'a', '-', 'i') = '-bc-'")
    public static String replace(String text, String regex, String with, String flags) {
        try {
            return pattern(regex, flags).matcher(text).replaceAll(javaStyle(with));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "'%s' names a group that '%s' does not have".formatted(with, regex), e);
        }
    }

    /** {@code \1} as {@code $1}. */
    private static String javaStyle(String with) {
        if (with.indexOf('\\') < 0) {
            return with;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < with.length(); i++) {
            boolean group =
                    with.charAt(i) == '\\'
                            && i + 1 < with.length()
                            && Character.isDigit(with.charAt(i + 1));
            out.append(group ? '$' : with.charAt(i));
        }
        return out.toString();
    }

    @SqlFunction(
            value = "regexp_count",
            doc = "how many matches there are",
            example = "regexp_count('a1b22c', '\\d+') = 2")
    public static int count(Utf8 text, Utf8 regex) {
        Matcher matcher = matcher(text, regex);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    @SqlFunction(
            value = "regexp_instr",
            doc = "at which character, counted from 1, the first match begins; 0 without a match",
            example = "regexp_instr('größe 42', '\\d+') = 7")
    public static int place(Utf8 text, Utf8 regex) {
        Matcher matcher = matcher(text, regex);
        return matcher.find() ? text.bytes(0, matcher.start()).characters() + 1 : 0;
    }

    @SqlFunction(
            value = {"split", "regexp_split", "regexp_split_to_array"},
            signature = "(string, string) array<string>",
            doc = "the parts between matches",
            example = "split('a1b2c', '[0-9]') = ARRAY['a', 'b', 'c']")
    public static List<Object> split(Utf8 text, Utf8 regex) {
        return split(text, regex, -1);
    }

    @SqlFunction(
            value = "split",
            signature = "(string, string, int) array<string>",
            doc = "at most so many parts between matches",
            example = "split('a,b,c', ',', 2) = ARRAY['a', 'b,c']")
    public static List<Object> split(Utf8 text, Utf8 regex, int limit) {
        List<Object> parts = new ArrayList<>();
        Utf8 literal = literal(regex);
        if (literal != null && limit <= 0) {
            TextSearchFunctions.split(text, literal).forEach(part -> parts.add(part.toString()));
            return parts;
        }
        Matcher matcher = matcher(text, regex);
        int from = 0;
        while ((limit <= 0 || parts.size() < limit - 1) && matcher.find()) {
            if (matcher.end() == 0 || matcher.start() == text.length()) {
                continue; // an empty match at either end separates nothing
            }
            parts.add(text.bytes(from, matcher.start()).toString());
            from = matcher.end();
        }
        parts.add(text.bytes(from, text.length()).toString());
        return parts;
    }

    /** The text that the pattern stands for when it has no operators; else null. */
    private static Utf8 literal(Utf8 regex) {
        if (regex.length() == 2 && regex.byteAt(0) == '\\') {
            byte b = regex.byteAt(1);
            boolean escaped = b > 0 && !Character.isLetterOrDigit(b);
            return escaped ? regex.bytes(1, 2) : null;
        }
        for (int i = 0; i < regex.length(); i++) {
            if (".\\[](){}*+?^$|".indexOf(regex.byteAt(i)) >= 0) {
                return null;
            }
        }
        return regex.length() == 0 ? null : regex;
    }
}
