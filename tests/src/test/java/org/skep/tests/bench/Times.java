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
 * @param checksum of the rows
 */
record Times(double first, double wall, double cpu, Checksum checksum) {
    static Times of(Measurement first, List<Measurement> measured) {
        return new Times(
                first.wallMillis(),
                median(measured, Measurement::wallMillis),
                median(measured, Measurement::cpuMillis),
                first.checksum());
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
