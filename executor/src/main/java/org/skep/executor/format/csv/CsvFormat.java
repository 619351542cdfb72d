package org.skep.executor.format.csv;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.format.codec.ByteSource;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.codec.StoredFile;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.lines.LineSplits;
import org.skep.executor.format.lines.SplitText;
import org.skep.executor.task.TaskContext;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Schema;

/**
 * Text with fields between delimiters (RFC 4180 and its relatives).
 *
 * <p>Options: {@code delimiter} (also {@code sep}, {@code delim}; one character or several, {@code
 * \t}, {@code \001}), {@code quote}, {@code escape}, {@code header} (true, false, auto), {@code
 * null_value} (also {@code nullstr}), {@code encoding}, {@code columns} (names and types), {@code
 * comment}, {@code skip} lines, {@code dateformat}, {@code timestampformat}, {@code all_varchar},
 * {@code ignore_errors}, {@code on_bad_row}, {@code split} (false: each file in one task), {@code
 * null_padding}, {@code sample_size} in rows (-1 for all), {@code compression} for writing. An
 * empty field without quotes is null; with quotes it is an empty STRING.
 */
public final class CsvFormat implements FileFormat, WritableFormat {
    private static final Set<String> OPTIONS =
            Set.of(
                    "delimiter",
                    "sep",
                    "delim",
                    "separator",
                    "field.delim",
                    "fields_terminated_by",
                    "quote",
                    "quotechar",
                    "escape",
                    "escapechar",
                    "comment",
                    "newline",
                    "new_line",
                    "line_delimiter",
                    "item_delimiter",
                    "key_delimiter",
                    "null_value",
                    "nullstr",
                    "nullvalue",
                    "null",
                    "header",
                    "skip",
                    "skip_rows",
                    "skiprows",
                    "null_padding",
                    "columns",
                    "columns_by_name",
                    "sample_size",
                    "all_varchar",
                    "split",
                    "dateformat",
                    "date_format",
                    "timestampformat",
                    "timestamp_format",
                    "single_file",
                    "compression",
                    "encoding",
                    "charset",
                    "ignore_errors",
                    "on_bad_row");

    private static final int KEPT = 200;
    private static final int HEAD = 1 << 20;
    private static final int FEW = 10_000;

    private record SplitKey(DataFile file, String options, long splitBytes) {}

    private final Map<SplitKey, List<Split>> splits =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<SplitKey, List<Split>> eldest) {
                    return size() > KEPT;
                }
            };

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public List<String> extensions() {
        return List.of("csv", "tsv", "psv", "tbl", "tab");
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    @Override
    public Inspected inspect(FileSource source, List<DataFile> files, Settings settings) {
        return new CsvSniffer(source, files).inspect();
    }

    @Override
    public List<Split> splits(PlanNode.Scan scan, DataFile file, Settings settings) {
        Map<String, String> options = scan.table().source().options();
        long splitBytes = settings.splitBytes();
        // few rows are wanted: to look through the file for good places to cut is not worth it
        boolean few = scan.limit() >= 0 && scan.limit() <= FEW && scan.conditions().isEmpty();
        boolean oneSplit =
                few || options.containsKey("split") && !CsvDialect.flag(options, "split");
        if (oneSplit || file.bytes() <= Math.max(1, splitBytes / 8)) {
            return LineSplits.whole(file);
        }
        SplitText text = SplitText.of(file, options);
        CsvDialect dialect = CsvDialect.of(options);
        if (text.codec() == Codec.BZIP2) {
            return mayCutBzip2(scan, text, dialect)
                    ? LineSplits.of(file, options, splitBytes)
                    : LineSplits.whole(file);
        }
        if (file.bytes() <= splitBytes || !text.isSplittable()) {
            return LineSplits.whole(file);
        }
        if (dialect.quote() < 0 && dialect.lineEnd() == '\n') {
            return LineSplits.of(file, options, splitBytes);
        }
        SplitKey key = new SplitKey(file, options.toString(), splitBytes);
        synchronized (splits) {
            List<Split> known = splits.get(key);
            if (known != null) {
                return known;
            }
        }
        long begin = begin(file, options, dialect);
        List<Split> cut =
                begin < 0 ? LineSplits.whole(file) : CsvSplits.of(file, dialect, begin, splitBytes);
        synchronized (splits) {
            splits.put(key, cut);
        }
        return cut;
    }

    /**
     * A bzip2 file is cut at line ends without a look at what stands before. So only when no quote
     * is in sight; if one turns up later around a line end, the reader says so.
     */
    private static boolean mayCutBzip2(PlanNode.Scan scan, SplitText text, CsvDialect dialect) {
        int line = scan.table().schema().size() + 1;
        if (scan.columns().contains(line)
                || dialect.lineEnd() != '\n'
                || CsvDialect.number(scan.table().source().options(), "skip", 0) > 0) {
            return false;
        }
        if (dialect.quote() < 0) {
            return true;
        }
        byte[] head = new byte[HEAD];
        try (ByteSource source = text.open()) {
            int count = source.read(head, 0, head.length);
            return LineEnds.find(head, 0, count, (byte) dialect.quote()) < 0;
        }
    }

    /** Behind a byte order mark and skipped lines; -1 when that is far into the file. */
    private static long begin(DataFile file, Map<String, String> options, CsvDialect dialect) {
        byte[] head = new byte[(int) Math.min(HEAD, file.bytes())];
        int count;
        try (ByteSource source = StoredFile.raw(file.path(), 0, head.length)) {
            count = source.read(head, 0, head.length);
        }
        boolean marked = count >= 3 && (head[0] & 0xFF) == 0xEF && (head[1] & 0xFF) == 0xBB;
        int at = marked ? 3 : 0;
        for (long i = CsvDialect.number(options, "skip", 0); i > 0; i--) {
            int end = LineEnds.find(head, at, count, dialect.lineEnd());
            if (end < 0) {
                return -1;
            }
            at = end + 1;
        }
        return at;
    }

    @Override
    public boolean appliesConditions() {
        return false;
    }

    @Override
    public BatchReader open(
            FileTable table, Split split, List<Integer> columns, Wanted wanted, TaskContext task) {
        return new CsvReader(table, split, columns, task);
    }

    @Override
    public String fileEnding(Map<String, String> options) {
        boolean tabs = "\t".equals(options.get("delimiter"));
        return (tabs ? ".tsv" : ".csv") + codec(options).ending();
    }

    static Codec codec(Map<String, String> options) {
        return Codec.named(options.getOrDefault("compression", "none"));
    }

    @Override
    public FileWriter create(
            Path file, Schema schema, Map<String, String> options, TaskContext task) {
        return new CsvWriter(file, schema, CsvDialect.normal(options), codec(options));
    }
}
