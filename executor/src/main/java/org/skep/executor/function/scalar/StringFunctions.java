package org.skep.executor.function.scalar;

import java.util.Arrays;
import java.util.Locale;
import org.skep.model.data.Utf8;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Text: case, length, parts, padding. Positions count characters from 1, lengths too. */
public final class StringFunctions {
    /** No function makes a text longer than this many bytes. */
    static final int MAX_BYTES = 256 << 20;

    private StringFunctions() {}

    @SqlFunction(
            value = {"upper", "ucase"},
            doc = "in capital letters",
            example = "upper('straße 1a') = 'STRASSE 1A'")
    public static Utf8 upper(Utf8 text) {
        return changeCase(text, 'a', 'z', -32);
    }

    @SqlFunction(
            value = {"lower", "lcase"},
            doc = "in small letters",
            example = "lower('ÄBC') = 'äbc'")
    public static Utf8 lower(Utf8 text) {
        return changeCase(text, 'A', 'Z', 32);
    }

    private static Utf8 changeCase(Utf8 text, char from, char to, int by) {
        byte[] data = text.data();
        int start = text.start();
        byte[] out = new byte[text.length()];
        byte all = 0;
        for (int i = 0; i < out.length; i++) {
            byte b = data[start + i];
            all |= b;
            out[i] = (byte) (b >= from & b <= to ? b + by : b);
        }
        if (all < 0) {
            String string = text.toString();
            return Utf8.of(
                    by < 0 ? string.toUpperCase(Locale.ROOT) : string.toLowerCase(Locale.ROOT));
        }
        return Utf8.of(out);
    }

    @SqlFunction(
            value = {"length", "char_length", "character_length", "len"},
            doc = "characters in a text",
            example = "length('größe') = 5")
    public static int length(Utf8 text) {
        return text.characters();
    }

    @SqlFunction(
            value = {"length", "octet_length", "len"},
            doc = "bytes of a binary",
            example = "length(BINARY 'größe') = 7")
    public static int length(byte[] bytes) {
        return bytes.length;
    }

    @SqlFunction(value = "octet_length", doc = "bytes", example = "octet_length('größe') = 7")
    public static int octetLength(Utf8 text) {
        return text.length();
    }

    @SqlFunction(value = "bit_length", doc = "bits", example = "bit_length('abc') = 24")
    public static int bitLength(Utf8 text) {
        return Math.multiplyExact(text.length(), 8);
    }

    @SqlFunction(
            value = {"trim", "btrim"},
            doc = "without blanks at both ends",
            example = "trim('  a b ') = 'a b'")
    public static Utf8 trim(Utf8 text) {
        return rtrim(ltrim(text));
    }

    @SqlFunction(value = "ltrim", doc = "without blanks in front", example = "ltrim('  a ') = 'a '")
    public static Utf8 ltrim(Utf8 text) {
        int from = 0;
        while (from < text.length() && text.byteAt(from) == ' ') {
            from++;
        }
        return text.bytes(from, text.length());
    }

    @SqlFunction(
            value = "rtrim",
            doc = "without blanks at the end",
            example = "rtrim(' a ') = ' a'")
    public static Utf8 rtrim(Utf8 text) {
        int to = text.length();
        while (to > 0 && text.byteAt(to - 1) == ' ') {
            to--;
        }
        return text.bytes(0, to);
    }

    @SqlFunction(
            value = {"trim", "btrim"},
            doc = "without any of these characters at both ends",
            example = "trim('xyaxbyx', 'xy') = 'axb'")
    public static Utf8 trim(Utf8 text, Utf8 characters) {
        return rtrim(ltrim(text, characters), characters);
    }

    @SqlFunction(
            value = "ltrim",
            doc = "without any of these characters in front",
            example = "ltrim('0012', '0') = '12'")
    public static Utf8 ltrim(Utf8 text, Utf8 characters) {
        int from = 0;
        while (from < text.length()) {
            int next = Characters.next(text, from);
            if (characters.indexOf(text.bytes(from, next), 0) < 0) {
                break;
            }
            from = next;
        }
        return text.bytes(from, text.length());
    }

    @SqlFunction(
            value = "rtrim",
            doc = "without any of these characters at the end",
            example = "rtrim('1.500', '0') = '1.5'")
    public static Utf8 rtrim(Utf8 text, Utf8 characters) {
        int to = text.length();
        while (to > 0) {
            int before = Characters.previous(text, to);
            if (characters.indexOf(text.bytes(before, to), 0) < 0) {
                break;
            }
            to = before;
        }
        return text.bytes(0, to);
    }

    @SqlFunction(
            value = "lpad",
            doc = "filled up on the left to so many characters, or cut to them",
            example = "lpad('7', 3, '0') = '007'")
    public static Utf8 lpad(Utf8 text, int length, Utf8 pad) {
        int missing = missing(text, length, pad);
        return missing <= 0 ? left(text, length) : join(padding(pad, missing), text);
    }

    @SqlFunction(
            value = "rpad",
            doc = "filled up on the right to so many characters, or cut to them",
            example = "rpad('ab', 5, 'xy') = 'abxyx'")
    public static Utf8 rpad(Utf8 text, int length, Utf8 pad) {
        int missing = missing(text, length, pad);
        return missing <= 0 ? left(text, length) : join(text, padding(pad, missing));
    }

    @SqlFunction(value = "lpad", doc = "filled up with blanks", example = "lpad('7', 3) = '  7'")
    public static Utf8 lpad(Utf8 text, int length) {
        return lpad(text, length, Characters.BLANK);
    }

