package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;
import org.skep.model.type.Type;

/**
 * Groups of one key of layout INT or LONG: open addressing with key and group side by side, so that
 * a row costs one cache miss. Keys that lie close together are found by their place instead, and as
 * long as keys come in ascending order there is nothing to look up.
 */
final class NumberTable extends GroupTable {
    /** Keys this far apart at most are looked up directly. */
    private static final int DENSE = 1 << 16;

    /** Or this many times their number, where a place each takes no more room than a table. */
    private static final int PLACES = 8;

    private static final long MOST_PLACES = 1 << 28;

    private final Type type;
    private long[] keys = new long[64];
    private int size;
    private int nullGroup = -1;
    private boolean ascending = true; // so far, and keys are in that order

    private int[] dense = new int[0]; // group + 1 of key - denseFrom
    private long denseFrom;

    private long[] table; // pairs of key and group + 1; null as long as the dense one serves
    private int shift;
    private long[] scratch = new long[0];

    NumberTable(Type type) {
        this.type = type;
    }

    @Override
    void insert(Column[] columns, int rows, int[] groups) {
        long[] values = numbers(columns[0], rows);
        if (keys.length < size + rows + 1) {
            keys = Arrays.copyOf(keys, Math.max(size + rows + 1, 2 * keys.length));
        }
        long[] validity = columns[0].validity();
        if (validity != null) {
            insertNullable(values, validity, rows, groups);
        } else {
            insert(values, rows, groups);
        }
    }

    private void insert(long[] values, int rows, int[] groups) {
        if (ascending && rows > 0 && ascends(values, rows)) {
            insertAscending(values, rows, groups);
            return;
        }
        leaveOrder();
        boolean places = table == null || isFull(rows) && becomesDense();
        if (places && fitsDense(values, rows)) {
            insertDense(values, rows, groups);
        } else {
            insertHashed(values, rows, groups);
        }
    }

    private boolean ascends(long[] values, int rows) {
        long last = size == 0 ? values[0] : keys[size - 1];
        boolean descends = values[0] < last;
        for (int i = 1; i < rows; i++) {
            descends |= values[i] < values[i - 1];
        }
        return !descends;
    }

    private void insertAscending(long[] values, int rows, int[] groups) {
        long[] found = keys;
        if (size == 0) {
            found[size++] = values[0];
        }
        int group = size - 1;
        long last = found[group];
        for (int i = 0; i < rows; i++) {
            long key = values[i];
            group += key != last ? 1 : 0;
            last = key;
            found[group] = key;
            groups[i] = group;
        }
        size = group + 1;
    }

    /** From here on keys are looked up. */
    private void leaveOrder() {
        if (ascending && size > 0 && !becomesDense()) {
            reserve(0);
        }
        ascending = false;
    }

    /** Gives each key its place, if they lie close enough to each other. */
    private boolean becomesDense() {
        if (!fitsDense(keys, size)) {
            return false;
        }
        for (int group = 0; group < size; group++) {
            if (group != nullGroup) {
                dense[(int) (keys[group] - denseFrom)] = group + 1;
            }
        }
        table = null;
        return true;
    }

    private boolean isFull(int rows) {
        return (size + (long) rows) * 3 > table.length;
    }

    private void insertNullable(long[] values, long[] validity, int rows, int[] groups) {
        leaveOrder();
        long[] some = new long[rows];
        int[] places = new int[rows];
        int count = 0;
        int firstNull = rows;
        for (int i = 0; i < rows; i++) {
            if (Bits.get(validity, i)) {
                some[count] = values[i];
                places[count++] = i;
            } else if (firstNull == rows) {
                firstNull = i;
            }
        }
        // the null group is numbered where its first row stands
        int before = 0;
        if (nullGroup < 0 && firstNull < rows) {
            before = firstNull; // as many rows stand before it, none of them null
            int[] head = new int[before];
            insert(some, before, head);
            System.arraycopy(head, 0, groups, 0, before);
            nullGroup = size;
            keys[size++] = 0;
        }
        long[] rest = Arrays.copyOfRange(some, before, count);
        int[] found = new int[rest.length];
        if (found.length > 0) {
            insert(rest, found.length, found);
        }
        if (firstNull < rows) {
            for (int i = firstNull; i < rows; i++) {
                groups[i] = nullGroup;
            }
        }
        for (int i = 0; i < found.length; i++) {
            groups[places[before + i]] = found[i];
        }
    }

