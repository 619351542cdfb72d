package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.data.StructColumn;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/**
 * A column that grows by copies of other columns' rows, many at a time. {@link #view} may be asked
 * for at any time; rows that it shows do not change later, so that only rows appended after the
 * last view are copied to make a column of it.
 */
final class GrowingColumn {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

    private final Type type;
    private final Type.Layout layout;
    private int rows;
    private boolean nulls;
    private long[] validity;
    private byte[] bytes;
    private int[] ints;
    private int[] lengths;
    private long[] longs;
    private long[] highs; // null as long as all decimals are narrow
    private double[] doubles;
    private GrowingColumn[] children;
    private int bytesEnd;

    GrowingColumn(Type type, int capacity) {
        this(type, capacity, 256);
    }

    /**
     * @param text how many bytes its strings are going to have, about
     */
    GrowingColumn(Type type, int capacity, int text) {
        this.type = type;
        this.layout = type.layout();
        int size = Math.max(16, capacity);
        switch (layout) {
            case BOOLEAN -> bytes = new byte[size];
            case INT -> ints = new int[size];
            case LONG, DECIMAL -> longs = new long[size];
            case DOUBLE -> doubles = new double[size];
            case BYTES -> {
                bytes = new byte[text];
                ints = new int[size];
                lengths = new int[size];
            }
            case ARRAY -> {
                ints = new int[size];
                lengths = new int[size];
                children = new GrowingColumn[] {new GrowingColumn(type.element(), size)};
            }
            case STRUCT -> {
                children = new GrowingColumn[type.children().size()];
                for (int i = 0; i < children.length; i++) {
                    children[i] = new GrowingColumn(type.children().get(i).type(), size);
                }
            }
        }
    }

    int rows() {
        return rows;
    }

    /** Bytes that its strings have. */
    int text() {
        return bytesEnd;
    }

    /** Appends rows {@code positions[from]} … of {@code source}, {@code count} of them. */
    void append(Column source, int[] positions, int from, int count) {
        if (source instanceof DictionaryColumn dictionary) {
            appendDictionary(dictionary, positions, from, count);
            return;
        }
        reserve(count);
        appendValidity(source, positions, from, count);
        int at = rows;
        switch (layout) {
            case BOOLEAN -> {
                byte[] values = ((BooleanColumn) source).values();
                for (int i = 0; i < count; i++) {
                    bytes[at + i] = values[positions[from + i]];
                }
            }
            case INT -> {
                int[] values = ((IntColumn) source).values();
                int[] target = ints;
                for (int i = 0; i < count; i++) {
                    target[at + i] = values[positions[from + i]];
                }
            }
            case LONG -> {
                long[] values = ((LongColumn) source).values();
                long[] target = longs;
                for (int i = 0; i < count; i++) {
                    target[at + i] = values[positions[from + i]];
                }
            }
            case DOUBLE -> {
                double[] values = ((DoubleColumn) source).values();
                double[] target = doubles;
                for (int i = 0; i < count; i++) {
                    target[at + i] = values[positions[from + i]];
                }
            }
            case DECIMAL -> {
                DecimalColumn decimals = (DecimalColumn) source;
                gather(decimals.lows(), positions, from, longs, count);
                if (widens(decimals)) {
                    gather(decimals.highs(), positions, from, highs, count);
                }
            }
            case BYTES -> appendBytes((BytesColumn) source, positions, from, count);
            case ARRAY -> appendArrays((ArrayColumn) source, positions, from, count);
            case STRUCT -> {
                StructColumn struct = (StructColumn) source;
                for (int i = 0; i < children.length; i++) {
                    children[i].append(struct.member(i), positions, from, count);
                }
            }
        }
        rows += count;
    }

    private void gather(long[] source, int[] positions, int from, long[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[rows + i] = source[positions[from + i]];
        }
    }

    /** Whether there are high halves, which there are from the first wide column on. */
    private boolean widens(DecimalColumn source) {
        if (highs == null && !source.isNarrow()) {
            highs = new long[longs.length];
            for (int i = 0; i < rows; i++) {
                highs[i] = longs[i] >> 63;
            }
        }
        return highs != null;
    }

