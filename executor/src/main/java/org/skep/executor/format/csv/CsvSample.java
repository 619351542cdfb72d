package org.skep.executor.format.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.lines.TextSample;
import org.skep.model.file.DataFile;

/** Records to guess from. */
final class CsvSample {
    private static final int RECORDS = 2000;

    private final TextSample text;

    private CsvSample(TextSample text) {
        this.text = text;
    }

    static CsvSample of(DataFile file, Map<String, String> options) {
        long rows = CsvDialect.number(options, "sample_size", 0);
        return new CsvSample(
                rows < 0 ? TextSample.whole(file, options) : TextSample.of(file, options));
    }

    byte[] head() {
        return text.head();
    }

    /** The records of a long file's start to guess from are a few thousand; of a short one all. */
    List<List<String>> headRecords(int from, CsvDialect dialect) {
        return headRecords(from, dialect, text.isWhole() ? Integer.MAX_VALUE : RECORDS);
    }

    /** The records of the start; at most {@code most}. */
    List<List<String>> headRecords(int from, CsvDialect dialect, int most) {
        return records(head(), from, head().length, text.isWhole(), dialect, most);
    }

    /** The records of middle and end, as far as they have {@code width} fields throughout. */
    List<List<String>> laterRecords(CsvDialect dialect, int width) {
        List<List<String>> all = new ArrayList<>();
        for (byte[] window : text.windows()) {
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