    private boolean fitsDense(long[] values, int rows) {
        long min = dense.length == 0 ? Long.MAX_VALUE : denseFrom;
        long max = dense.length == 0 ? Long.MIN_VALUE : denseFrom + dense.length - 1;
        if (rows == 0) {
            return true;
        }
        for (int i = 0; i < rows; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        long range = max - min;
        if (range < 0 || range >= Math.max(DENSE, Math.min(MOST_PLACES, (long) PLACES * size))) {
            return false;
        }
        if (dense.length == 0 || min < denseFrom || max >= denseFrom + dense.length) {
            // room for what comes next, on the side that was too short
            int spare = (int) Math.max(Math.min(DENSE, range), range / 4);
            boolean below = dense.length > 0 && min < denseFrom && min - spare < min;
            long from = below ? min - spare : min;
            int[] wider = new int[(int) Math.max(256, range + 1 + spare)];
            if (dense.length > 0) {
                System.arraycopy(dense, 0, wider, (int) (denseFrom - from), dense.length);
            }
            dense = wider;
            denseFrom = from;
        }
        return true;
    }

    private void insertDense(long[] values, int rows, int[] groups) {
        int[] places = dense;
        long first = denseFrom;
        for (int i = 0; i < rows; i++) {
            int place = (int) (values[i] - first);
            int group = places[place];
            if (group == 0) {
                keys[size++] = values[i];
                group = size;
                places[place] = group;
            }
            groups[i] = group - 1;
        }
    }

    private void insertHashed(long[] values, int rows, int[] groups) {
        reserve(rows);
        long[] slots = table;
        int mask = slots.length / 2 - 1;
        int down = shift;
        long[] found = keys;
        int count = size;
        long last = rows > 0 ? ~values[0] : 0; // another than the first
        for (int i = 0; i < rows; i++) {
            long key = values[i];
            if (key == last) { // rows of a key often stand together
                groups[i] = groups[i - 1];
                continue;
            }
            last = key;
            int slot = (int) (Hashes.mix(key) >>> down);
            while (true) {
                long group = slots[2 * slot + 1];
                if (group == 0) {
                    slots[2 * slot] = key;
                    found[count++] = key;
                    slots[2 * slot + 1] = count;
                    groups[i] = count - 1;
                    break;
                }
                if (slots[2 * slot] == key) {
                    groups[i] = (int) group - 1;
                    break;
                }
                slot = slot + 1 & mask;
            }
        }
        size = count;
    }

    /** Makes room for {@code rows} more groups at a load of at most two thirds. */
    private void reserve(int rows) {
        if (table != null && !isFull(rows)) {
            return;
        }
        long wanted = size + (long) rows;
        int bits = Math.max(10, 64 - Long.numberOfLeadingZeros(wanted * 3 / 2));
        if (bits > 29) {
            throw new IllegalStateException("%d groups in one table".formatted(size));
        }
        long[] old = table;
        table = new long[2 << bits];
        shift = 64 - bits;
        dense = new int[0];
        if (old != null) {
            // slots are the first bits of the hash: those of the old table in their order go
            // through the new one from front to back
            for (int slot = 0; slot < old.length; slot += 2) {
                if (old[slot + 1] != 0) {
                    place(old[slot], old[slot + 1]);
                }
            }
            return;
        }
        for (int group = 0; group < size; group++) {
            if (group != nullGroup) {
                place(keys[group], group + 1);
            }
        }
    }

    /** Puts a key that is not there yet into the table. */
    private void place(long key, long group) {
        long[] slots = table;
        int mask = slots.length / 2 - 1;
        int slot = (int) (Hashes.mix(key) >>> shift);
        while (slots[2 * slot + 1] != 0) {
            slot = slot + 1 & mask;
        }
        slots[2 * slot] = key;
        slots[2 * slot + 1] = group;
    }

    private long[] numbers(Column column, int rows) {
        if (column instanceof LongColumn longs) {
            return longs.values();
        }
        if (scratch.length < rows) {
            scratch = new long[rows];
        }
        int[] values = ((IntColumn) column).values();
        for (int i = 0; i < rows; i++) {
            scratch[i] = values[i];
        }
        return scratch;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Column[] keys() {
        long[] validity = null;
        if (nullGroup >= 0) {
            validity = Bits.allSet(size);
            Bits.clear(validity, nullGroup);
        }
        if (type.layout() == Type.Layout.LONG) {
            return new Column[] {new LongColumn(type, keys, size, validity)};
        }
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = (int) keys[i];
        }
        return new Column[] {new IntColumn(type, values, size, validity)};
    }

    @Override
    public long bytes() {
        return 8L * keys.length + 4L * dense.length + (table == null ? 0 : 8L * table.length);
    }
}
