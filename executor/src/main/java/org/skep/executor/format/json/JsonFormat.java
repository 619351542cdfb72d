package org.skep.executor.format.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.FileWriter;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.WritableFormat;
import org.skep.executor.format.codec.Codec;
import org.skep.executor.format.lines.LineBatch;
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
 * JSON objects: one a line, in an array, or one after another over any lines.
 *
 * <p>Options: {@code columns} (names and types), {@code layout} (lines, documents, auto), {@code
 * encoding}, {@code dateformat}, {@code timestampformat}, {@code ignore_errors}, {@code
 * on_bad_row}; for writing {@code compression}. Written is one object a line.
 */
public final class JsonFormat implements FileFormat, WritableFormat {
    private static final Set<String> OPTIONS =
            Set.of(
                    "columns",
                    "layout",
                    "sample_size",
                    "dateformat",
                    "timestampformat",
                    "single_file",
                    "compression",
                    "encoding",
                    "charset",
                    "ignore_errors",
                    "on_bad_row");

    @Override
    public String name() {
        return "json";
    }

    @Override
    public List<String> extensions() {
        return List.of("json", "jsonl", "ndjson", "geojson");
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    @Override
    public Inspected inspect(FileSource source, List<DataFile> files, Settings settings) {
        return new JsonSniffer(source, files).inspect();
    }

    @Override
    public List<Split> splits(PlanNode.Scan scan, DataFile file, Settings settings) {
        Map<String, String> options = scan.table().source().options();
        return isLines(options)
                ? LineSplits.of(file, options, settings.splitBytes())
                : LineSplits.whole(file);
    }

    private static boolean isLines(Map<String, String> options) {
        return JsonSniffer.LINES.equals(options.get(JsonSniffer.LAYOUT));
    }

    @Override
    public boolean appliesConditions() {
        return false;
    }

    @Override
    public BatchReader open(
            FileTable table, Split split, List<Integer> columns, Wanted wanted, TaskContext task) {
        Map<String, String> options = table.source().options();
        SplitText text = new SplitText(split, options);
        Records records =
                isLines(options)
                        ? new LineRecords(new LineBatch(text, split, task))
                        : new DocumentRecords(text, split, task);
        return new JsonReader(table, text.path(), records, columns, task);
    }

    @Override
    public String fileEnding(Map<String, String> options) {
        return ".json" + codec(options).ending();
    }

    private static Codec codec(Map<String, String> options) {
        return Codec.named(options.getOrDefault("compression", "none"));
    }

    @Override
    public FileWriter create(
            Path file, Schema schema, Map<String, String> options, TaskContext task) {
        return new JsonWriter(file, schema, codec(options));
    }
}
