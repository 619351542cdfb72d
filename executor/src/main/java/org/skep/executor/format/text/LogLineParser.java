package org.skep.executor.format.text;

import org.skep.executor.format.lines.LineEnds;

/**
 * A line of a web server's log, in the Common Log Format and what Apache calls combined:
 *
 * <pre>host ident user [time] "request" status bytes "referer" "user agent"</pre>
 *
 * <p>A dash is a null. The last two may be missing.
 */
final class LogLineParser implements LineParser {
    static final int REQUEST = 4;
    static final int STATUS = 8;
    static final int BYTES = 9;
    static final int REFERER = 10;
    static final int AGENT = 11;

    private byte[] data;
    private int at;
    private int end;

    @Override
    public boolean parse(byte[] bytes, int start, int length, int[] starts, int[] lengths) {
        data = bytes;
        at = start;
        end = start + length;
        boolean found =
                word(0, starts, lengths)
                        && word(1, starts, lengths)
                        && word(2, starts, lengths)
                        && bracketed(3, starts, lengths)
                        && quoted(REQUEST, starts, lengths)
                        && word(STATUS, starts, lengths)
                        && isNumber(STATUS, starts, lengths)
                        && word(BYTES, starts, lengths)
                        && isNumber(BYTES, starts, lengths);
        if (!found) {
            return false;
        }
        request(starts, lengths);
        if (starts.length > REFERER) {
            lengths[REFERER] = -1;
            lengths[AGENT] = -1;
            if (quoted(REFERER, starts, lengths)) {
                quoted(AGENT, starts, lengths);
            }
        }
        return true;
    }

    private boolean word(int field, int[] starts, int[] lengths) {
        int space = LineEnds.find(data, at, end, (byte) ' ');
        int to = space < 0 ? end : space;
        boolean found = to > at;
        set(field, at, to, starts, lengths);
        at = Math.min(end, to + 1);
        return found;
    }

    private boolean isNumber(int field, int[] starts, int[] lengths) {
        int length = lengths[field];
        for (int i = starts[field]; i < starts[field] + length; i++) {
            if (data[i] < '0' || data[i] > '9') {
                return false;
            }
        }
        return length <= 18;
    }

    private boolean bracketed(int field, int[] starts, int[] lengths) {
        if (at >= end || data[at] != '[') {
            return false;
        }
        int close = LineEnds.find(data, at, end, (byte) ']');
        if (close < 0) {
            return false;
        }
        set(field, at + 1, close, starts, lengths);
        at = Math.min(end, close + 2);
        return close > starts[field];
    }

    private boolean quoted(int field, int[] starts, int[] lengths) {
        if (at >= end || data[at] != '"') {
            return false;
        }
        int close = closingQuote();
        if (close < 0) {
            return false;
        }
        set(field, at + 1, close, starts, lengths);
        at = Math.min(end, close + 2);
        return true;
    }

    /** Where the quoted text that begins here ends; a backslash hides what follows it. */
    private int closingQuote() {
        int close = LineEnds.find(data, at + 1, end, (byte) '"');
        if (close < 0 || LineEnds.find(data, at + 1, close, (byte) '\\') < 0) {
            return close;
        }
        close = at + 1;
        while (close < end && data[close] != '"') {
            close += data[close] == '\\' ? 2 : 1;
        }
        return close < end ? close : -1;
    }

    private void set(int field, int from, int to, int[] starts, int[] lengths) {
        starts[field] = from;
        boolean dash = to - from == 1 && data[from] == '-';
        lengths[field] = dash ? -1 : to - from;
    }

    /** Method, path and protocol; a request that has not these parts leaves them null. */
    private void request(int[] starts, int[] lengths) {
        int from = starts[REQUEST];
        int to = from + lengths[REQUEST];
        for (int i = REQUEST + 1; i < STATUS; i++) {
            starts[i] = from;
            lengths[i] = -1;
        }
        int first = lengths[REQUEST] < 0 ? -1 : LineEnds.find(data, from, to, (byte) ' ');
        if (first <= from) {
            return;
        }
        int last = to;
        for (int i = to - 1; i > first; i--) {
            if (data[i] == ' ') {
                last = i;
                break;
            }
        }
        boolean versioned = last < to - 5 && data[last + 1] == 'H' && data[last + 5] == '/';
        int pathEnd = versioned ? last : to;
        starts[REQUEST + 1] = from;
        lengths[REQUEST + 1] = first - from;
        starts[REQUEST + 2] = first + 1;
        lengths[REQUEST + 2] = Math.max(0, pathEnd - first - 1);
        if (versioned) {
            starts[REQUEST + 3] = last + 1;
            lengths[REQUEST + 3] = to - last - 1;
        }
    }
}
