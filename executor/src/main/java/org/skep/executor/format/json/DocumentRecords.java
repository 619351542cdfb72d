package org.skep.executor.format.json;

import org.skep.executor.format.lines.BlockReader;
import org.skep.executor.format.lines.SplitText;
import org.skep.executor.format.lines.Utf8Text;
import org.skep.executor.format.value.JsonCursor;
import org.skep.executor.format.value.JsonSyntaxException;
import org.skep.executor.task.TaskContext;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.file.Split;

/** Records laid out anyhow: values one after another, or the elements of one array, or of many. */
final class DocumentRecords implements Records {
    private final SplitText text;
    private final BlockReader block;
    private final int most;
    private final JsonCursor cursor = new JsonCursor();
    private int[] starts = new int[0];
    private int[] lengths = new int[0];
    private int rows;
    private boolean inArray;
    private boolean ended;

    DocumentRecords(SplitText text, Split split, TaskContext task) {
        this.text = text;
        this.block = new BlockReader(text, split.length(), task);
        this.most = task.settings().batchRows();
    }

    @Override
    public int next() {
        rows = 0;
        while (!ended) {
            find();
            if (rows > 0) {
                return rows;
            }
            if (block.isLast()) {
                ended = true;
                if (inArray) {
                    throw error(block.to(), "the array is not closed");
                }
            } else {
                block.refillFresh();
            }
        }
        return 0;
    }

    private void find() {
        int[] from = new int[most];
        int[] sizes = new int[most];
        int count = 0;
        int at = block.from();
        cursor.over(block.data(), at, block.to() - at);
        while (count < most && toRecord()) {
            int start = cursor.position();
            try {
                cursor.skipValue();
            } catch (JsonSyntaxException e) {
                if (block.isLast() || isTooDeep(e)) {
                    throw error(e.position(), e.getMessage());
                }
                cursor.moveTo(start);
                break;
            }
            boolean cut = cursor.position() == block.to() && !block.isLast();
            if (cut && block.data()[start] != '{') {
                cursor.moveTo(start); // a number may go on
                break;
            }
            from[count] = start;
            sizes[count++] = cursor.position() - start;
        }
        starts = from;
        lengths = sizes;
        rows = count;
        block.consume(cursor.position());
    }

    private static boolean isTooDeep(JsonSyntaxException e) {
        return e.getMessage().contains("nested");
    }

    /** Passes over what stands between records; false when nothing but that is left here. */
    private boolean toRecord() {
        while (true) {
            int next = cursor.peek();
            if (next == '[' && !inArray) {
                inArray = true;
                cursor.take('[');
            } else if (next == ']' && inArray) {
                inArray = false;
                cursor.take(']');
            } else if (next == ',') {
                cursor.take(',');
            } else {
                return next >= 0 || !cursor.atEnd();
            }
        }
    }

    private QueryException error(int position, String message) {
        return new QueryException(
                ErrorCode.BAD_ROW,
                "'%s', line %d: not valid JSON: %s"
                        .formatted(text.path(), text.lineAt(block.offsetOf(position)), message),
                "the records after this place cannot be found");
    }

    @Override
    public byte[] data() {
        return block.data();
    }

    @Override
    public int[] starts() {
        return starts;
    }

    @Override
    public int[] lengths() {
        return lengths;
    }

    @Override
    public long lineNumber(int record) {
        return text.lineAt(block.offsetOf(starts[record]));
    }

    @Override
    public boolean isClean() {
        int last = rows - 1;
        return rows == 0 || Utf8Text.isValid(block.data(), starts[0], starts[last] + lengths[last]);
    }

    @Override
    public void close() {
        block.close();
    }
}
