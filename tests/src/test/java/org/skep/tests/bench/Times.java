package org.skep.tests.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An engine's times for one query, in milliseconds.
 *
 * @param first wall time of the first execution
 * @param wall median of the wall times of the measured executions
 * @param cpu median of their processor times
 * @param checksums of the rows of each text that was run
 */
record Times(double first, double wall, double cpu, List<Checksum> checksums) {
    /** One text, run several times. */
    static Times of(Measurement first, List<Measurement> measured) {
        return new Times(
                first.wallMillis(),
                median(measured, Measurement::wallMillis),
                median(measured, Measurement::cpuMillis),
                List.of(first.checksum()));
    }

    /** Several texts, each run once. */
    static Times ofFirst(List<Measurement> each) {
        return new Times(
                each.get(0).wallMillis(),
                median(each, Measurement::wallMillis),
                median(each, Measurement::cpuMillis),
                each.stream().map(Measurement::checksum).toList());
    }

    boolean matches(Times other) {
        boolean same = true;
        for (int i = 0; i < checksums.size(); i++) {
            same &= checksums.get(i).matches(other.checksums.get(i));
        }
        return same;
    }

    private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        return median(runs.stream().mapToDouble(figure).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
