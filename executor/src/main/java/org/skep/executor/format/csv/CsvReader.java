package org.skep.executor.format.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skep.executor.format.BatchReader;
import org.skep.executor.format.FileFormat;
import org.skep.executor.format.lines.BadRows;
import org.skep.executor.format.lines.BlockReader;
import org.skep.executor.format.lines.LineEnds;
import org.skep.executor.format.lines.SplitText;
import org.skep.executor.format.lines.Utf8Text;
import org.skep.executor.format.value.BadValues;
import org.skep.executor.format.value.TextFormats;
import org.skep.executor.format.value.ValueParser;
import org.skep.executor.task.TaskContext;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.LongColumn;
import org.skep.model.error.QueryException;
import org.skep.model.file.FileTable;
import org.skep.model.file.Split;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;

/**
 * Rows of one split of a CSV file. A block is indexed, a batch of records at a time; then each
 * wanted column is converted in a loop of its own.
 */
final class CsvReader implements BatchReader {
    private final CsvLayout layout;
    private final CsvDialect dialect;
    private final Schema schema;
    private final List<Integer> columns;
    private final ValueParser[] parsers;
    private final int[] positions;
    private final SplitText text;
    private final BlockReader block;
    private final CsvIndex index;
    private final CsvErrors errors;
    private final BadRows badRows;
    private final BadValues badValues = new BadValues();
    private final boolean keepsTexts;
    private final int[] rowStarts;
    private final int[] rowFields;
    private final int[] rowWidths;
    private int headersToDrop;
    private long linesToSkip;

    // for _line: the line at a place in the text, counted on from row to row
    private long lineOffset = -1;
    private long line;

    CsvReader(FileTable table, Split split, List<Integer> columns, TaskContext task) {
        Map<String, String> options = table.source().options();
        this.dialect = CsvDialect.of(options);
        this.schema = table.schema();
        this.columns = columns;
        this.text = new SplitText(split, options);
        this.layout = CsvLayout.of(table, text, dialect);
        int rows = task.settings().batchRows();
        this.index = new CsvIndex(dialect, rows);
        this.rowStarts = new int[rows];
        this.rowFields = new int[rows];
        this.rowWidths = new int[rows];
        this.positions = new int[columns.size()];
        this.parsers = new ValueParser[columns.size()];
        TextFormats formats = TextFormats.of(options);
        boolean keeps = false;
        for (int i = 0; i < parsers.length; i++) {
            int column = columns.get(i);
            if (column != FileFormat.LINE) {
                positions[i] = layout.positionOf(column);
                parsers[i] = ValueParser.of(schema.type(column), formats);
                keeps |= parsers[i].keepsTexts();
            }
        }
        this.keepsTexts = keeps;
        this.badRows = BadRows.failing(task, text.path(), options);
        this.errors = new CsvErrors(text, layout, schema, table.source().declared() != null);
        this.linesToSkip = text.atFileStart() ? layout.skippedLines() : 0;
        this.headersToDrop = text.atFileStart() && layout.hasHeader() ? 1 : 0;
        this.block = new BlockReader(text, split.length(), task);
    }

    @Override
    public Batch next() {
        while (true) {
            if (linesToSkip > 0 && !skipLine()) {
                return end();
            }
            if (linesToSkip == 0) {
                index.index(block.data(), block.from(), block.to(), block.isLast());
                if (index.records > 0) {
                    Batch batch = convert();
                    block.consume(index.end());
                    if (batch.rows() > 0) {
                        return batch;
                    }
                } else if (block.isLast()) {
                    return end();
                } else {
                    refill();
                }
            }
        }
    }

    private Batch end() {
        badRows.report();
        return null;
    }

    private void refill() {
        if (keepsTexts) {
            block.refillFresh();
        } else {
            block.refill();
        }
    }

