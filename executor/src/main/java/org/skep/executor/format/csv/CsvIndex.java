package org.skep.executor.format.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.skep.executor.format.lines.LineEnds;

/**
 * Where the records and fields of a stretch of CSV begin and end. It looks at eight bytes at a time
 * and touches single bytes only around quotes and at the very end; nothing is converted.
 *
 * <p>A quote has a meaning only where a field begins, or within a field that began with one.
 */
final class CsvIndex {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_7 = 0x7F7F7F7F7F7F7F7FL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    /** The end of every field, in order; the next one begins behind the delimiter. */
    int[] ends = new int[4096];

    /** Where each record begins; one more than there are records. */
    final int[] starts;

    /** The number of each record's first field; one more than there are records. */
    final int[] firsts;

    /** How many complete records there are. */
    int records;

    /** Whether all bytes looked at are ASCII. */
    boolean ascii;

    private final int most;
    private final byte[] delimiter;
    private final int quote;
    private final int escape;
    private final byte lineEnd;

    private byte[] data;
    private int to;
    private boolean last;
    private int fields;

    /** Records in which text follows a closing quote, or whose quote is not closed. */
    private int[] malformed = new int[0];

    private int malformedCount;

    CsvIndex(CsvDialect dialect, int most) {
        this.most = most;
        this.starts = new int[most + 1];
        this.firsts = new int[most + 1];
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quote();
        this.escape = dialect.escape();
        this.lineEnd = dialect.lineEnd();
    }

    int delimiterLength() {
        return delimiter.length;
    }

    /** Where the first record begins that was not complete, or not looked at. */
    int end() {
        return starts[records];
    }

    boolean isMalformed(int record) {
        for (int i = 0; i < malformedCount; i++) {
            if (malformed[i] == record) {
                return true;
            }
        }
        return false;
    }

    boolean anyMalformed() {
        return malformedCount > 0;
    }

    /**
     * Looks at the bytes from {@code start} to before {@code end}, until there are as many records
     * as this holds.
     *
     * @param isLast whether no bytes follow, so that the last record needs no line end
     */
    void index(byte[] bytes, int start, int end, boolean isLast) {
        data = bytes;
        to = end;
        last = isLast;
        records = 0;
        fields = 0;
        starts[0] = start;
        firsts[0] = 0;
        malformedCount = 0;
        ascii = true;
        int at = start;
        if (delimiter.length == 1) {
            at = scanWords(start);
        }
        if (at >= 0) {
            at = scanBytes(at);
        }
        boolean unclosed = at < 0;
        if (last && records < most && starts[records] < to) {
            if (unclosed) {
                addMalformed();
            }
            endField(to);
            endRecord(to);
        }
    }

    /** Goes on from {@code start} by words; gives where it stopped, -1 within quotes. */
    private int scanWords(int start) {
        byte[] bytes = data;
        int[] out = ends;
        long delimiters = ONES * (delimiter[0] & 0xFF);
        long lineEnds = ONES * (lineEnd & 0xFF);
        long quotes = quote < 0 ? lineEnds : ONES * quote;
        long quoting = quote < 0 ? 0 : -1L;
        int n = fields;
        int i = start;
        long high = 0;
        while (i + 8 <= to && records < most) {
            if (n + 9 > out.length) {
                out = ends = Arrays.copyOf(out, 2 * out.length);
            }
            long word = (long) LONGS.get(bytes, i);
            high |= word;
            long d = word ^ delimiters;
            long e = word ^ lineEnds;
            long q = word ^ quotes;
            // the high bit of each byte is set where the byte is the one looked for
            d = ~(((d & LOW_7) + LOW_7) | d | LOW_7);
            e = ~(((e & LOW_7) + LOW_7) | e | LOW_7);
            q = ~(((q & LOW_7) + LOW_7) | q | LOW_7) & quoting;
            long before = q == 0 ? -1L : (q & -q) - 1;
            e &= before;
            long m = (d | e) & before;
            int count = Long.bitCount(m);
            long rest = m;
            out[n] = i + (Long.numberOfTrailingZeros(rest) >>> 3);
            rest &= rest - 1;
            out[n + 1] = i + (Long.numberOfTrailingZeros(rest) >>> 3);
            rest &= rest - 1;
            out[n + 2] = i + (Long.numberOfTrailingZeros(rest) >>> 3);
            rest &= rest - 1;
            for (int k = n + 3; rest != 0; k++, rest &= rest - 1) {
                out[k] = i + (Long.numberOfTrailingZeros(rest) >>> 3);
            }
            while (e != 0 && records < most) {
                long lowest = e & -e;
                records++;
                starts[records] = i + (Long.numberOfTrailingZeros(e) >>> 3) + 1;
                firsts[records] = n + Long.bitCount(m & (lowest - 1)) + 1;
                e &= e - 1;
            }
            n += count;
            if (q == 0) {
                i += 8;
                continue;
            }
            if (records == most) {
                break;
            }
            fields = n;
            i = passQuote(i + (Long.numberOfTrailingZeros(q) >>> 3));
            if (i < 0) {
                break;
            }
        }
        ascii &= (high & HIGH) == 0;
        fields = records == most ? firsts[most] : n;
        return i;
    }

