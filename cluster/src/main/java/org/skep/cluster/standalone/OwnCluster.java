package org.skep.cluster.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a driver must know of the cluster that was started on this machine, its secret above all.
 */
public final class OwnCluster {
    private OwnCluster() {}

    /** The URL of its master; null when none was started. */
    public static String url() {
        return read(ClusterFolder.ofUser().properties()).get("spark.master");
    }

    /**
     * Spark's configuration for drivers of a cluster.
     *
     * @param url of its master
     * @return nothing when it is not the cluster of this user and machine
     */
    public static Map<String, String> configuration(String url) {
        Map<String, String> all = read(ClusterFolder.ofUser().properties());
        String address = url.replace("//localhost:", "//127.0.0.1:");
        if (!address.equals(all.get("spark.master"))) {
            return Map.of();
        }
        Map<String, String> driver = new TreeMap<>(all);
        driver.keySet()
                .removeIf(
                        key ->
                                key.startsWith("spark.master")
                                        || key.equals("spark.port.maxRetries"));
        return driver;
    }

    /**
     * The settings in a file of Spark's: a name and a value on each line.
     *
     * @return nothing when there is no such file
     */
    public static Map<String, String> read(Path file) {
        Map<String, String> all = new TreeMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.strip().split("[\\s=]+", 2);
                    if (parts.length == 2 && !parts[0].startsWith("#")) {
                        all.put(parts[0], parts[1].strip());
                    }
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
