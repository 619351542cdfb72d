package org.skep.executor.format.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.skep.executor.format.FileFormat.Inspected;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.lines.TextSample;
import org.skep.executor.format.value.JsonCursor;
import org.skep.executor.format.value.JsonSyntaxException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.DataFile;
import org.skep.model.file.FileSource;
import org.skep.model.file.TableStatistics;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Guesses how records are laid out, and their columns. */
final class JsonSniffer {
    /** Each record on a line of its own, or anyhow. */
    static final String LAYOUT = "layout";

    static final String LINES = "lines";
    static final String DOCUMENTS = "documents";

    /** Before a column's name: the member it stands for, when that has another name. */
    private static final String KEY = "key.";

    private static final int SAMPLED_FILES = 10;

    private final FileSource source;
    private final List<DataFile> files;
    private final Map<String, String> options;
    private final JsonShape shape = new JsonShape(0);
    private boolean lines = true;

    JsonSniffer(FileSource source, List<DataFile> files) {
        this.source = source;
        this.files = files;
        this.options = new HashMap<>(source.options());
    }

    /** The name of the member that a column stands for. */
    static String key(Map<String, String> options, String column) {
        return options.getOrDefault(KEY + column, column);
    }

    Inspected inspect() {
        Schema declared = source.declared();
        if (declared == null && options.containsKey("columns")) {
            declared = Schema.parse(options.get("columns"));
        }
        int step = Math.max(1, files.size() / SAMPLED_FILES);
        boolean any = false;
        for (int i = 0; i < files.size(); i++) {
            DataFile file = files.get(i);
            if (file.bytes() > 0 && (i % step == 0 || !any)) {
                any |= look(file);
            }
        }
        String layout = options.get(LAYOUT);
        if (layout == null || layout.equalsIgnoreCase("auto")) {
            options.put(LAYOUT, lines ? LINES : DOCUMENTS);
        } else if (!layout.equals(LINES) && !layout.equals(DOCUMENTS)) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option layout cannot be '%s'".formatted(layout),
                    "layout is lines (a record on each), documents or auto");
        }
        if (!any && declared == null) {
            throw new QueryException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'%s' has no JSON objects: it has no columns".formatted(files.get(0).path()),
                    "name its columns with option columns, such as 'id BIGINT, name STRING'");
        }
        Schema schema = declared == null ? schema() : declared;
        FileSource known =
                new FileSource(
                        source.format(),
                        source.paths(),
                        options,
                        declared,
                        source.partitionColumns());
        return new Inspected(schema, known, TableStatistics.UNKNOWN);
    }

    /** Takes in a sample of a file; whether it holds any objects. */
    private boolean look(DataFile file) {
        TextSample sample = TextSample.of(file, options);
        byte[] head = sample.head();
        JsonCursor cursor = new JsonCursor().over(head, 0, head.length);
        int first = cursor.peek();
        if (first < 0) {
            return false;
        }
        if (!isLines(head, cursor.position())) {
            lines = false;
        }
        boolean array = cursor.take('[');
        boolean any = addAll(cursor, file, sample.isWhole());
        if (!array && lines) {
            for (byte[] window : sample.windows()) {
                addAll(cursor.over(window, 0, window.length), file, false);
            }
        }
        return any;
    }

    /** Whether the first line that is not blank holds one whole value and nothing else. */
    private static boolean isLines(byte[] head, int start) {
        int end = LineEnds.find(head, start, head.length, (byte) '\n');
        JsonCursor line = new JsonCursor().over(head, start, (end < 0 ? head.length : end) - start);
        if (line.peek() != '{') {
            return false;
        }
        try {
            line.skipValue();
            return line.atEnd();
        } catch (JsonSyntaxException e) {
            return false;
        }
    }

    private boolean addAll(JsonCursor cursor, DataFile file, boolean whole) {
        boolean any = false;
        while (true) {
            while (cursor.take(',') || cursor.take(']') || cursor.take('[')) {
                // what stands between the records of an array
            }
            if (cursor.atEnd()) {
                return any;
            }
            int start = cursor.position();
            try {
                boolean object = cursor.peek() == '{';
                cursor.skipValue(); // a record that the sample cuts adds nothing
                if (object) {
                    int end = cursor.position();
                    cursor.moveTo(start);
                    shape.add(cursor);
                    cursor.moveTo(end);
                    any = true;
                }
            } catch (JsonSyntaxException e) {
                if (!any && whole && lines) {
                    throw new QueryException(
                            ErrorCode.BAD_ROW,
                            "'%s' is not JSON: %s".formatted(file.path(), e.getMessage()),
                            "name another format, for example text.`…`");
                }
                if (!nextLine(cursor, start)) {
                    return any;
                }
            }
        }
    }

    private static boolean nextLine(JsonCursor cursor, int from) {
        int at = from;
        byte[] data = cursor.data();
        while (at < data.length && data[at] != '\n') {
            at++;
        }
        cursor.over(
                data, Math.min(at + 1, data.length), data.length - Math.min(at + 1, data.length));
        return at + 1 < data.length;
    }

    /** The columns; a name that differs from another in case only gets a number. */
    private Schema schema() {
        List<Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        shape.members()
                .forEach(
                        (name, member) -> {
                            Type type = member.type();
                            String unique = name.isEmpty() ? "column" + fields.size() : name;
                            String base = unique;
                            for (int n = 1; !taken.add(unique.toLowerCase(Locale.ROOT)); n++) {
                                unique = base + "_" + n;
                            }
                            if (!unique.equals(name)) {
                                options.put(KEY + unique, name);
                            }
                            fields.add(new Field(unique, type));
                        });
        return new Schema(fields);
    }
}
