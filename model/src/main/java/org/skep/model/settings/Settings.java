package org.skep.model.settings;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code SET key = value} can change, and nothing else. A value is changed by {@link
 * SettingNames}.
 *
 * @param batchRows rows per batch
 * @param threads tasks that run at the same time
 * @param memory bytes that one query may hold before its operators spill
 * @param splitBytes bytes of a file that one task reads, about
 * @param shufflePartitions reduce partitions of a stage; 0 to choose by size
 * @param broadcastBytes the largest decoded build side that is broadcast
 * @param partitionBytes of rows that one reduce task gets, about
 * @param joinStrategy which join to prefer
 * @param adaptive whether stages are planned anew by what finished ones have put out
 * @param skew when rows of hot keys are spread over several tasks
 * @param skewFactor how many times the median of all partitions one must hold to be skewed
 * @param skewBytes a smaller partition is never skewed
 * @param spill when operators spill
 * @param maxErrors bad rows of text files that a query passes over before it fails
 * @param tempDirectory where spill files go
 * @param chaos what is to go wrong on a cluster, to rehearse it
 */
public record Settings(
        int batchRows,
        int threads,
        long memory,
        long splitBytes,
        int shufflePartitions,
        long broadcastBytes,
        long partitionBytes,
        JoinStrategy joinStrategy,
        boolean adaptive,
        Skew skew,
        double skewFactor,
        long skewBytes,
        Spill spill,
        long maxErrors,
        String tempDirectory,
        Chaos chaos)
        implements Serializable {
    /** Which join the planner prefers. */
    public enum JoinStrategy {
        /** By size. */
        AUTO,
        BROADCAST,
        HASH,
        MERGE
    }

    /** When rows of hot keys are spread over several tasks. */
    public enum Skew {
        /** When they make a task longer than others. */
        AUTO,
        /** Whenever a key is there twice, to test it. */
        ALWAYS,
        NEVER
    }

    /** When operators spill. */
    public enum Spill {
        /** When the memory budget is used up. */
        AUTO,
        /** As early as they can, to test it. */
        ALWAYS
    }

    /** The settings of a new session on this machine. */
    public static Settings defaults() {
        Runtime machine = Runtime.getRuntime();
        long heap = machine.maxMemory();
        return new Settings(
                2048,
                machine.availableProcessors(),
                heap / 2,
                32L << 20,
                0,
                heap / 8,
                32L << 20,
                JoinStrategy.AUTO,
                true,
                Skew.AUTO,
                1.5,
                2L << 20,
                Spill.AUTO,
                0,
                System.getProperty("java.io.tmpdir"),
                Chaos.NONE);
    }

    /** These settings with one changed, see {@link SettingNames#set}. */
    public Settings with(String key, String value) {
        return SettingNames.set(this, key, value);
    }

    /** All settings by name, as {@code SHOW SETTINGS} lists them. */
    public Map<String, String> values() {
        return new TreeMap<>(SettingNames.values(this));
    }
}
