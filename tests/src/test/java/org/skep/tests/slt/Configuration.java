package org.skep.tests.slt;

import java.util.List;

/** Settings under which the whole corpus runs: they may change times, never rows. */
enum Configuration {
    STANDARD(),
    SMALL_BATCHES("batch_rows = 3"),
    ONE_TASK("threads = 1", "split_bytes = 1GB", "shuffle_partitions = 1"),
    MANY_TASKS("threads = 4", "split_bytes = 16", "shuffle_partitions = 5"),
    SPILLING("spill = always", "batch_rows = 7"),
    MERGE_JOINS("join_strategy = merge", "skew = always"),
    HASH_JOINS("join_strategy = hash", "broadcast_bytes = 0"),
    BROADCAST_JOINS("join_strategy = broadcast"),
    HOT_KEYS("join_strategy = hash", "split_bytes = 16", "shuffle_partitions = 3", "skew = always");

    private final List<String> settings;

    Configuration(String... settings) {
        this.settings = List.of(settings);
    }

    /** What to SET, as {@code name = value}. */
    List<String> settings() {
        return settings;
    }

    /** Whether loops are compiled for the first rows already. */
    boolean fuses() {
        return this == MANY_TASKS || this == MERGE_JOINS || this == SMALL_BATCHES;
    }
}
