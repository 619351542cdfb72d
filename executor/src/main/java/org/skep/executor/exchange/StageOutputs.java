package org.skep.executor.exchange;

import java.util.List;

/** What earlier stages of a query have put out, as a task reads it: the seam between back ends. */
public interface StageOutputs {
    /**
     * The rows of partitions, in the order of the tasks that wrote them.
     *
     * @param from the first partition
     * @param to the one after the last
     * @param unwanted keys whose rows may be left out where that takes no look at each
     */
    BatchSource read(int stage, int from, int to, List<List<Object>> unwanted);

    /**
     * All rows, however they were partitioned: an output written for a shuffle may be read as a
     * broadcast, when it turned out small.
     *
     * @param partitions the ones to read; null for all
     */
    BatchSource readWhole(int stage, List<Integer> partitions);

    /** One of {@code slices} shares of about as many rows, in the order in which they lie. */
    BatchSource readSlice(int stage, List<Integer> partitions, int slice, int slices);
}
