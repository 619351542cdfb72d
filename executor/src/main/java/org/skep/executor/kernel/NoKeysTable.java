package org.skep.executor.kernel;

import java.util.Arrays;
import org.skep.model.data.Column;

/** One group of all rows. */
final class NoKeysTable extends GroupTable {
    private boolean any;

    @Override
    void insert(Column[] keys, int rows, int[] groups) {
        Arrays.fill(groups, 0, rows, 0);
        any = true;
    }

    @Override
    public int size() {
        return any ? 1 : 0;
    }

    @Override
    public Column[] keys() {
        return new Column[0];
    }

    @Override
    public long bytes() {
        return 0;
    }
}
