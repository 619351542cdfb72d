package org.skep.tests.cluster;

import org.apache.spark.SparkContext;

/** What stages put out at most so that the driver keeps it, in clusters that are connected next. */
public final class Held {
    private static final String PROPERTY = "spark.skep.held.bytes"; // Spark takes it from here

    private Held() {}

    /**
     * @param bytes as Spark writes sizes; 0 for nothing, so that all stages run on the cluster
     */
    public static void bytes(String bytes) {
        System.setProperty(PROPERTY, bytes);
    }

    /** In the cluster that is connected, for the queries that begin next. */
    public static void now(String bytes) {
        SparkContext.getOrCreate().conf().set(PROPERTY, bytes);
    }

    public static void standard() {
        System.clearProperty(PROPERTY);
    }
}
