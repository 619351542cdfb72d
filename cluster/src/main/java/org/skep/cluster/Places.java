package org.skep.cluster;

import java.util.List;
import org.apache.spark.SparkContext;
import org.skep.model.file.Split;

/**
 * Where tasks that read files should run: the same split on the same executor, as long as that is
 * there, since it may have kept the pages. By rendezvous hashing (Thaler and Ravishankar, 1998), so
 * that an executor that comes or goes changes the place of few splits. Executors without work take
 * others' tasks at once ({@code spark.locality.wait} is 0).
 */
final class Places {
    private Places() {}

    /** One for each split; none when there are no executors to choose from. */
    static List<String> of(List<Split> splits, SparkContext context) {
        if (splits.isEmpty() || context.isLocal()) {
            return List.of();
        }
        List<String> executors = SparkCalls.executors(context);
        return executors.size() < 2
                ? List.of()
                : splits.stream().map(split -> of(split, executors)).toList();
    }

    private static String of(Split split, List<String> executors) {
        String chosen = null;
        long most = Long.MIN_VALUE;
        long key = 31L * split.file().path().hashCode() + split.start();
        for (String executor : executors) {
            long weight = mixed(key + mixed(executor.hashCode()));
            if (chosen == null || weight > most) {
                chosen = executor;
                most = weight;
            }
        }
        return chosen;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
