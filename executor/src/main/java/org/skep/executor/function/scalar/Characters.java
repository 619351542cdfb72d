package org.skep.executor.function.scalar;

import org.skep.model.data.Utf8;

/** Steps through the characters (code points) of UTF-8 text. */
final class Characters {
    static final Utf8 BLANK = Utf8.of(" ");

    private Characters() {}

    /** Where the character after the one at byte {@code at} begins. */
    static int next(Utf8 text, int at) {
        int next = at + 1;
        while (next < text.length() && (text.byteAt(next) & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    /** Where the character before byte {@code at} begins. */
    static int previous(Utf8 text, int at) {
        int before = at - 1;
        while (before > 0 && (text.byteAt(before) & 0xC0) == 0x80) {
            before--;
        }
        return before;
    }

    /** The byte so many characters after byte {@code from}, or the end. */
    static int skip(Utf8 text, int from, long count) {
        byte[] data = text.data();
        int at = text.start() + from;
        int end = text.start() + text.length();
        for (long left = count; left > 0 && at < end; left--) {
            at++;
            while (at < end && (data[at] & 0xC0) == 0x80) {
                at++;
            }
        }
        return at - text.start();
    }

    /** Characters before byte {@code to}. */
    static int count(Utf8 text, int to) {
        return text.bytes(0, to).characters();
    }
}
