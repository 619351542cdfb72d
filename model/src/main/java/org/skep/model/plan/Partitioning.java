package org.skep.model.plan;

import java.io.Serializable;
import java.util.List;

/** How an {@link PlanNode.Exchange} shares rows out. */
public sealed interface Partitioning extends Serializable {
    /** All rows to one partition. */
    record Single() implements Partitioning {}

    /** Rows with equal keys to the same partition. */
    record Hash(List<Integer> keys, int partitions) implements Partitioning {
        public Hash {
            keys = List.copyOf(keys);
        }
    }

    /**
     * All rows of a task to one partition, the tasks in turn: what is computed once is read in
     * several places, each by several tasks.
     */
    record Spread(int partitions) implements Partitioning {}

    /** All rows to every task of the reading stage. */
    record Broadcast() implements Partitioning {}

    /** The number of partitions; 1 for a broadcast, which every task reads whole. */
    default int count() {
        if (this instanceof Hash hash) {
            return hash.partitions();
        }
        return this instanceof Spread spread ? spread.partitions() : 1;
    }
}
