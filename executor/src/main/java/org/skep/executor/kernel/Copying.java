package org.skep.executor.kernel;

import org.skep.model.data.ArrayColumn;
import org.skep.model.data.Batch;
import org.skep.model.data.Bits;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DictionaryColumn;
import org.skep.model.data.StructColumn;

/** Copies of columns without what they share and do not need. */
public final class Copying {
    private static final int SLACK = 4096;

    private Copying() {}

    /** The elements of an array column's rows that are not null, one row's after another's. */
    public static Column referencedElements(ArrayColumn column) {
        int[] lengths = column.lengths();
        int[] starts = column.starts();
        int rows = column.rows();
        long total = 0;
        boolean inOrder = true;
        for (int i = 0; i < rows; i++) {
            if (!column.isNull(i)) {
                inOrder &= starts[i] == total || lengths[i] == 0;
                total += lengths[i];
            }
        }
        int size = Math.toIntExact(total);
        if (inOrder) {
            return size == column.elements().rows()
                    ? column.elements()
                    : column.elements().slice(0, size);
        }
        int[] positions = new int[size];
        int at = 0;
        for (int i = 0; i < rows; i++) {
            if (!column.isNull(i)) {
                for (int j = 0; j < lengths[i]; j++) {
                    positions[at++] = starts[i] + j;
                }
            }
        }
        return column.elements().gather(positions, size);
    }

    /**
     * The same rows, for keeping: shared bytes and elements that are mostly of other rows are left
     * behind, and so are large dictionaries of which little is used.
     */
    public static Batch forKeeping(Batch batch) {
        Column[] columns = new Column[batch.width()];
        boolean same = true;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = forKeeping(batch.column(i));
            same &= columns[i] == batch.column(i);
        }
        return same ? batch : new Batch(batch.rows(), columns);
    }

    private static Column forKeeping(Column column) {
        if (column instanceof DictionaryColumn dictionary) {
            boolean large = dictionary.dictionary().rows() > 8L * column.rows() + SLACK;
            return large ? forKeeping(column.flat()) : column;
        }
        if (column instanceof BytesColumn bytes) {
            return bytes.data().length > 2 * usedBytes(bytes) + SLACK ? bytes.compact() : column;
        }
        if (column instanceof ArrayColumn array) {
            return compact(array);
        }
        if (column instanceof StructColumn struct) {
            Column[] members = new Column[struct.size()];
            for (int i = 0; i < members.length; i++) {
                members[i] = forKeeping(struct.member(i));
            }
            return new StructColumn(struct.type(), members, struct.rows(), struct.validity());
        }
        return column;
    }

    /** An array column whose elements are those of its rows, in their order. */
    public static ArrayColumn compact(ArrayColumn column) {
        int rows = column.rows();
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        int at = 0;
        for (int i = 0; i < rows; i++) {
            starts[i] = at;
            if (!column.isNull(i)) {
                lengths[i] = column.lengths()[i];
                at += lengths[i];
            }
        }
        Column elements = referencedElements(column);
        return new ArrayColumn(
                column.type(), starts, lengths, forKeeping(elements), rows, column.validity());
    }

    static long usedBytes(BytesColumn column) {
        int[] lengths = column.lengths();
        long total = 0;
        for (int i = 0; i < column.rows(); i++) {
            total += lengths[i];
        }
        return total;
    }

    /** Bytes of heap that a batch takes for itself: all but dictionaries. */
    public static long ownBytes(Batch batch) {
        long bytes = 64;
        for (int i = 0; i < batch.width(); i++) {
            bytes += ownBytes(batch.column(i));
        }
        return bytes;
    }

    private static long ownBytes(Column column) {
        if (column instanceof DictionaryColumn dictionary) {
            long shared = dictionary.dictionary().rows() <= 1 ? 0 : 4L * column.rows();
            return shared + Bits.words(column.rows()) * 8L;
        }
        return column.bytes();
    }

    /** Copies {@code count} bits, all set when {@code source} is null, to {@code at} on. */
    static void copyBits(long[] source, int from, long[] target, int at, int count) {
        for (int i = 0; i < count; ) {
            int to = at + i;
            int room = Math.min(64 - (to & 63), count - i);
            long word = source == null ? -1L : wordAt(source, from + i);
            long mask = room == 64 ? -1L : (1L << room) - 1;
            int shift = to & 63;
            long kept = target[to >> 6] & ~(mask << shift);
            target[to >> 6] = kept | (word & mask) << shift;
            i += room;
        }
    }

    private static long wordAt(long[] bits, int from) {
        int shift = from & 63;
        int base = from >> 6;
        long word = bits[base] >>> shift;
        if (shift != 0 && base + 1 < bits.length) {
            word |= bits[base + 1] << (64 - shift);
        }
        return word;
    }
}
