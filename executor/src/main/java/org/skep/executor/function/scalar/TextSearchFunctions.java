package org.skep.executor.function.scalar;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.data.Utf8;

/** Finding and replacing literal text. Positions count characters from 1; 0 is not found. */
public final class TextSearchFunctions {
    private TextSearchFunctions() {}

    @SqlFunction(
            value = {"instr", "strpos"},
            doc = "where the second text first occurs in the first; 0 if nowhere",
            example = "instr('größer', 'ß') = 4")
    public static int instr(Utf8 text, Utf8 part) {
        int at = text.indexOf(part, 0);
        return at < 0 ? 0 : Characters.count(text, at) + 1;
    }

    @SqlFunction(
            value = {"position", "locate", "charindex"},
            doc = "where the first text first occurs in the second; 0 if nowhere",
            example = "position('c' , 'abc') = 3")
    public static int position(Utf8 part, Utf8 text) {
        return instr(text, part);
    }

    @SqlFunction(
            value = {"position", "locate", "charindex"},
            doc = "where the first text occurs in the second, from a position on",
            example = "locate('a', 'banana', 3) = 4")
    public static int position(Utf8 part, Utf8 text, int from) {
        if (from < 1) {
            return 0;
        }
        int at = text.indexOf(part, Characters.skip(text, 0, from - 1L));
        return at < 0 ? 0 : Characters.count(text, at) + 1;
    }

    @SqlFunction(
            value = {"starts_with", "startswith", "prefix"},
            doc = "whether the first begins with the second",
            example = "starts_with('abc', 'ab') = true")
    public static boolean startsWith(Utf8 text, Utf8 part) {
        return text.length() >= part.length() && text.bytes(0, part.length()).equals(part);
    }

    @SqlFunction(
            value = {"ends_with", "endswith", "suffix"},
            doc = "whether the first ends with the second",
            example = "ends_with('abc', 'bc') = true")
    public static boolean endsWith(Utf8 text, Utf8 part) {
        int from = text.length() - part.length();
        return from >= 0 && text.bytes(from, text.length()).equals(part);
    }

    @SqlFunction(
            value = "contains",
            doc = "whether the second occurs in the first",
            example = "contains('abcd', 'bc') = true")
    public static boolean contains(Utf8 text, Utf8 part) {
        return text.indexOf(part, 0) >= 0;
    }

    @SqlFunction(
            value = "replace",
            doc = "with every occurrence of the second replaced by the third",
            example = "replace('a-b-c', '-', '+') = 'a+b+c'")
    public static Utf8 replace(Utf8 text, Utf8 from, Utf8 to) {
        if (from.length() == 0 || text.indexOf(from, 0) < 0) {
            return text;
        }
        List<Utf8> parts = new ArrayList<>();
        for (Utf8 part : split(text, from)) {
            parts.add(to);
            parts.add(part);
        }
        return StringFunctions.concat(parts.subList(1, parts.size()).toArray(Utf8[]::new));
    }

    @SqlFunction(
            value = "replace",
            doc = "without any occurrence of the second",
            example = "replace('a-b-c', '-') = 'abc'")
    public static Utf8 replace(Utf8 text, Utf8 from) {
        return replace(text, from, Utf8.EMPTY);
    }

