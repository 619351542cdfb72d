package org.skep.executor.format.parquet;

import java.util.Arrays;
import org.skep.model.data.Bits;
import org.skep.model.data.BooleanColumn;
import org.skep.model.data.BytesColumn;
import org.skep.model.data.Column;
import org.skep.model.data.DecimalColumn;
import org.skep.model.data.DoubleColumn;
import org.skep.model.data.IntColumn;
import org.skep.model.data.LongColumn;

/** What one leaf has in a row group: levels of all entries, and the values that are not null. */
final class LeafBuffer {
    private static final int SMALL = 64;

    final Node leaf;
    Values values;
    int present;
    int[] definitions;
    int[] repetitions;
    int entries;

    LeafBuffer(Node leaf) {
        this.leaf = leaf;
        clear();
    }

    /**
     * Forgets all. The arrays go too: of the many files that are open in a partitioned write, each
     * would keep those of its largest row group.
     */
    void clear() {
        present = 0;
        entries = 0;
        definitions = new int[SMALL];
        repetitions = new int[SMALL];
        values = new Values(leaf.physical(), SMALL);
    }

    /** An entry without a value. */
    void add(int repetition, int definition) {
        reserve(1);
        repetitions[entries] = repetition;
        definitions[entries++] = definition;
    }

    /** Makes room for rows of a column of the table, so that the arrays need not grow in steps. */
    void expect(int rows, long bytes) {
        reserve(rows);
        values.reserve(present + rows);
        if (leaf.physical() == Physical.BYTE_ARRAY) {
            values.reserveData(Math.toIntExact(bytes));
        }
    }

    /** All rows of a column of a table, without a dictionary. */
    void addRows(Column column) {
        int rows = column.rows();
        reserve(rows);
        values.reserve(present + rows);
        long[] validity = column.validity();
        Arrays.fill(repetitions, entries, entries + rows, 0);
        if (validity == null) {
            Arrays.fill(definitions, entries, entries + rows, 1);
            putAll(column);
        } else {
            for (int row = 0; row < rows; row++) {
                boolean there = Bits.get(validity, row);
                definitions[entries + row] = there ? 1 : 0;
                if (there) {
                    put(column, row);
                }
            }
        }
        entries += rows;
    }

    /** All rows of a column without nulls. */
    private void putAll(Column column) {
        int rows = column.rows();
        if (column instanceof IntColumn ints) {
            System.arraycopy(ints.values(), 0, values.ints, present, rows);
        } else if (column instanceof LongColumn longs && leaf.physical() == Physical.INT64) {
            System.arraycopy(longs.values(), 0, values.longs, present, rows);
        } else if (column instanceof DoubleColumn doubles) {
            System.arraycopy(doubles.values(), 0, values.doubles, present, rows);
        } else {
            for (int row = 0; row < rows; row++) {
                put(column, row);
            }
            return;
        }
        present += rows;
    }

    /** An entry with the value at a row, which is not null. */
    void add(Column column, int row, int repetition) {
        add(repetition, leaf.definition);
        values.reserve(present + 1);
        put(column, row);
    }

    private void reserve(int count) {
        int wanted = Math.addExact(entries, count);
        if (wanted > definitions.length) {
            int size = Math.max(wanted, entries + (entries >> 1));
            definitions = Arrays.copyOf(definitions, size);
            repetitions = Arrays.copyOf(repetitions, size);
        }
    }

    private void put(Column column, int row) {
        switch (leaf.physical()) {
            case BOOLEAN -> values.booleans[present] = ((BooleanColumn) column).values()[row];
            case INT32 ->
                    values.ints[present] =
                            column instanceof IntColumn ints
                                    ? ints.values()[row]
                                    : (int) ((LongColumn) column).values()[row];
            case INT64 -> values.longs[present] = ((LongColumn) column).values()[row];
            case FLOAT, DOUBLE -> values.doubles[present] = ((DoubleColumn) column).values()[row];
            case BYTE_ARRAY -> {
                BytesColumn bytes = (BytesColumn) column;
                int length = bytes.lengths()[row];
                values.starts[present] =
                        values.appendData(bytes.data(), bytes.starts()[row], length);
                values.lengths[present] = length;
            }
            case FIXED -> putDecimal((DecimalColumn) column, row);
            case INT96 -> throw new IllegalArgumentException("INT96 is not written");
        }
        present++;
    }

    private void putDecimal(DecimalColumn column, int row) {
        values.reserveData(16);
        int at = values.dataEnd;
        for (int i = 0; i < 8; i++) {
            values.data[at + i] = (byte) (column.highs()[row] >>> (56 - 8 * i));
            values.data[at + 8 + i] = (byte) (column.lows()[row] >>> (56 - 8 * i));
        }
        values.starts[present] = at;
        values.lengths[present] = 16;
        values.dataEnd = at + 16;
    }
}
