package org.skep.tests.bench;

/**
 * One execution of a query.
 *
 * @param wallMillis from the query's text to the last value of its last row
 * @param cpuMillis processor time that all threads of the engine's process took meanwhile
 * @param checksum of its rows; null when it failed
 * @param error why it failed; null when it did not
 */
record Measurement(double wallMillis, double cpuMillis, Checksum checksum, String error) {
    boolean failed() {
        return error != null;
    }
}
