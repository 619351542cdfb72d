package org.skep.executor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.model.data.Batch;
import org.skep.model.data.Column;
import org.skep.model.type.Type;

class RowsOfKeyTest {
    private static final int BEFORE = 3;

    private static List<Object> key(Batch batch, int row) {
        List<Object> key = new ArrayList<>();
        for (Column column : batch.columns()) {
            key.add(column.value(row));
        }
        return key;
    }

    /** All rows have one of two hashes, so that most rows of the key's hash have another key. */
    private static void check(List<Type> types, long seed) {
        for (Batch batch : new RandomRows(seed, 4, 0.2).batches(types, 600, 100)) {
            List<Object> wanted = key(batch, batch.rows() / 2);
            List<Column> values = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                values.add(Column.constant(types.get(i), wanted.get(i), 1));
            }
            long[] hashes = new long[batch.rows()];
            int[] rows = new int[BEFORE + batch.rows()];
            List<Integer> mine = new ArrayList<>();
            for (int row = 0; row < batch.rows(); row++) {
                rows[BEFORE + row] = row;
                boolean same = key(batch, row).equals(wanted);
                hashes[row] = same || row % 3 == 0 ? 5 : 6;
                if (same) {
                    mine.add(row);
                }
            }
            RowsOfKey tested = new RowsOfKey(5, values);
            Column[] keys = batch.columns().toArray(Column[]::new);
            int others = tested.moveBehind(hashes, keys, rows, BEFORE, batch.rows());
            List<Integer> moved = new ArrayList<>();
            List<Integer> all = new ArrayList<>();
            for (int i = BEFORE; i < rows.length; i++) {
                all.add(rows[i]);
                if (i >= BEFORE + others) {
                    moved.add(rows[i]);
                }
            }
            assertEquals(mine, moved, () -> types + " " + wanted);
            assertEquals(batch.rows(), all.stream().distinct().count());
        }
    }

    @Test
    void rowsOfOneHashAreToldApartByValue() {
        for (long seed = 0; seed < 10; seed++) {
            for (Type type : RandomRows.ALL_TYPES) {
                if (type.kind() != Type.Kind.BINARY) { // its boxed values have no equals
                    check(List.of(type), seed);
                }
            }
            check(List.of(Type.STRING, Type.INTEGER), seed);
            check(List.of(Type.DATE, Type.decimal(30, 3), Type.STRING), seed);
        }
    }
}
