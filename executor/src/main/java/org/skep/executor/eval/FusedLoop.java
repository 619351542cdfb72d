package org.skep.executor.eval;

/**
 * A loop over the rows of a batch that computes several expressions and adds each to the sums of
 * the row's group. Implementations are made by {@link FusedSource}.
 */
interface FusedLoop {
    /**
     * Adds all rows. Nothing is checked before something is added: when the answer says that a row
     * went wrong, all of them must be taken back.
     *
     * @param in by source three: values, ids into them or null, validity or null
     * @param literals the values of the shape's constants
     * @param groups the group of each row
     * @param state by group {@link FusedSource#stride}: how many rows, then the sums
     * @param missing by group the number of nulls of each term
     * @return negative when a row that is not null overflowed, else a number with the highest bit
     *     of the values that are farthest from 0
     */
    long add(Object[] in, long[] literals, int[] groups, long[] state, long[] missing, int rows);

    /** Takes back what {@link #add} has added with the same arguments. */
    void remove(Object[] in, long[] literals, int[] groups, long[] state, long[] missing, int rows);
}
