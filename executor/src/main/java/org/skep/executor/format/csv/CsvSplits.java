package org.skep.executor.format.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.StoredFile;
import org.skep.executor.format.lines.LineEnds;
import org.skep.model.file.DataFile;
import org.skep.model.file.Split;

/**
 * Cuts an uncompressed CSV file where records begin, although quoted fields may hold line ends:
 * whether a place lies within quotes is told only by all that stands before it. Each chunk of the
 * file is looked at for both cases, chunks in parallel; then one walk over the chunks chooses.
 */
final class CsvSplits {
    private static final int CHUNK = 4 << 20;
    private static final int GROUPS = 16;

    private final String path;
    private final byte[] delimiter;
    private final byte quote;
    private final byte escape;
    private final byte lineEnd;

    /**
     * What a chunk looks like from one of the two states at its start.
     *
     * @param firstRecord where the first record begins at or after the chunk's start; -1 for none
     * @param quotedAtEnd the state at its end
     */
    private record View(long firstRecord, boolean quotedAtEnd) {}

    private record Chunk(View plain, View quoted) {}

    private CsvSplits(String path, CsvDialect dialect) {
        this.path = path;
        this.delimiter = dialect.delimiter();
        this.quote = (byte) dialect.quote();
        this.escape = (byte) dialect.escape();
        this.lineEnd = dialect.lineEnd();
    }

    /**
     * @param begin where the first record begins: behind a byte order mark and skipped lines
     */
    static List<Split> of(DataFile file, CsvDialect dialect, long begin, long splitBytes) {
        return new CsvSplits(file.path(), dialect).cut(file, begin, splitBytes);
    }

    private List<Split> cut(DataFile file, long begin, long splitBytes) {
        long[] bounds = bounds(begin, file.bytes(), Math.min(splitBytes, CHUNK));
        int count = bounds.length - 1;
        Chunk[] chunks = new Chunk[count];
        int groups = Math.min(GROUPS, count);
        IntStream.range(0, groups)
                .parallel()
                .forEach(
                        group -> {
                            Look look = new Look();
                            for (int i = group; i < count; i += groups) {
                                chunks[i] = look.at(bounds[i], bounds[i + 1], i == 0);
                            }
                        });
        List<Split> splits = new ArrayList<>();
        boolean quoted = false;
        long start = 0;
        long due = splitBytes;
        for (int i = 0; i < count; i++) {
            View view = quoted ? chunks[i].quoted : chunks[i].plain;
            long record = view.firstRecord;
            if (record >= due && record < file.bytes()) {
                splits.add(new Split(file, start, record - start, -1));
                start = record;
                due = (record / splitBytes + 1) * splitBytes;
            }
            quoted = view.quotedAtEnd;
        }
        splits.add(new Split(file, start, file.bytes() - start, -1));
        return splits;
    }

    /** Chunk bounds that part neither two quotes nor an escape and what it escapes. */
    private long[] bounds(long begin, long bytes, long step) {
        List<Long> bounds = new ArrayList<>();
        long last = begin;
        bounds.add(begin);
        byte[] around = new byte[64];
        for (long due = step; due < bytes; due += step) {
            long at = Math.max(due, last + 1);
            if (at > due) {
                continue;
            }
            while (at < bytes) {
                int count;
                try (ByteSource source = StoredFile.raw(path, at - 1, at - 1 + around.length)) {
                    count = source.read(around, 0, around.length);
                }
                int i = 1;
                while (i < count && (isSpecial(around[i - 1]) || isSpecial(around[i]))) {
                    i++;
                }
                at += i - 1;
                if (i < count) {
                    bounds.add(at);
                    last = at;
                    break;
                }
            }
        }
        bounds.add(bytes);
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }

    private boolean isSpecial(byte b) {
        return b == quote || b == escape;
    }

    /** Looks at chunks, one after another, into one buffer. */
    private final class Look {
        private byte[] data = new byte[0];

        Chunk at(long from, long to, boolean first) {
            int before = first ? 0 : (int) Math.min(from, delimiter.length);
            int size = Math.toIntExact(to - from + before);
            if (data.length < size) {
                data = new byte[size];
            }
            int end;
            try (ByteSource source = StoredFile.raw(path, from - before, to)) {
                end = source.read(data, 0, size);
            }
            long base = from - before;
            boolean atRecord = first || data[before - 1] == lineEnd;
            if (LineEnds.find(data, before, end, quote) < 0) {
                int line = atRecord ? before - 1 : LineEnds.find(data, before, end, lineEnd);
                long record = atRecord || line >= 0 ? base + line + 1 : -1;
                return new Chunk(new View(record, false), new View(-1, true));
            }
            return new Chunk(
                    walk(base, before, end, false, atRecord), walk(base, before, end, true, false));
        }

        private View walk(long base, int from, int end, boolean startQuoted, boolean atRecord) {
            boolean quoted = startQuoted;
            long record = atRecord ? base + from : -1;
            int at = from;
            while (at < end) {
                if (quoted) {
                    at = closing(at, end);
                    quoted = at < 0;
                    if (quoted) {
                        break;
                    }
                    continue;
                }
                int next = LineEnds.find(data, at, end, quote);
                if (record < 0) {
                    int line = LineEnds.find(data, at, next < 0 ? end : next, lineEnd);
                    record = line < 0 ? -1 : base + line + 1;
                }
                if (next < 0) {
                    break;
                }
                quoted = next == from && atRecord || beginsField(next);
                at = next + 1;
            }
            return new View(record, quoted);
        }

        private boolean beginsField(int at) {
            int length = delimiter.length;
            return at > 0 && data[at - 1] == lineEnd
                    || at >= length && Arrays.equals(data, at - length, at, delimiter, 0, length);
        }

        /** Behind the quote that closes what was open at {@code from}; -1 without one. */
        private int closing(int from, int end) {
            int at = from;
            while (at < end) {
                int next = at;
                if (escape == quote) {
                    next = LineEnds.find(data, at, end, quote);
                    if (next < 0) {
                        return -1;
                    }
                } else {
                    while (next < end && !isSpecial(data[next])) {
                        next++;
                    }
                    if (next == end) {
                        return -1;
                    }
                }
                boolean escapes =
                        data[next] == escape
                                && (escape != quote || next + 1 < end && data[next + 1] == quote);
                if (!escapes) {
                    return next + 1;
                }
                at = next + 2;
            }
            return -1;
        }
    }
}