    private void appendDictionary(DictionaryColumn source, int[] positions, int from, int count) {
        if (source.dictionary().rows() == 0) {
            append(source.flat(), positions, from, count);
            return;
        }
        int[] ids = source.ids();
        int[] entries = new int[count];
        for (int i = 0; i < count; i++) {
            entries[i] = ids[positions[from + i]];
        }
        int first = rows;
        append(source.dictionary(), entries, 0, count);
        if (source.hasNulls()) {
            for (int i = 0; i < count; i++) {
                if (source.isNull(positions[from + i])) {
                    setNull(first + i);
                }
            }
        }
    }

    /** Appends {@code count} rows of {@code source} from {@code from} on. */
    void appendRange(Column source, int from, int count) {
        boolean direct =
                switch (layout) {
                    case BOOLEAN, INT, LONG, DOUBLE, DECIMAL ->
                            !(source instanceof DictionaryColumn);
                    case BYTES, ARRAY, STRUCT -> false;
                };
        if (!direct) {
            int[] positions = new int[count];
            for (int i = 0; i < count; i++) {
                positions[i] = from + i;
            }
            append(source, positions, 0, count);
            return;
        }
        reserve(count);
        if (source.hasNulls()) {
            nulls = true;
        }
        Copying.copyBits(source.validity(), from, validity, rows, count);
        switch (layout) {
            case BOOLEAN -> copy(((BooleanColumn) source).values(), from, bytes, count);
            case INT -> copy(((IntColumn) source).values(), from, ints, count);
            case LONG -> copy(((LongColumn) source).values(), from, longs, count);
            case DOUBLE -> copy(((DoubleColumn) source).values(), from, doubles, count);
            case DECIMAL -> {
                copy(((DecimalColumn) source).lows(), from, longs, count);
                if (widens((DecimalColumn) source)) {
                    copy(((DecimalColumn) source).highs(), from, highs, count);
                }
            }
            case BYTES, ARRAY, STRUCT -> throw new IllegalStateException(type.toString());
        }
        rows += count;
    }

    private void copy(Object source, int from, Object target, int count) {
        System.arraycopy(source, from, target, rows, count);
    }

