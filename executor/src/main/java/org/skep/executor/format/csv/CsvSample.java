package org.skep.executor.format.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.StoredFile;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.lines.SplitText;
import org.skep.model.file.DataFile;

/** Parts of a file to guess from: its start, and when it is long its middle and end. */
final class CsvSample {
    private static final int HEAD = 256 << 10;
    private static final int WINDOW = 64 << 10;

    private final byte[] head;
    private final boolean whole;
    private final List<byte[]> windows = new ArrayList<>();

    CsvSample(DataFile file, Map<String, String> options, long limit) {
        SplitText text = SplitText.of(file, options);
        int size = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        byte[] buffer = new byte[(int) Math.min(size, Math.max(HEAD, WINDOW))];
        int count = 0;
        boolean ended = false;
        try (ByteSource source = text.open()) {
            while (!ended && count < size) {
                if (count == buffer.length) {
                    buffer = Arrays.copyOf(buffer, (int) Math.min(size, 2L * buffer.length));
                }
                int asked = buffer.length - count;
                int got = source.read(buffer, count, asked);
                count += got;
                ended = got < asked;
            }
        }
        head = Arrays.copyOf(buffer, count);
        whole = ended;
        if (!whole && text.codec() == Codec.NONE && text.isSplittable()) {
            addWindow(file.path(), file.bytes() / 2);
            addWindow(file.path(), file.bytes() - WINDOW);
        }
    }

    static CsvSample of(DataFile file, Map<String, String> options) {
        long rows = CsvDialect.number(options, "sample_size", 0);
        return new CsvSample(file, options, rows < 0 ? Long.MAX_VALUE : HEAD);
    }

    private void addWindow(String path, long at) {
        if (at < head.length) {
            return;
        }
        byte[] window = new byte[WINDOW];
        int count;
        try (ByteSource source = StoredFile.raw(path, at, at + WINDOW)) {
            count = source.read(window, 0, WINDOW);
        }
        int first = LineEnds.find(window, 0, count, (byte) '\n') + 1;
        if (first > 0) {
            windows.add(Arrays.copyOfRange(window, first, count));
        }
    }

    byte[] head() {
        return head;
    }

    /** The records of the start; at most {@code most}. */
    List<List<String>> headRecords(int from, CsvDialect dialect, int most) {
        return records(head, from, head.length, whole, dialect, most);
    }

    /** The records of middle and end, as far as they have {@code width} fields throughout. */
    List<List<String>> laterRecords(CsvDialect dialect, int width) {
        List<List<String>> all = new ArrayList<>();
        for (byte[] window : windows) {
            List<List<String>> some =
                    records(window, 0, window.length, false, dialect, Integer.MAX_VALUE);
            // a window may begin within quotes: then its fields come out wrong
            if (some.stream().allMatch(record -> record.size() == width)) {
                all.addAll(some);
            }
        }
        return all;
    }

    /** The records of some text, without blank lines and comments; a null stands for a null. */
    static List<List<String>> records(
            byte[] bytes, int from, int to, boolean last, CsvDialect dialect, int most) {
        byte[] data = bytes.clone();
        List<List<String>> records = new ArrayList<>();
        CsvIndex index = new CsvIndex(dialect, 256);
        int at = from;
        while (at < to && records.size() < most) {
            index.index(data, at, to, last);
            if (index.records == 0) {
                break;
            }
            for (int r = 0; r < index.records && records.size() < most; r++) {
                List<String> record = record(data, index, r, dialect);
                boolean blank = record.size() == 1 && record.get(0) == null;
                boolean comment = data[index.starts[r]] == dialect.comment();
                if (!blank && (dialect.comment() < 0 || !comment)) {
                    records.add(record);
                }
            }
            at = index.end();
        }
        return records;
    }

    private static List<String> record(byte[] data, CsvIndex index, int r, CsvDialect dialect) {
        List<String> fields = new ArrayList<>();
        int start = index.starts[r];
        int count = index.firsts[r + 1] - index.firsts[r];
        for (int i = 0; i < count; i++) {
            int end = index.ends[index.firsts[r] + i];
            int textEnd = i == count - 1 && end > start && data[end - 1] == '\r' ? end - 1 : end;
            fields.add(field(CsvLayout.text(data, start, textEnd - start), dialect));
            start = end + index.delimiterLength();
        }
        return fields;
    }

    private static String field(String raw, CsvDialect dialect) {
        if (raw.length() > 1 && raw.charAt(0) == dialect.quote()) {
            String quote = String.valueOf((char) dialect.quote());
            String escape = String.valueOf((char) dialect.escape());
            return raw.substring(1, raw.length() - 1).replace(escape + quote, quote);
        }
        boolean isNull =
                raw.isEmpty()
                        || dialect.nullText() != null
                                && raw.equals(
                                        new String(
                                                dialect.nullText(),
                                                java.nio.charset.StandardCharsets.UTF_8));
        return isNull ? null : raw;
    }
}