    /** Passes over one physical line; false when there is none. */
    private boolean skipLine() {
        int end = LineEnds.find(block.data(), block.from(), block.to(), dialect.lineEnd());
        if (end >= 0) {
            block.consume(end + 1);
            linesToSkip--;
            return true;
        }
        if (block.isLast()) {
            return false;
        }
        block.refill();
        return true;
    }

    /** Cut at line ends, the file may hold none in quotes; see {@link CsvFormat#splits}. */
    private void checkCut() {
        int lines = LineEnds.count(block.data(), block.from(), index.end(), dialect.lineEnd());
        if (lines > index.records || index.anyMalformed()) {
            throw text.cutWithinRecord();
        }
    }

    private Batch convert() {
        if (text.isCutBzip2() && dialect.quote() >= 0) {
            checkCut();
        }
        int rows = selectRows();
        Column[] out = new Column[parsers.length];
        for (int i = 0; i < out.length; i++) {
            if (parsers[i] == null) {
                out[i] = lines(rows); // before quoted texts are changed
            }
        }
        boolean clean =
                !keepsTexts
                        || index.ascii
                        || Utf8Text.isValid(block.data(), block.from(), index.end());
        badValues.begin(rows);
        for (int i = 0; i < out.length; i++) {
            if (parsers[i] != null) {
                badValues.column(i);
                out[i] = positions[i] < 0 ? missing(i, rows) : column(i, rows);
                if (!clean && out[i] instanceof BytesColumn strings && isString(strings)) {
                    out[i] = Utf8Text.repaired(strings);
                }
            }
        }
        Batch batch = new Batch(rows, out);
        return badValues.any() ? withoutBad(batch) : batch;
    }

    private static boolean isString(Column column) {
        return column.type().kind() == Type.Kind.STRING;
    }

    private Column missing(int i, int rows) {
        return Column.nulls(parsers[i].type(), rows);
    }

    /** Puts the records that are rows into the row arrays: with as many fields as there should. */
    private int selectRows() {
        int[] firsts = index.firsts;
        int width = layout.width();
        int rows = 0;
        boolean malformed = index.anyMalformed();
        for (int r = 0; r < index.records; r++) {
            int count = firsts[r + 1] - firsts[r];
            if (count != width
                    || dialect.comment() >= 0
                    || headersToDrop > 0
                    || malformed
                    || count == 1) {
                count = checked(r, count);
                if (count < 0) {
                    continue;
                }
            }
            rowStarts[rows] = index.starts[r];
            rowFields[rows] = firsts[r];
            rowWidths[rows] = count;
            rows++;
        }
        return rows;
    }

    /** How many fields of a record that needs a second look are to be read; -1 for no row. */
    private int checked(int record, int count) {
        byte[] data = block.data();
        int start = index.starts[record];
        int end = index.ends[index.firsts[record]];
        boolean blank = count == 1 && (end == start || end == start + 1 && data[start] == '\r');
        if (blank && layout.width() > 1) {
            return -1;
        }
        if (dialect.comment() >= 0 && start < block.to() && data[start] == dialect.comment()) {
            return -1;
        }
        if (headersToDrop > 0) {
            headersToDrop--;
            return -1;
        }
        long offset = block.offsetOf(start);
        if (index.anyMalformed() && index.isMalformed(record)) {
            badRows.add(() -> errors.malformed(offset));
            return -1;
        }
        if (count == layout.width()) {
            return count;
        }
        if (count < layout.width() && layout.padsMissing()) {
            return count;
        }
        int lastField = index.firsts[record] + count - 1;
        if (count == layout.width() + 1 && layout.mayEndWithDelimiter() && isEmpty(lastField)) {
            return layout.width();
        }
        badRows.add(() -> errors.width(offset, count));
        return -1;
    }

    private boolean isEmpty(int field) {
        int start = index.ends[field - 1] + index.delimiterLength();
        int end = index.ends[field];
        return end == start || end == start + 1 && block.data()[start] == '\r';
    }

