package org.skep.executor.format.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.lines.BadRows;
import org.skep.executor.format.lines.LineBatch;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.lines.LineSplits;
import org.skep.executor.format.lines.SplitText;
import org.skep.executor.format.lines.TextSample;
import org.skep.executor.format.value.TextFormats;
import org.skep.executor.format.value.ValueParser;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.file.TableStatistics;
import org.skep.model.plan.PlanNode;
import org.skep.model.settings.Settings;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Web server logs. Option {@code format} is common, combined or auto. Lines of another form are
 * passed over with a warning, unless {@code on_bad_row} is fail.
 */
public final class LogFormat implements FileFormat {
    private static final Set<String> OPTIONS =
            Set.of("format", "compression", "encoding", "charset", "ignore_errors", "on_bad_row");

    private static final Schema COMMON =
            Schema.of(
                    new Field("host", Type.STRING),
                    new Field("ident", Type.STRING),
                    new Field("user", Type.STRING),
                    new Field("time", Type.TIMESTAMP),
                    new Field("request", Type.STRING),
                    new Field("method", Type.STRING),
                    new Field("request_path", Type.STRING),
                    new Field("protocol", Type.STRING),
                    new Field("status", Type.INTEGER),
                    new Field("bytes", Type.BIGINT));
    private static final Schema COMBINED =
            COMMON.concat(
                    Schema.of(
                            new Field("referer", Type.STRING),
                            new Field("user_agent", Type.STRING)));

    @Override
    public String name() {
        return "log";
    }

    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    @Override
    public Inspected inspect(FileSource source, List<DataFile> files, Settings settings) {
        String asked = source.options().getOrDefault("format", "auto").toLowerCase(Locale.ROOT);
        boolean combined =
                switch (asked) {
                    case "common" -> false;
                    case "combined" -> true;
                    case "auto" -> files.stream().anyMatch(f -> isCombined(f, source.options()));
                    default ->
                            throw new QueryException(
                                    ErrorCode.INVALID_ARGUMENT,
                                    "option format cannot be '%s'".formatted(asked),
                                    "format is common, combined or auto");
                };
        Map<String, String> options = new HashMap<>(source.options());
        options.put("format", combined ? "combined" : "common");
        Schema schema = combined ? COMBINED : COMMON;
        if (source.declared() != null) {
            schema = renamed(schema, source.declared());
        }
        FileSource known =
                new FileSource(
                        source.format(),
                        source.paths(),
                        options,
                        source.declared(),
                        source.partitionColumns());
        return new Inspected(schema, known, TableStatistics.UNKNOWN);
    }

    /** Declared columns may have other names, one for each of ours. */
    private static Schema renamed(Schema own, Schema declared) {
        boolean same = declared.types().equals(own.types());
        if (!same) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a log's columns are (%s), not (%s)".formatted(own, declared),
                    "leave the columns out, or use regex for another form");
        }
        return declared;
    }

    /** Whether the first line of known form has more than the common fields. */
    private static boolean isCombined(DataFile file, Map<String, String> options) {
        byte[] head = TextSample.of(file, options).head();
        LogLineParser parser = new LogLineParser();
        int[] starts = new int[COMBINED.size()];
        int[] lengths = new int[COMBINED.size()];
        int at = 0;
        while (at < head.length) {
            int end = LineEnds.find(head, at, head.length, (byte) '\n');
            int to = end < 0 ? head.length : end;
            if (parser.parse(head, at, to - at, starts, lengths)) {
                int bytes = LogLineParser.BYTES;
                int after = starts[bytes] + Math.max(1, lengths[bytes]);
                return LineEnds.find(head, after, to, (byte) '"') >= 0;
            }
            at = to + 1;
        }
        return false;
    }

    @Override
    public List<Split> splits(PlanNode.Scan scan, DataFile file, Settings settings) {
        return LineSplits.of(file, scan.table().source().options(), settings.splitBytes());
    }

    @Override
    public boolean appliesConditions() {
        return false;
    }

    @Override
    public BatchReader open(
            FileTable table, Split split, List<Integer> columns, Wanted wanted, TaskContext task) {
        Map<String, String> options = table.source().options();
        boolean combined = "combined".equals(options.get("format"));
        Schema schema = combined ? COMBINED : COMMON;
        ValueParser[] values = new ValueParser[schema.size()];
        Arrays.setAll(values, i -> ValueParser.of(schema.type(i), TextFormats.ISO));
        values[schema.indexOf("time")] = ValueParser.ofLogTime();
        SplitText text = new SplitText(split, options);
        LineBatch lines = new LineBatch(text, split, task);
        BadRows bad = BadRows.skipping(task, text.path(), options);
        return new FieldReader(
                text.path(), lines, new LogLineParser(), schema, columns, values, bad);
    }
}
