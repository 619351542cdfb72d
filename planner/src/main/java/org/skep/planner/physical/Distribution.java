package org.skep.planner.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Over which tasks the rows of a plan are spread. */
sealed interface Distribution {
    /** In no order that helps. */
    record Arbitrary() implements Distribution {}

    /** All rows in one task. */
    record Single() implements Distribution {}

    /** Rows with equal keys in the same of so many tasks. */
    record Hashed(List<Integer> keys, int partitions) implements Distribution {}

    /** Rows with equal values of one column in the same task, by the buckets of a table. */
    record Bucketed(int key) implements Distribution {}

    Distribution ARBITRARY = new Arbitrary();
    Distribution SINGLE = new Single();

    /** Whether rows that agree in {@code keys} are in one task already. */
    default boolean gathers(List<Integer> keys) {
        return this instanceof Single
                || this instanceof Bucketed bucketed && keys.contains(bucketed.key)
                || this instanceof Hashed hashed
                        && new HashSet<>(keys).containsAll(hashed.keys)
                        && !hashed.keys.isEmpty();
    }

    /** The same after columns moved: column {@code i} is now at {@code at[i]}, or gone when -1. */
    default Distribution moved(int[] at) {
        if (this instanceof Bucketed bucketed) {
            boolean there = bucketed.key < at.length && at[bucketed.key] >= 0;
            return there ? new Bucketed(at[bucketed.key]) : ARBITRARY;
        }
        if (!(this instanceof Hashed hashed)) {
            return this;
        }
        List<Integer> keys = new ArrayList<>();
        for (int key : hashed.keys) {
            if (key >= at.length || at[key] < 0) {
                return ARBITRARY;
            }
            keys.add(at[key]);
        }
        return new Hashed(keys, hashed.partitions);
    }
}