    private void appendBytes(BytesColumn source, int[] positions, int from, int count) {
        byte[] data = source.data();
        int[] starts = source.starts();
        int[] sizes = source.lengths();
        long total = bytesEnd;
        for (int i = 0; i < count; i++) {
            total += sizes[positions[from + i]];
        }
        if (total > bytes.length) {
            if (total > MOST_BYTES) {
                throw new QueryException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "more than 2 GB of text in one column of one partition",
                        "set shuffle_partitions higher, so that each holds less");
            }
            bytes =
                    Arrays.copyOf(
                            bytes, (int) Math.min(MOST_BYTES, Math.max(total, 2L * bytes.length)));
        }
        byte[] target = bytes;
        int end = bytesEnd;
        for (int i = 0; i < count; i++) {
            int position = positions[from + i];
            int start = starts[position];
            int length = sizes[position];
            if (length <= 16) { // shorter than what a call costs
                for (int j = 0; j < length; j++) {
                    target[end + j] = data[start + j];
                }
            } else {
                System.arraycopy(data, start, target, end, length);
            }
            ints[rows + i] = end;
            lengths[rows + i] = length;
            end += length;
        }
        bytesEnd = end;
    }

    private void appendArrays(ArrayColumn source, int[] positions, int from, int count) {
        GrowingColumn elements = children[0];
        int at = elements.rows;
        int total = 0;
        for (int i = 0; i < count; i++) {
            int position = positions[from + i];
            int length = source.isNull(position) ? 0 : source.lengths()[position];
            ints[rows + i] = at + total;
            lengths[rows + i] = length;
            total = Math.addExact(total, length);
        }
        int[] wanted = new int[total];
        int end = 0;
        for (int i = 0; i < count; i++) {
            int start = source.starts()[positions[from + i]];
            for (int j = 0; j < lengths[rows + i]; j++) {
                wanted[end++] = start + j;
            }
        }
        elements.append(source.elements(), wanted, 0, total);
    }

    private void appendValidity(Column source, int[] positions, int from, int count) {
        Copying.copyBits(null, 0, validity, rows, count);
        long[] bits = source.validity();
        if (bits != null) {
            for (int i = 0; i < count; i++) {
                if (!Bits.get(bits, positions[from + i])) {
                    setNull(rows + i);
                }
            }
        }
    }

    private void setNull(int row) {
        nulls = true;
        Bits.clear(validity, row);
    }

    private void reserve(int more) {
        int wanted = Math.addExact(rows, more);
        if (validity == null || Bits.words(wanted) > validity.length) {
            int words = Math.max(Bits.words(wanted), validity == null ? 4 : 2 * validity.length);
            validity = validity == null ? new long[words] : Arrays.copyOf(validity, words);
        }
        int capacity =
                switch (layout) {
                    case BOOLEAN -> bytes.length;
                    case INT, BYTES, ARRAY -> ints.length;
                    case LONG, DECIMAL -> longs.length;
                    case DOUBLE -> doubles.length;
                    case STRUCT -> wanted;
                };
        if (wanted <= capacity) {
            return;
        }
        int size = (int) Math.min(MOST_BYTES, Math.max(wanted, 2L * capacity));
        switch (layout) {
            case BOOLEAN -> bytes = Arrays.copyOf(bytes, size);
            case INT -> ints = Arrays.copyOf(ints, size);
            case LONG -> longs = Arrays.copyOf(longs, size);
            case DOUBLE -> doubles = Arrays.copyOf(doubles, size);
            case DECIMAL -> {
                highs = highs == null ? null : Arrays.copyOf(highs, size);
                longs = Arrays.copyOf(longs, size);
            }
            case BYTES, ARRAY -> {
                ints = Arrays.copyOf(ints, size);
                lengths = Arrays.copyOf(lengths, size);
            }
            case STRUCT -> {}
        }
    }

    /** The rows so far. Arrays are shared, validity bits are not: their last word still changes. */
    Column view() {
        long[] bits = nulls ? Arrays.copyOf(validity, Bits.words(rows)) : null;
        if (bits != null && (rows & 63) != 0) {
            bits[bits.length - 1] &= (1L << rows) - 1;
        }
        return switch (layout) {
            case BOOLEAN -> new BooleanColumn(type, bytes, rows, bits);
            case INT -> new IntColumn(type, ints, rows, bits);
            case LONG -> new LongColumn(type, longs, rows, bits);
            case DOUBLE -> new DoubleColumn(type, doubles, rows, bits);
            case DECIMAL ->
                    highs == null
                            ? DecimalColumn.ofLongs(type, longs, rows, bits)
                            : new DecimalColumn(type, highs, longs, rows, bits);
            case BYTES -> new BytesColumn(type, bytes, ints, lengths, rows, bits);
            case ARRAY -> new ArrayColumn(type, ints, lengths, children[0].view(), rows, bits);
            case STRUCT -> {
                Column[] members = new Column[children.length];
                Arrays.setAll(members, i -> children[i].view());
                yield new StructColumn(type, members, rows, bits);
            }
        };
    }

    /** Bytes of heap held. */
    long bytes() {
        long total = validity == null ? 0 : 8L * validity.length;
        total += bytes == null ? 0 : bytes.length;
        total += ints == null ? 0 : 4L * ints.length;
        total += lengths == null ? 0 : 4L * lengths.length;
        total += longs == null ? 0 : 8L * longs.length;
        total += highs == null ? 0 : 8L * highs.length;
        total += doubles == null ? 0 : 8L * doubles.length;
        for (int i = 0; children != null && i < children.length; i++) {
            total += children[i].bytes();
        }
        return total;
    }
}
