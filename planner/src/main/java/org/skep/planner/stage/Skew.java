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

    /** More would cost more for being tasks than they gain. */
    private static final int TASKS_PER_THREAD = 8;

    /**
     * Hot rows that are joined in the time that one other row takes, as long as they have few
     * partners: these are always at hand. Measured with joins that drop the rows (5) and joins that
     * give all of them to an aggregate (2).
     */
    private static final int HOT_FOR_ONE = 3;

    static final Skew NONE = new Skew(List.of(), List.of(), 0, 0);

    /**
     * What is skewed in the output of a stage that was partitioned by hash.
     *
     * @param others that it is joined with
     */
    static Skew of(StageReport report, List<StageReport> others, Settings settings) {
        boolean always = settings.skew() == Settings.Skew.ALWAYS;
        long median = median(report);
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
        List<List<Object>> keys = hot.stream().map(HotKey::values).toList();
        boolean manyPartners =
                others.stream()
                        .flatMap(other -> other.hotKeys().stream())
                        .anyMatch(key -> keys.contains(key.values()));
        long joined = median + others.stream().mapToLong(Skew::median).sum();
        long alike = manyPartners ? median : HOT_FOR_ONE * joined;
        long each = Math.max(1, Math.max(alike, rows / TASKS_PER_THREAD / settings.threads()));
        long wanted = always ? TASKS_TO_TEST : Math.max(2, (rows + each / 2) / each);
        return new Skew(
                keys,
                List.copyOf(new TreeSet<>(hot.stream().map(HotKey::partition).toList())),
                rows,
                (int) Math.min(MOST_TASKS, wanted));
    }

    /** The rows of an ordinary partition. */
    private static long median(StageReport report) {
        long[] sorted = report.rows().clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
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
