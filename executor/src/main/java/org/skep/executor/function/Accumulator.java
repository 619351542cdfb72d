package org.skep.executor.function;

import org.skep.model.data.Column;

/**
 * The states of one aggregate for many groups, held as columns, one slot per group. Groups are
 * numbered from 0; a group that was never added to has the state of no rows.
 */
public interface Accumulator {
    /**
     * Takes in raw rows.
     *
     * @param arguments one column per argument, maybe dictionaries
     * @param groups the group of each row
     * @param rows how many rows
     * @param groupCount greater than every group number so far
     */
    void add(Column[] arguments, int[] groups, int rows, int groupCount);

    /** Takes in states, as {@link #states} gave them, like rows. */
    void merge(Column[] states, int[] groups, int rows, int groupCount);

    /** The states of groups {@code from} to before {@code from + count}. */
    Column[] states(int from, int count);

    /** The results of groups {@code from} to before {@code from + count}. */
    Column results(int from, int count);

    /** Bytes of heap held, about. */
    long bytes();
}
