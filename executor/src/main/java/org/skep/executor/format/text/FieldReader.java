package org.skep.executor.format.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.lines.BadRows;
import org.skep.executor.format.lines.LineBatch;
import org.skep.executor.format.lines.Utf8Text;
import org.skep.executor.format.value.BadValues;
import org.skep.executor.format.value.ValueParser;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/** Rows from lines that a {@link LineParser} takes apart; lines it does not know are bad rows. */
final class FieldReader implements BatchReader {
    private static final int SHOWN = 120;

    private final String path;
    private final LineBatch lines;
    private final LineParser parser;
    private final Schema schema;
    private final List<Integer> columns;
    private final ValueParser[] values;
    private final BadRows badRows;
    private final BadValues badValues = new BadValues();
    private int[] rowLines = new int[0];

    FieldReader(
            String path,
            LineBatch lines,
            LineParser parser,
            Schema schema,
            List<Integer> columns,
            ValueParser[] values,
            BadRows badRows) {
        this.path = path;
        this.lines = lines;
        this.parser = parser;
        this.schema = schema;
        this.columns = columns;
        this.values = values;
        this.badRows = badRows;
    }

    @Override
    public Batch next() {
        while (true) {
            int count = lines.next();
            if (count == 0) {
                badRows.report();
                return null;
            }
            Batch batch = batch(count);
            if (batch.rows() > 0) {
                return batch;
            }
        }
    }

    private Batch batch(int count) {
        int fields = schema.size();
        int[][] starts = new int[columns.size()][count];
        int[][] lengths = new int[columns.size()][count];
        int[] lineStarts = new int[fields];
        int[] lineLengths = new int[fields];
        rowLines = new int[count];
        byte[] data = lines.data();
        int rows = 0;
        for (int line = 0; line < count; line++) {
            int length = lines.lengths()[line];
            if (length == 0) {
                continue; // a blank line is no row
            }
            if (!parser.parse(data, lines.starts()[line], length, lineStarts, lineLengths)) {
                int bad = line;
                badRows.add(() -> badLine(bad));
                continue;
            }
            for (int i = 0; i < starts.length; i++) {
                int column = columns.get(i);
                if (column != FileFormat.LINE) {
                    starts[i][rows] = lineStarts[column];
                    lengths[i][rows] = lineLengths[column];
                }
            }
            rowLines[rows++] = line;
        }
        return converted(rows, starts, lengths);
    }

    private Batch converted(int rows, int[][] starts, int[][] lengths) {
        boolean clean = lines.isClean();
        badValues.begin(rows);
        Column[] out = new Column[columns.size()];
        for (int i = 0; i < out.length; i++) {
            int column = columns.get(i);
            if (column == FileFormat.LINE) {
                out[i] = numbers(rows);
                continue;
            }
            long[] validity = validity(lengths[i], rows);
            badValues.column(i);
            out[i] =
                    values[column].parse(
                            lines.data(), starts[i], lengths[i], validity, rows, badValues);
            if (!clean
                    && out[i] instanceof BytesColumn strings
                    && schema.type(column).kind() == Type.Kind.STRING) {
                out[i] = Utf8Text.repaired(strings);
            }
        }
        Batch batch = new Batch(rows, out);
        return badValues.any() ? withoutBad(batch, starts, lengths) : batch;
    }

    private static long[] validity(int[] lengths, int rows) {
        long[] validity = null;
        for (int row = 0; row < rows; row++) {
            if (lengths[row] < 0) {
                if (validity == null) {
                    validity = Bits.allSet(rows);
                }
                Bits.clear(validity, row);
                lengths[row] = 0;
            }
        }
        return validity;
    }

    private Column numbers(int rows) {
        long[] numbers = new long[rows];
        for (int row = 0; row < rows; row++) {
            numbers[row] = lines.lineNumber(rowLines[row]);
        }
        return new LongColumn(Type.BIGINT, numbers, rows, null);
    }

    private Batch withoutBad(Batch batch, int[][] starts, int[][] lengths) {
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            int bad = badValues.columnAt(row);
            if (bad < 0) {
                kept[count++] = row;
            } else {
                long line = lines.lineNumber(rowLines[row]);
                String value = text(starts[bad][row], lengths[bad][row]);
                badRows.add(() -> badValue(line, columns.get(bad), value));
            }
        }
        return batch.gather(Arrays.copyOf(kept, count), count);
    }

    private QueryException badValue(long line, int column, String value) {
        return new QueryException(
                ErrorCode.BAD_ROW,
                "'%s', line %d: '%s' in column %s is not %s"
                        .formatted(
                                path,
                                line,
                                value,
                                schema.field(column).name(),
                                schema.type(column).withArticle()),
                "to pass over bad rows, say on_bad_row = skip or SET max_errors = 100");
    }

    private QueryException badLine(int line) {
        String text = text(lines.starts()[line], lines.lengths()[line]);
        return new QueryException(
                ErrorCode.BAD_ROW,
                "'%s', line %d is not of the expected form: '%s'"
                        .formatted(path, lines.lineNumber(line), text),
                "to pass over bad rows, say on_bad_row = skip or SET max_errors = 100");
    }

    private String text(int start, int length) {
        String all = new String(lines.data(), start, length, StandardCharsets.UTF_8);
        return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "…";
    }

    @Override
    public void close() {
        lines.close();
    }
}
