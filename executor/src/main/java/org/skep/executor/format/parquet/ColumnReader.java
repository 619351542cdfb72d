package org.skep.executor.format.parquet;

import org.skep.model.data.Column;

/** The rows of one column of the table, in order, one row group after another. */
interface ColumnReader {
    /** Begins a row group. */
    void start(int rowGroup);

    /** Passes over rows; costs next to nothing where whole pages are passed over. */
    void skip(long rows);

    /**
     * Reads the next {@code rows} rows.
     *
     * @param selected which of them are wanted, ascending; null for all
     * @param count how many are wanted, and how many rows the column has
     */
    Column read(int rows, int[] selected, int count);

    /** Whether reading some of the next rows means to decode them all, and to take those out. */
    default boolean decodesAll(int rows, int[] selected, int count) {
        return false;
    }

    /**
     * Says that nobody looks at the last column any more that {@link #read} gave, so that the next
     * one may take its place in memory.
     */
    default void recycle() {}

    /**
     * All values that this row group's rows may have, besides null, when the file has them as a
     * dictionary; else null. To be asked before the first row is read.
     */
    default Column dictionary() {
        return null;
    }

    /** A column that the file does not have. */
    record Missing(org.skep.model.type.Type type) implements ColumnReader {
        @Override
        public void start(int rowGroup) {}

        @Override
        public void skip(long rows) {}

        @Override
        public Column read(int rows, int[] selected, int count) {
            return Column.nulls(type, count);
        }
    }
}
