package org.skep.executor.format.text;

import java.nio.file.Path;
import java.util.HashMap;
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
import org.skep.executor.format.lines.Utf8Text;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
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
 * Lines of text: one STRING column {@code line}, without line ends. Written, a row is its columns
 * with tabs between them, nothing quoted; nulls are empty.
 *
 * <p>Options: {@code encoding}; for writing {@code delimiter}, {@code null_value}, {@code header}
 * and {@code compression}.
 */
public final class TextFormat implements FileFormat, WritableFormat {
    private static final Set<String> OPTIONS =
            Set.of(
                    "delimiter",
                    "sep",
                    "delim",
                    "field.delim",
                    "fields_terminated_by",
                    "null_value",
                    "header",
                    "escape",
                    "line_delimiter",
                    "item_delimiter",
                    "key_delimiter",
                    "quote",
                    "single_file",
                    "compression",
                    "encoding",
                    "charset",
                    "ignore_errors",
                    "on_bad_row");

    private static final Schema LINE_SCHEMA = Schema.of(new Field("line", Type.STRING, false));

    @Override
    public String name() {
        return "text";
    }

    @Override
    public List<String> extensions() {
        return List.of("txt", "text");
    }

    @Override
    public Set<String> options() {
        return OPTIONS;
    }

    @Override
    public Inspected inspect(FileSource source, List<DataFile> files, Settings settings) {
        Schema declared = source.declared();
        boolean fits = declared == null || declared.size() == 1 && isString(declared.type(0));
        if (!fits) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "text files have one STRING column, not (%s)".formatted(declared),
                    "use csv with a delimiter, or regex");
        }
        Schema schema = declared == null ? LINE_SCHEMA : declared;
        return new Inspected(schema, source, TableStatistics.UNKNOWN);
    }

    private static boolean isString(Type type) {
        return type.kind() == Type.Kind.STRING;
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
        SplitText text = new SplitText(split, table.source().options());
        return new Reader(columns, new LineBatch(text, split, task));
    }

    @Override
    public String fileEnding(Map<String, String> options) {
        return ".txt" + codec(options).ending();
    }

    private static Codec codec(Map<String, String> options) {
        return Codec.named(options.getOrDefault("compression", "none"));
    }

    @Override
    public FileWriter create(
            Path file, Schema schema, Map<String, String> options, TaskContext task) {
        Map<String, String> all = new HashMap<>(options);
        for (String name : List.of("sep", "delim", "field.delim", "fields_terminated_by")) {
            if (options.containsKey(name)) {
                all.putIfAbsent("delimiter", options.get(name));
            }
        }
        return new TextFileWriter(file, schema, all, codec(options));
    }

    /** Lines as they stand. */
    private static final class Reader implements BatchReader {
        private final List<Integer> columns;
        private final LineBatch lines;

        Reader(List<Integer> columns, LineBatch lines) {
            this.columns = columns;
            this.lines = lines;
        }

        @Override
        public Batch next() {
            int rows = lines.next();
            if (rows == 0) {
                return null;
            }
            Column[] out = new Column[columns.size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = columns.get(i) == LINE ? numbers(rows) : texts(rows);
            }
            return new Batch(rows, out);
        }

        private Column numbers(int rows) {
            return numbered(lines, rows);
        }

        private Column texts(int rows) {
            BytesColumn column =
                    new BytesColumn(
                            Type.STRING, lines.data(), lines.starts(), lines.lengths(), rows, null);
            return lines.isClean() ? column : Utf8Text.repaired(column);
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    /** The numbers of all lines of a batch. */
    static Column numbered(LineBatch lines, int rows) {
        long[] numbers = new long[rows];
        long first = lines.lineNumber(0);
        for (int i = 0; i < rows; i++) {
            numbers[i] = first + i;
        }
        return new LongColumn(Type.BIGINT, numbers, rows, null);
    }
}
