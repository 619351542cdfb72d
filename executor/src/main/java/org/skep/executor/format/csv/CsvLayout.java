package org.skep.executor.format.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.lines.SplitText;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileTable;

/**
 * What stands where in one file of a table.
 *
 * @param width how many fields a record has
 * @param positions the field of each data column; -1 when the file has no such column
 */
record CsvLayout(
        int width,
        int[] positions,
        boolean hasHeader,
        long skippedLines,
        boolean padsMissing,
        boolean mayEndWithDelimiter) {
    /** Set by the sniffer when the files have different headers: each file's own is looked at. */
    static final String BY_NAME = "columns_by_name";

    private static final int HEAD = 64 << 10;

    static CsvLayout of(FileTable table, SplitText text, CsvDialect dialect) {
        Map<String, String> options = table.source().options();
        List<String> names = table.schema().names().subList(0, table.dataColumns());
        boolean header = CsvDialect.flag(options, "header");
        long skip = CsvDialect.number(options, "skip", 0);
        int[] positions = new int[names.size()];
        int width = names.size();
        if (CsvDialect.flag(options, BY_NAME)) {
            List<String> own = header(text.path(), options, dialect);
            width = own.size();
            for (int i = 0; i < positions.length; i++) {
                positions[i] = indexOf(own, names.get(i));
            }
        } else {
            for (int i = 0; i < positions.length; i++) {
                positions[i] = i;
            }
        }
        return new CsvLayout(
                width, positions, header, skip, CsvDialect.flag(options, "null_padding"), true);
    }

    int positionOf(int column) {
        return positions[column];
    }

    private static int indexOf(List<String> names, String name) {
        int exact = names.indexOf(name);
        for (int i = 0; exact < 0 && i < names.size(); i++) {
            exact = names.get(i).equalsIgnoreCase(name) ? i : -1;
        }
        return exact;
    }

    /** The column names of a file's header record. */
    static List<String> header(String path, Map<String, String> options, CsvDialect dialect) {
        DataFile file = new DataFile(path, Long.MAX_VALUE, 0, List.of());
        byte[] head = new byte[HEAD];
        int count;
        try (ByteSource source = SplitText.of(file, options).open()) {
            count = source.read(head, 0, head.length);
        }
        int from = 0;
        for (long i = CsvDialect.number(options, "skip", 0); i > 0; i--) {
            int end = LineEnds.find(head, from, count, dialect.lineEnd());
            from = end < 0 ? count : end + 1;
        }
        List<List<String>> records = CsvSample.records(head, from, count, true, dialect, 1);
        return records.isEmpty() ? List.of() : names(records.get(0));
    }

    /** Column names from the fields of a header: none empty, none twice. */
    static List<String> names(List<String> fields) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String plain = fields.get(i) == null ? "" : fields.get(i).strip();
            String name = plain.isEmpty() ? "column" + i : plain;
            String unique = name;
            for (int n = 1; indexOf(names, unique) >= 0; n++) {
                unique = name + "_" + n;
            }
            names.add(unique);
        }
        return names;
    }

    static String text(byte[] data, int start, int length) {
        return new String(data, start, length, StandardCharsets.UTF_8);
    }
}
