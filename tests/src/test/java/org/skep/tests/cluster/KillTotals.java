package org.skep.tests.cluster;

/**
 * What came of a run.
 *
 * @param busyKills kills of executors that ran tasks
 * @param failed statements that ended with an error
 * @param wrong statements that ended with a wrong answer or left wrong rows
 * @param undisturbedMillis what the statements of the disturbed run take without
 * @param disturbedMillis what they took
 */
record KillTotals(
        int statements,
        int kills,
        int busyKills,
        int freezes,
        int failed,
        int wrong,
        long undisturbedMillis,
        long disturbedMillis) {
    double ratio() {
        return (double) disturbedMillis / Math.max(1, undisturbedMillis);
    }

    @Override
    public String toString() {
        return ("statements %d, kills %d (%d while the executor ran tasks), freezes %d, failed %d, wrong"
                        + " %d, undisturbed %d ms, disturbed %d ms, ratio %.2f")
                .formatted(
                        statements,
                        kills,
                        busyKills,
                        freezes,
                        failed,
                        wrong,
                        undisturbedMillis,
                        disturbedMillis,
                        ratio());
    }
}
