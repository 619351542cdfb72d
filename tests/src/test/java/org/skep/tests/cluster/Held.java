package org.skep.tests.cluster;

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

    public static void standard() {
        System.clearProperty(PROPERTY);
    }
}
