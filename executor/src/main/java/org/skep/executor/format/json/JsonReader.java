package org.skep.executor.format.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.lines.BadRows;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.lines.Utf8Text;
import org.skep.executor.format.value.BadValues;
import org.skep.executor.format.value.JsonCursor;
import org.skep.executor.format.value.JsonSyntaxException;
import org.skep.executor.format.value.TextFormats;
import org.skep.executor.format.value.ValueParser;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileTable;
import org.skep.model.type.Field;
import org.skep.model.type.Type;

/**
 * Rows from JSON objects. First the texts of the wanted members are found, for a batch of records;
 * then each column is converted in a loop of its own. Of members of the same name the first counts.
 */
final class JsonReader implements BatchReader {
    private static final int SHOWN = 100;

    private final String path;
    private final Records records;
    private final Field[] fields;
    private final ValueParser[] parsers;
    private final JsonKeys keys;
    private final int wanted;
    private final boolean declared;
    private final BadRows badRows;
    private final BadValues badValues = new BadValues();
    private final JsonCursor cursor = new JsonCursor();
    private int[][] starts = new int[0][];
    private int[][] lengths = new int[0][];
    private int[] rowRecords = new int[0];

    JsonReader(
            FileTable table,
            String path,
            Records records,
            List<Integer> columns,
            TaskContext task) {
        Map<String, String> options = table.source().options();
        this.path = path;
        this.records = records;
        this.declared = table.source().declared() != null;
        this.fields = new Field[columns.size()];
        this.parsers = new ValueParser[columns.size()];
        String[] names = new String[columns.size()];
        TextFormats formats = TextFormats.of(options);
        int data = 0;
        for (int i = 0; i < parsers.length; i++) {
            int column = columns.get(i);
            if (column != FileFormat.LINE) {
                fields[i] = table.schema().field(column);
                parsers[i] = ValueParser.of(fields[i].type(), formats);
                names[i] = JsonSniffer.key(options, fields[i].name());
                data++;
            }
        }
        this.wanted = data;
        this.keys = new JsonKeys(names);
        this.badRows = BadRows.failing(task, path, options);
    }

    @Override
    public Batch next() {
        while (true) {
            int count = records.next();
            if (count == 0) {
                badRows.report();
                return null;
            }
            Batch batch = convert(find(count));
            if (batch.rows() > 0) {
                return batch;
            }
        }
    }

    /** Finds the members' texts; how many of the records are objects and so rows. */
    private int find(int count) {
        starts = new int[parsers.length][count];
        lengths = new int[parsers.length][count];
        rowRecords = new int[count];
        int rows = 0;
        for (int record = 0; record < count; record++) {
            for (int[] column : lengths) {
                column[rows] = -1;
            }
            try {
                members(record, rows);
                rowRecords[rows++] = record;
            } catch (JsonSyntaxException e) {
                int bad = record;
                badRows.add(() -> badRecord(bad, e.getMessage()));
            }
        }
        return rows;
    }

    private void members(int record, int row) {
        byte[] data = records.data();
        int start = records.starts()[record];
        int end = start + records.lengths()[record];
        int last = end - 1;
        while (last > start && data[last] <= ' ' && data[last] >= 0) {
            last--;
        }
        cursor.over(data, start, end - start);
        cursor.expect('{');
        if (data[last] != '}') {
            cursor.moveTo(last + 1);
            cursor.expect('}');
        }
        int missing = wanted;
        if (missing == 0 || cursor.take('}')) {
            return;
        }
        int place = 0;
        do {
            cursor.string();
            int column = keys.find(cursor, place++);
            cursor.expect(':');
            cursor.peek();
            int from = cursor.position();
            cursor.skipValue();
            if (column >= 0 && lengths[column][row] < 0) {
                starts[column][row] = from;
                lengths[column][row] = cursor.position() - from;
                if (--missing == 0) {
                    return;
                }
            }
        } while (cursor.take(','));
        cursor.expect('}');
        if (!cursor.atEnd()) {
            cursor.expect('\n'); // fails: nothing may follow
        }
    }

    private Batch convert(int rows) {
        boolean clean = records.isClean();
        badValues.begin(rows);
        Column[] out = new Column[parsers.length];
        for (int i = 0; i < out.length; i++) {
            if (parsers[i] == null) {
                out[i] = numbers(rows);
                continue;
            }
            badValues.column(i);
            long[] validity = texts(fields[i].type(), starts[i], lengths[i], rows);
            out[i] =
                    parsers[i].parse(
                            records.data(), starts[i], lengths[i], validity, rows, badValues);
            if (!clean
                    && out[i] instanceof BytesColumn strings
                    && fields[i].type().kind() == Type.Kind.STRING) {
                out[i] = Utf8Text.repaired(strings);
            }
        }
        Batch batch = new Batch(rows, out);
        return badValues.any() ? withoutBad(batch) : batch;
    }

    /** Takes the quotes and escapes off strings, where they stand; gives the validity bits. */
    private long[] texts(Type type, int[] from, int[] sizes, int rows) {
        byte[] data = records.data();
        boolean nested = type.isNested();
        long[] validity = null;
        for (int row = 0; row < rows; row++) {
            int start = from[row];
            int length = sizes[row];
            boolean isNull = length < 0 || length == 4 && data[start] == 'n';
            if (isNull) {
                if (validity == null) {
                    validity = Bits.allSet(rows);
                }
                Bits.clear(validity, row);
                sizes[row] = 0;
            } else if (!nested && data[start] == '"') {
                from[row] = start + 1;
                int inner = length - 2;
                boolean escaped =
                        LineEnds.find(data, start + 1, start + 1 + inner, (byte) '\\') >= 0;
                sizes[row] = escaped ? unescaped(data, start + 1, inner, row) : inner;
            }
        }
        return validity;
    }

    private int unescaped(byte[] data, int start, int length, int row) {
        try {
            return JsonCursor.unescape(data, start, length);
        } catch (JsonSyntaxException e) {
            badValues.add(row);
            return 0;
        }
    }

    private Column numbers(int rows) {
        long[] numbers = new long[rows];
        for (int row = 0; row < rows; row++) {
            numbers[row] = records.lineNumber(rowRecords[row]);
        }
        return new LongColumn(Type.BIGINT, numbers, rows, null);
    }

    private Batch withoutBad(Batch batch) {
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            int column = badValues.columnAt(row);
            if (column < 0) {
                kept[count++] = row;
            } else {
                int bad = row;
                badRows.add(() -> badValue(bad, column));
            }
        }
        return batch.gather(Arrays.copyOf(kept, count), count);
    }

    private QueryException badValue(int row, int column) {
        String value =
                new String(
                        records.data(),
                        starts[column][row],
                        lengths[column][row],
                        StandardCharsets.UTF_8);
        Field field = fields[column];
        return new QueryException(
                ErrorCode.BAD_ROW,
                "'%s', line %d: '%s' in column %s is not %s"
                        .formatted(
                                path,
                                records.lineNumber(rowRecords[row]),
                                value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…",
                                field.name(),
                                field.type().withArticle()),
                (declared
                                ? ""
                                : "the type was guessed from a sample: name the types with option"
                                        + " columns; ")
                        + "to pass over bad rows, SET max_errors = 100");
    }

    private QueryException badRecord(int record, String message) {
        return new QueryException(
                ErrorCode.BAD_ROW,
                "'%s', line %d: not a JSON object: %s"
                        .formatted(path, records.lineNumber(record), message),
                "to pass over bad rows, SET max_errors = 100; records of more than one line need"
                        + " option layout = documents");
    }

    @Override
    public void close() {
        records.close();
    }
}