    private Column column(int i, int rows) {
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        long[] validity = spans(positions[i], isString(parsers[i].type()), rows, starts, lengths);
        return parsers[i].parse(block.data(), starts, lengths, validity, rows, badValues);
    }

    private static boolean isString(Type type) {
        return type.kind() == Type.Kind.STRING;
    }

    /** Finds the texts of a field without quotes around them; gives the validity bits. */
    private long[] spans(int field, boolean string, int rows, int[] starts, int[] lengths) {
        byte[] data = block.data();
        int[] ends = index.ends;
        int delimiterLength = index.delimiterLength();
        int quote = dialect.quote();
        byte[] nullText = dialect.nullText();
        boolean mayBeLast = field >= layout.width() - 1 || layout.padsMissing();
        boolean padded = layout.padsMissing();
        long[] validity = null;
        for (int row = 0; row < rows; row++) {
            int at = rowFields[row] + field;
            boolean isNull = padded && field >= rowWidths[row];
            int start = 0;
            int length = 0;
            if (!isNull) {
                start = field == 0 ? rowStarts[row] : ends[at - 1] + delimiterLength;
                int end = ends[at];
                if (mayBeLast && end > start && data[end - 1] == '\r') {
                    end--;
                }
                length = end - start;
                if (length > 1 && data[start] == quote) {
                    start++;
                    length = unquoted(data, start, end - 1);
                    isNull = length == 0 && !string;
                } else if (length == 0) {
                    isNull = nullText == null || !string;
                } else if (nullText != null && length == nullText.length) {
                    isNull = Arrays.equals(data, start, end, nullText, 0, length);
                }
            }
            starts[row] = start;
            lengths[row] = length;
            if (isNull) {
                if (validity == null) {
                    validity = Bits.allSet(rows);
                }
                Bits.clear(validity, row);
                lengths[row] = 0;
            }
        }
        return validity;
    }

    /**
     * The length of a quoted text from {@code start} to before its closing quote, after escapes
     * were undone where they stand: no batch that was handed out shows these bytes.
     */
    private int unquoted(byte[] data, int start, int end) {
        byte escape = (byte) dialect.escape();
        int first = LineEnds.find(data, start, end, escape);
        if (first < 0) {
            return end - start;
        }
        int out = first;
        for (int i = first; i < end; i++) {
            boolean escapes = data[i] == escape && i + 1 < end;
            if (escapes) {
                byte next = data[i + 1];
                boolean known = next == dialect.quote() || next == escape;
                i += known ? 1 : 0;
            }
            data[out++] = data[i];
        }
        return out - start;
    }

    private Column lines(int rows) {
        if (lineOffset < 0) {
            lineOffset = 0;
            line = 1 + text.linesBefore();
        }
        long[] lines = new long[rows];
        byte[] data = block.data();
        int at = (int) (lineOffset - block.offsetOf(0));
        if (at < 0) { // skipped lines lie in an earlier block
            line += text.lineAt(block.offsetOf(0)) - text.lineAt(lineOffset);
            at = 0;
        }
        for (int row = 0; row < rows; row++) {
            line += LineEnds.count(data, at, rowStarts[row], dialect.lineEnd());
            at = rowStarts[row];
            lines[row] = line;
        }
        line += LineEnds.count(data, at, index.end(), dialect.lineEnd());
        lineOffset = block.offsetOf(index.end());
        return new LongColumn(Type.BIGINT, lines, rows, null);
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
        return batch.gather(kept, count);
    }

    private QueryException badValue(int row, int column) {
        int[] starts = new int[rowStarts.length];
        int[] lengths = new int[rowStarts.length];
        spans(positions[column], false, row + 1, starts, lengths);
        String value = new String(block.data(), starts[row], lengths[row], StandardCharsets.UTF_8);
        return errors.value(block.offsetOf(rowStarts[row]), columns.get(column), value);
    }

    @Override
    public void close() {
        block.close();
    }
}
