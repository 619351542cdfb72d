package org.skep.planner.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend.HotKey;
import org.skep.model.spi.Backend.StageReport;

/**
 * The hot keys of a stage's output: those that make their partition much larger than the others.
 *
 * @param keys their values, most frequent first
 * @param partitions where they are
 * @param rows that have one of them, about
 * @param tasks over which the rows should be spread, so that each gets about as many as the tasks
 *     of other keys
 */
record Skew(List<List<Object>> keys, List<Integer> partitions, long rows, int tasks) {
    private static final int MOST_KEYS = 16;
    private static final int MOST_TASKS = 1024;
    private static final int TASKS_TO_TEST = 3;

    /**
     * Rows that the task of a partition's other keys passes over in the time in which one is
     * joined: tasks of hot rows that end sooner than that task gain nothing.
     */
    private static final int PASSED_OVER = 8;

    static final Skew NONE = new Skew(List.of(), List.of(), 0, 0);

    /** What is skewed in the output of a stage that was partitioned by hash. */
    static Skew of(StageReport report, Settings settings) {
        boolean always = settings.skew() == Settings.Skew.ALWAYS;
        long[] sorted = report.rows().clone();
        Arrays.sort(sorted);
        long median = sorted[(sorted.length - 1) / 2];
        List<HotKey> hot = new ArrayList<>();
        for (HotKey key : report.hotKeys()) {
            boolean counts =
                    always
                            || isSkewed(report, key.partition(), median, settings)
                                    && key.rows() >= median / 4;
            if (counts && hot.size() < MOST_KEYS) {
                hot.add(key);
            }
        }
        if (hot.isEmpty()) {
            return NONE;
        }
        long rows = hot.stream().mapToLong(HotKey::rows).sum();
        long largest = sorted[sorted.length - 1];
        long each = Math.max(median, Math.max(1, largest / PASSED_OVER));
        long wanted = always ? TASKS_TO_TEST : Math.max(2, (rows + each - 1) / each);
        return new Skew(
                hot.stream().map(HotKey::values).toList(),
                List.copyOf(new TreeSet<>(hot.stream().map(HotKey::partition).toList())),
                rows,
                (int) Math.min(MOST_TASKS, wanted));
    }

    private static boolean isSkewed(
            StageReport report, int partition, long median, Settings settings) {
        return report.rows()[partition] > settings.skewFactor() * median
                && report.bytes()[partition] >= settings.skewBytes();
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Without keys that another side has already. */
    Skew without(Skew other) {
        List<List<Object>> rest = keys.stream().filter(key -> !other.keys.contains(key)).toList();
        return rest.isEmpty() ? NONE : new Skew(rest, partitions, rows, tasks);
    }
}