    @SqlFunction(
            value = "translate",
            doc = "with characters of the second replaced by those of the third, or dropped",
            example = "translate('a1b2c3', '123', 'xy') = 'axbyc'")
    public static String translate(String text, String from, String to) {
        int[] targets = to.codePoints().toArray();
        int[] sources = from.codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            int k = 0;
                            while (k < sources.length && sources[k] != c) {
                                k++;
                            }
                            if (k == sources.length) {
                                out.appendCodePoint(c);
                            } else if (k < targets.length) {
                                out.appendCodePoint(targets[k]);
                            }
                        });
        return out.toString();
    }

    /** The parts between separators; the whole text for an empty separator. */
    static List<Utf8> split(Utf8 text, Utf8 separator) {
        List<Utf8> parts = new ArrayList<>();
        int from = 0;
        int at = separator.length() == 0 ? -1 : text.indexOf(separator, 0);
        for (; at >= 0; at = text.indexOf(separator, from)) {
            parts.add(text.bytes(from, at));
            from = at + separator.length();
        }
        parts.add(text.bytes(from, text.length()));
        return parts;
    }

    @SqlFunction(
            value = "split_part",
            doc = "the n-th part between separators, a negative n counts from the end",
            example = "split_part('a/b/c', '/', -1) = 'c'")
    public static Utf8 splitPart(Utf8 text, Utf8 separator, int n) {
        List<Utf8> parts = split(text, separator);
        int index = n < 0 ? parts.size() + n : n - 1;
        if (n == 0) {
            throw new IllegalArgumentException("part 0 does not exist; parts count from 1");
        }
        return index < 0 || index >= parts.size() ? Utf8.EMPTY : parts.get(index);
    }

    @SqlFunction(
            value = "substring_index",
            doc = "all before the n-th separator; for a negative n all after it, from the end",
            example = "substring_index('www.example.org', '.', 2) = 'www.example'")
    public static Utf8 substringIndex(Utf8 text, Utf8 separator, int n) {
        List<Utf8> parts = split(text, separator);
        if (n == 0 || separator.length() == 0) {
            return Utf8.EMPTY;
        }
        if (Math.abs((long) n) >= parts.size()) {
            return text;
        }
        if (n > 0) {
            Utf8 last = parts.get(n - 1);
            return text.bytes(0, last.start() - text.start() + last.length());
        }
        Utf8 first = parts.get(parts.size() + n);
        return text.bytes(first.start() - text.start(), text.length());
    }

    @SqlFunction(
            value = {"string_to_array", "str_split", "string_split"},
            signature = "(string, string) array<string>",
            doc = "the parts between separators",
            example = "string_to_array('a,b', ',') = ARRAY['a', 'b']")
    public static List<Object> stringToArray(Utf8 text, Utf8 separator) {
        List<Object> parts = new ArrayList<>();
        split(text, separator).forEach(part -> parts.add(part.toString()));
        return parts;
    }

    @SqlFunction(
            value = {"words", "tokenize"},
            signature = "(string) array<string>",
            doc = "the runs of letters and digits",
            example = "words('Hello, big-world!') = ARRAY['Hello', 'big', 'world']")
    public static List<Object> words(String text) {
        List<Object> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (inside && from < 0) {
                from = i;
            } else if (!inside && from >= 0) {
                words.add(text.substring(from, i));
                from = -1;
            }
        }
        return words;
    }

    @SqlFunction(
            value = "overlay",
            doc = "with so many characters from a position replaced",
            example = "overlay('abcdef', 'XY', 3, 2) = 'abXYef'")
    public static Utf8 overlay(Utf8 text, Utf8 with, int from, int length) {
        int start = Characters.skip(text, 0, Math.max(0, from - 1L));
        int end = Characters.skip(text, start, Math.max(0, length));
        return StringFunctions.concat(text.bytes(0, start), with, text.bytes(end, text.length()));
    }

    @SqlFunction(
            value = "overlay",
            doc = "with as many characters from a position replaced as the second has",
            example = "overlay('abcdef', 'XY', 3) = 'abXYef'")
    public static Utf8 overlay(Utf8 text, Utf8 with, int from) {
        return overlay(text, with, from, with.characters());
    }

    @SqlFunction(
            value = "levenshtein",
            doc = "edits (insert, delete, replace) from one to the other",
            example = "levenshtein('kitten', 'sitting') = 3")
    public static int levenshtein(String a, String b) {
        int[] x = a.codePoints().toArray();
        int[] y = b.codePoints().toArray();
        int[] row = new int[y.length + 1];
        for (int j = 0; j <= y.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= x.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= y.length; j++) {
                int replace = diagonal + (x[i - 1] == y[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[y.length];
    }

    @SqlFunction(
            value = "soundex",
            doc = "the American Soundex code of a name",
            example = "soundex('Robert') = 'R163'")
    public static String soundex(String text) {
        String codes = "01230120022455012623010202"; // by letter, A to Z
        StringBuilder out = new StringBuilder(4);
        char before = '0';
        for (int i = 0; i < text.length() && out.length() < 4; i++) {
            char c = Character.toUpperCase(text.charAt(i));
            if (c < 'A' || c > 'Z') {
                continue;
            }
            char code = codes.charAt(c - 'A');
            if (out.length() == 0) {
                out.append(c);
            } else if (code != '0' && code != before) {
                out.append(code);
            }
            before = c == 'H' || c == 'W' ? before : code;
        }
        return out.length() == 0 ? "" : out + "0".repeat(4 - out.length());
    }

    @SqlFunction(
            value = "hamming",
            doc = "characters that differ between texts of the same length; null for others",
            example = "hamming('karolin', 'kathrin') = 3")
    public static Integer hamming(String a, String b) {
        int[] x = a.codePoints().toArray();
        int[] y = b.codePoints().toArray();
        if (x.length != y.length) {
            return null;
        }
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            count += x[i] == y[i] ? 0 : 1;
        }
        return count;
    }
}
