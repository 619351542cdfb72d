package org.skep.executor.format.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.Wanted;
import org.skep.executor.format.lines.BadRows;
import org.skep.executor.format.lines.LineBatch;
import org.skep.executor.format.lines.LineSplits;
import org.skep.executor.format.lines.SplitText;
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
 * Lines taken apart by a regular expression, a column for each group. Options: {@code regex} (or
 * Hive's {@code input.regex}), {@code columns} (names and types; else the groups' own names and
 * STRING). The whole line must match; other lines are passed over with a warning, unless {@code
 * on_bad_row} is fail.
 */
public final class RegexFormat implements FileFormat {
    private static final Set<String> OPTIONS =
            Set.of(
                    "regex",
                    "input.regex",
                    "columns",
                    "compression",
                    "encoding",
                    "charset",
                    "ignore_errors",
                    "on_bad_row");

    @Override
    public String name() {
        return "regex";
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
        Pattern pattern = pattern(source.options());
        Schema schema = source.declared();
        if (schema == null && source.options().containsKey("columns")) {
            schema = Schema.parse(source.options().get("columns"));
        }
        if (schema == null) {
            schema = named(pattern);
        }
        if (schema.size() != pattern.groupCount()) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the regex has %d groups for %d columns"
                            .formatted(pattern.groupCount(), schema.size()),
                    "write (?:…) for parentheses that are no column");
        }
        return new Inspected(schema, source, TableStatistics.UNKNOWN);
    }

    private static Schema named(Pattern pattern) {
        String[] names = new String[pattern.groupCount()];
        Arrays.setAll(names, i -> "column" + i);
        pattern.namedGroups().forEach((name, group) -> names[group - 1] = name);
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(new Field(name, Type.STRING));
        }
        return new Schema(fields);
    }

    private static Pattern pattern(Map<String, String> options) {
        String regex = options.getOrDefault("regex", options.get("input.regex"));
        if (regex == null) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "format regex needs option regex",
                    "for example regex = '(\\S+) (\\d+)', columns = 'name STRING, n BIGINT'");
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'%s' is no regular expression: %s".formatted(regex, e.getDescription()),
                    "the syntax is RE2's: no look-around, no back-references");
        }
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
        Schema schema = new Schema(table.schema().fields().subList(0, table.dataColumns()));
        TextFormats formats = TextFormats.of(options);
        ValueParser[] values = new ValueParser[schema.size()];
        Arrays.setAll(values, i -> ValueParser.of(schema.type(i), formats));
        boolean[] textual = new boolean[values.length];
        for (int i = 0; i < textual.length; i++) {
            textual[i] = schema.type(i).kind() == Type.Kind.STRING;
        }
        SplitText text = new SplitText(split, options);
        LineBatch lines = new LineBatch(text, split, task);
        BadRows bad = BadRows.skipping(task, text.path(), options);
        LineParser parser = new Groups(pattern(options), textual);
        return new FieldReader(text.path(), lines, parser, schema, columns, values, bad);
    }

    /** The groups of a match; one that took no part is null, an empty one too unless STRING. */
    private static final class Groups implements LineParser {
        private final Pattern pattern;
        private final boolean[] textual;

        Groups(Pattern pattern, boolean[] textual) {
            this.pattern = pattern;
            this.textual = textual;
        }

        @Override
        public boolean parse(byte[] data, int start, int length, int[] starts, int[] lengths) {
            Matcher matcher = pattern.matcher(Arrays.copyOfRange(data, start, start + length));
            if (!matcher.matches()) {
                return false;
            }
            for (int i = 0; i < starts.length; i++) {
                int from = matcher.start(i + 1);
                int size = matcher.end(i + 1) - from;
                starts[i] = start + Math.max(0, from);
                lengths[i] = from < 0 || size == 0 && !textual[i] ? -1 : size;
            }
            return true;
        }
    }
}
