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
     *
     * @param number of rows that are not the same as others whose plan is equal, because they rest
     *     on chance; 0 of all others
     * @param checkpoint whether the rows are kept where the loss of an executor does not lose them
     */
    record Spread(int partitions, int number, boolean checkpoint) implements Partitioning {
        /** Of rows that an equal plan gives, too. */
        public Spread(int partitions) {
            this(partitions, 0, false);
        }
    }

    /** All rows to every task of the reading stage. */
    record Broadcast() implements Partitioning {}

    /**
     * Neighbouring partitions of a {@link Hash} read by one task each, because they turned out
     * small. Only of a {@link PlanNode.StageInput}.
     *
     * @param ends behind the last partition of each task
     */
    record Groups(List<Integer> keys, List<Integer> ends) implements Partitioning {
        public Groups {
            keys = List.copyOf(keys);
            ends = List.copyOf(ends);
        }

        /** The first partition of a task. */
        public int from(int task) {
            return task == 0 ? 0 : ends.get(task - 1);
        }
    }

    /**
     * Rows shared out evenly over tasks by where they lie, whatever their keys. Only of a {@link
     * PlanNode.StageInput}. Which task reads a row depends on the finished output alone, so a task
     * that runs again reads the same.
     */
    record Slices(int tasks) implements Partitioning {}

    /** The number of partitions; 1 for a broadcast, which every task reads whole. */
    default int count() {
        if (this instanceof Hash hash) {
            return hash.partitions();
        }
        if (this instanceof Groups groups) {
            return groups.ends().size();
        }
        if (this instanceof Slices slices) {
            return slices.tasks();
        }
        return this instanceof Spread spread ? spread.partitions() : 1;
    }
}