    @SqlFunction(value = "rpad", doc = "filled up with blanks", example = "rpad('7', 3) = '7  '")
    public static Utf8 rpad(Utf8 text, int length) {
        return rpad(text, length, Characters.BLANK);
    }

    private static int missing(Utf8 text, int length, Utf8 pad) {
        return pad.length() == 0 ? 0 : Math.max(0, length) - text.characters();
    }

    private static Utf8 padding(Utf8 pad, int characters) {
        int size = pad.characters();
        Utf8 whole = repeat(pad, characters / size);
        return join(whole, left(pad, characters % size));
    }

    static Utf8 join(Utf8 a, Utf8 b) {
        byte[] out = new byte[room((long) a.length() + b.length())];
        System.arraycopy(a.data(), a.start(), out, 0, a.length());
        System.arraycopy(b.data(), b.start(), out, a.length(), b.length());
        return Utf8.of(out);
    }

    /** Checks a length before anything is allocated. */
    static int room(long bytes) {
        if (bytes > MAX_BYTES) {
            throw new QueryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a text of %d bytes".formatted(bytes),
                    "a text may have up to %d bytes".formatted(MAX_BYTES));
        }
        return (int) bytes;
    }

    @SqlFunction(
            value = {"substr", "substring", "mid"},
            doc = "from a character on; a negative position counts from the end",
            example = "substr('abcdef', -3) = 'def'")
    public static Utf8 substr(Utf8 text, int from) {
        return substr(text, from, Integer.MAX_VALUE);
    }

    @SqlFunction(
            value = {"substr", "substring", "mid"},
            doc = "so many characters from a position, 1 is the first, -1 the last",
            example = "substr('größe', 3, 2) = 'öß'")
    public static Utf8 substr(Utf8 text, int from, int length) {
        long first = from > 0 ? from - 1L : from < 0 ? (long) text.characters() + from : 0;
        long last = first + Math.max(0, length);
        int start = Characters.skip(text, 0, Math.max(0, first));
        int end = Characters.skip(text, start, Math.max(0, last - Math.max(0, first)));
        return text.bytes(start, end);
    }

    @SqlFunction(
            value = "left",
            doc = "the first so many characters; a negative number leaves off that many at the end",
            example = "left('abcdef', 2) = 'ab'")
    public static Utf8 left(Utf8 text, int length) {
        int wanted = length < 0 ? Math.max(0, text.characters() + length) : length;
        return text.bytes(0, Characters.skip(text, 0, wanted));
    }

    @SqlFunction(
            value = "right",
            doc = "the last so many characters; a negative number leaves off that many in front",
            example = "right('abcdef', 2) = 'ef'")
    public static Utf8 right(Utf8 text, int length) {
        long skipped = length < 0 ? -(long) length : (long) text.characters() - length;
        return text.bytes(Characters.skip(text, 0, Math.max(0, skipped)), text.length());
    }

    @SqlFunction(
            value = {"concat", "||"},
            signature = "(text...) string",
            doc = "one after the other; null when one is",
            example = "concat('a', 1, 'b') = 'a1b'")
    public static Utf8 concat(Utf8... texts) {
        long size = 0;
        for (Utf8 text : texts) {
            size += text.length();
        }
        byte[] out = new byte[room(size)];
        int end = 0;
        for (Utf8 text : texts) {
            System.arraycopy(text.data(), text.start(), out, end, text.length());
            end += text.length();
        }
        return Utf8.of(out);
    }

    @SqlFunction(
            value = "concat_ws",
            signature = "(string, text...) string",
            takesNull = true,
            doc = "with a separator between; nulls are left out",
            example = "concat_ws('-', 'a', NULL, 'b') = 'a-b'")
    public static Utf8 concatWs(Utf8 separator, Utf8... texts) {
        if (separator == null) {
            return null;
        }
        Utf8 joined = null;
        Utf8[] parts = new Utf8[2 * texts.length];
        int count = 0;
        for (Utf8 text : texts) {
            if (text != null) {
                parts[count++] = separator;
                parts[count++] = text;
            }
        }
        joined = count == 0 ? Utf8.EMPTY : concat(Arrays.copyOfRange(parts, 1, count));
        return joined;
    }

    @SqlFunction(value = "repeat", doc = "so many times", example = "repeat('ab', 3) = 'ababab'")
    public static Utf8 repeat(Utf8 text, int times) {
        byte[] out = new byte[room((long) text.length() * Math.max(0, times))];
        for (int at = 0; at < out.length; at += text.length()) {
            System.arraycopy(text.data(), text.start(), out, at, text.length());
        }
        return Utf8.of(out);
    }

    @SqlFunction(value = "space", doc = "so many blanks", example = "space(3) = '   '")
    public static Utf8 space(int count) {
        return repeat(Characters.BLANK, count);
    }

    @SqlFunction(value = "reverse", doc = "backwards", example = "reverse('aäb') = 'bäa'")
    public static Utf8 reverse(Utf8 text) {
        byte[] out = new byte[text.length()];
        for (int i = 0, next; i < text.length(); i = next) {
            next = Characters.next(text, i);
            System.arraycopy(text.data(), text.start() + i, out, text.length() - next, next - i);
        }
        return Utf8.of(out);
    }

    @SqlFunction(
            value = "initcap",
            doc = "each word with a capital first letter, the rest small",
            example = "initcap('hello wORLD-wide') = 'Hello World-Wide'")
    public static String initcap(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inside = false;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            out.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetterOrDigit(c);
        }
        return out.toString();
    }
}
