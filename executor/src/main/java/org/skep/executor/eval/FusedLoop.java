package org.skep.executor.eval;

/**
 * A loop over the rows of a batch that computes several expressions and folds each into what is
 * known of the row's group. Implementations are made by {@link FusedSource}.
 */
interface FusedLoop {
    /**
     * Adds all rows. Nothing is checked before something is added: when the answer says that a row
     * went wrong, all of them must be taken back.
     *
     * @param in by source three: values, ids into them or null, validity or null
     * @param literals the values of the shape's constants, of floating ones the bits
     * @param groups the group of each row; null when there is one group only
     * @return negative when a row that is not null went wrong, else a number with the highest bit
     *     of the summed longs that are farthest from 0
     */
    long add(Object[] in, long[] literals, int[] groups, FusedState state, int rows);

    /**
     * Takes the counts and the sums of longs back that {@link #add} has added with the same
     * arguments. The rest cannot be subtracted: {@link FusedState#save} keeps what it was.
     */
    void remove(Object[] in, long[] literals, int[] groups, FusedState state, int rows);
}