    /** Goes on from {@code start} by bytes. */
    private int scanBytes(int start) {
        byte[] bytes = data;
        int i = start;
        while (i < to && records < most) {
            byte b = bytes[i];
            ascii &= b >= 0;
            if (b == quote) {
                i = passQuote(i);
                if (i < 0) {
                    return -1;
                }
            } else if (b == lineEnd) {
                endField(i);
                endRecord(i + 1);
                i++;
            } else if (isDelimiter(i)) {
                endField(i);
                i += delimiter.length;
            } else {
                i++;
            }
        }
        return i;
    }

    private boolean isDelimiter(int at) {
        int length = delimiter.length;
        return data[at] == delimiter[0]
                && (length == 1
                        || at + length <= to
                                && Arrays.equals(data, at, at + length, delimiter, 0, length));
    }

    private void endField(int at) {
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        ends[fields++] = at;
    }

    private void endRecord(int next) {
        records++;
        starts[records] = next;
        firsts[records] = fields;
    }

    /**
     * Passes over a quote, and if a field begins with it, over all that is quoted.
     *
     * @return where to go on; -1 when the closing quote is not among these bytes
     */
    private int passQuote(int at) {
        int fieldStart =
                fields == firsts[records] ? starts[records] : ends[fields - 1] + delimiter.length;
        if (at != fieldStart) {
            return at + 1;
        }
        int i = at + 1;
        while (true) {
            i = nextQuoteOrEscape(i);
            if (i < 0) {
                return -1;
            }
            if (data[i] == escape && (escape != quote || i + 1 < to && data[i + 1] == quote)) {
                i += 2;
                continue;
            }
            if (i + 1 == to && !last) {
                return -1; // whether it closes is told by the byte that follows
            }
            int next = i + 1;
            if (next < to && !endsField(next)) {
                addMalformed();
            }
            noteEncoding(at, next);
            return next;
        }
    }

    private int nextQuoteOrEscape(int from) {
        if (from >= to) {
            return -1;
        }
        if (escape == quote) {
            return LineEnds.find(data, from, to, (byte) quote);
        }
        for (int i = from; i < to; i++) {
            if (data[i] == quote || data[i] == escape) {
                return i;
            }
        }
        return -1;
    }

    private boolean endsField(int at) {
        byte b = data[at];
        return b == lineEnd
                || isDelimiter(at)
                || b == '\r' && (at + 1 == to || data[at + 1] == lineEnd);
    }

    private void noteEncoding(int from, int end) {
        for (int i = from; ascii && i < end; i++) {
            ascii = data[i] >= 0;
        }
    }

    private void addMalformed() {
        if (malformedCount == malformed.length) {
            malformed = Arrays.copyOf(malformed, Math.max(8, 2 * malformedCount));
        }
        malformed[malformedCount++] = records;
    }
}
