package org.skep.executor.format.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A place in JSON text held as bytes (RFC 8259). It moves over values without making anything of
 * them; numbers are taken as they come. Used by one thread.
 */
public final class JsonCursor {
    /** How deep values may be nested. */
    public static final int MAX_DEPTH = 200;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_7 = 0x7F7F7F7F7F7F7F7FL;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;

    private byte[] data;
    private int at;
    private int end;

    /** Where {@link #string} left off: the text between the quotes, and whether it has escapes. */
    private int stringStart;

    private int stringEnd;
    private boolean escaped;

    /** Goes to the start of {@code length} bytes. */
    public JsonCursor over(byte[] bytes, int start, int length) {
        data = bytes;
        at = start;
        end = start + length;
        return this;
    }

    public int position() {
        return at;
    }

    public void moveTo(int position) {
        at = position;
    }

    public byte[] data() {
        return data;
    }

    public int stringStart() {
        return stringStart;
    }

    public int stringLength() {
        return stringEnd - stringStart;
    }

    public boolean stringIsEscaped() {
        return escaped;
    }

    public boolean atEnd() {
        skipSpace();
        return at >= end;
    }

    /** The next byte that is no space, without moving past it; -1 at the end. */
    public int peek() {
        skipSpace();
        return at < end ? data[at] : -1;
    }

    /** Moves past {@code c} if it comes next. */
    public boolean take(char c) {
        skipSpace();
        if (at < end && data[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    public void expect(char c) {
        if (!take(c)) {
            throw new JsonSyntaxException(
                    at,
                    at >= end
                            ? "the text ends where '%s' is due".formatted(c)
                            : "'%s' is due".formatted(c));
        }
    }

    /** Moves over a string; its text is then at {@link #stringStart}. */
    public void string() {
        expect('"');
        stringStart = at;
        escaped = false;
        byte[] bytes = data;
        int i = at;
        while (true) {
            while (i + 8 <= end) {
                long word = (long) LONGS.get(bytes, i);
                long q = word ^ QUOTES;
                long b = word ^ BACKSLASHES;
                long none = (((q & LOW_7) + LOW_7) | q) & (((b & LOW_7) + LOW_7) | b);
                long found = ~(none | LOW_7);
                if (found != 0) {
                    i += Long.numberOfTrailingZeros(found) >>> 3;
                    break;
                }
                i += 8;
            }
            while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
                i++;
            }
            if (i >= end) {
                at = end;
                throw new JsonSyntaxException(stringStart - 1, "a string without end");
            }
            if (bytes[i] == '"') {
                stringEnd = i;
                at = i + 1;
                return;
            }
            escaped = true;
            i += 2;
        }
    }

    /** Moves over the next value, whatever it is. */
    public void skipValue() {
        int first = peek();
        switch (first) {
            case '"' -> string();
            case '{', '[' -> skipNested();
            default -> skipScalar();
        }
    }

    private void skipScalar() {
        int start = at;
        while (at < end && isScalar(data[at])) {
            at++;
        }
        if (at == start) {
            throw new JsonSyntaxException(
                    at, at >= end ? "the text ends where a value is due" : "a value is due");
        }
    }

    private static boolean isScalar(byte b) {
        return b >= '0' && b <= '9'
                || b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b == '-'
                || b == '+'
                || b == '.';
    }

    private void skipNested() {
        int start = at;
        int depth = 0;
        while (at < end) {
            byte b = data[at];
            if (b == '"') {
                string();
                continue;
            }
            at++;
            if (b == '{' || b == '[') {
                if (++depth > MAX_DEPTH) {
                    throw new JsonSyntaxException(
                            at, "values nested more than %d deep".formatted(MAX_DEPTH));
                }
            } else if (b == '}' || b == ']') {
                if (--depth == 0) {
                    return;
                }
            }
        }
        throw new JsonSyntaxException(start, "a '%s' without end".formatted((char) data[start]));
    }

    private void skipSpace() {
        int i = at;
        while (i < end && data[i] <= ' ' && data[i] >= 0) {
            i++;
        }
        at = i;
    }

    /**
     * Undoes the escapes of a string where it stands: what they stand for is never longer. The
     * bytes belong to a row not handed out yet.
     *
     * @return the length of the text
     */
    public static int unescape(byte[] data, int start, int length) {
        int out = start;
        int end = start + length;
        for (int i = start; i < end; ) {
            byte b = data[i++];
            if (b != '\\' || i >= end) {
                data[out++] = b;
                continue;
            }
            byte e = data[i++];
            switch (e) {
                case 'n' -> data[out++] = '\n';
                case 't' -> data[out++] = '\t';
                case 'r' -> data[out++] = '\r';
                case 'b' -> data[out++] = '\b';
                case 'f' -> data[out++] = '\f';
                case 'u' -> {
                    int c = hex(data, i, end);
                    i += 4;
                    if (Character.isHighSurrogate((char) c)
                            && i + 6 <= end
                            && data[i] == '\\'
                            && data[i + 1] == 'u') {
                        int low = hex(data, i + 2, end);
                        if (Character.isLowSurrogate((char) low)) {
                            c = Character.toCodePoint((char) c, (char) low);
                            i += 6;
                        }
                    }
                    boolean lone = c >= 0xD800 && c <= 0xDFFF;
                    out = utf8(data, out, lone ? 0xFFFD : c);
                }
                default -> data[out++] = e;
            }
        }
        return out - start;
    }

    private static int hex(byte[] data, int from, int end) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < end ? Character.digit(data[i], 16) : -1;
            if (digit < 0) {
                throw new JsonSyntaxException(from, "an escape \\u without four digits");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static int utf8(byte[] data, int at, int c) {
        int out = at;
        if (c < 0x80) {
            data[out++] = (byte) c;
        } else if (c < 0x800) {
            data[out++] = (byte) (0xC0 | c >> 6);
            data[out++] = (byte) (0x80 | c & 0x3F);
        } else if (c < 0x10000) {
            data[out++] = (byte) (0xE0 | c >> 12);
            data[out++] = (byte) (0x80 | c >> 6 & 0x3F);
            data[out++] = (byte) (0x80 | c & 0x3F);
        } else {
            data[out++] = (byte) (0xF0 | c >> 18);
            data[out++] = (byte) (0x80 | c >> 12 & 0x3F);
            data[out++] = (byte) (0x80 | c >> 6 & 0x3F);
            data[out++] = (byte) (0x80 | c & 0x3F);
        }
        return out;
    }
}
