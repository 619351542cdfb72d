package org.skep.tests.bench.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skep.tests.bench.EngineLoop;

/**
 * The process of Spark SQL, in local mode or with a cluster: Spark's defaults but for the shuffle
 * partitions, of which 200 would only slow it down here.
 *
 * <p>Arguments: {@code spark}, a folder for what it keeps, the threads, the memory and the bytes to
 * be kept of files (not used: both are Spark's own choice), the cluster's URL or nothing. What
 * Spark is to be told of the cluster is in the file that {@code SKEP_SPARK_PROPERTIES} names.
 */
public final class SparkEngine {
    private SparkEngine() {}

    public static void main(String[] arguments) throws IOException {
        int threads = Integer.parseInt(arguments[2]);
        Path folder = Path.of(arguments[1]);
        String cluster = arguments[5];
        SparkConf told = new SparkConf();
        if (!cluster.isEmpty()) {
            for (String line :
                    Files.readAllLines(Path.of(System.getenv("SKEP_SPARK_PROPERTIES")))) {
                String[] parts = line.split(" ", 2);
                told.set(parts[0], parts[1]);
            }
        }
        try (SparkSession spark =
                SparkSession.builder()
                        .config(told)
                        .master(cluster.isEmpty() ? "local[%d]".formatted(threads) : cluster)
                        .config("spark.sql.shuffle.partitions", 2 * threads)
                        .config("spark.ui.enabled", false)
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.sql.warehouse.dir", folder.resolve("spark").toString())
                        .config("spark.local.dir", folder.resolve("spark-local").toString())
                        .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            EngineLoop.answer(sql -> rows(spark, sql));
        }
    }

    private static List<Object[]> rows(SparkSession spark, String sql) {
        List<Object[]> rows = new ArrayList<>();
        for (Row row : spark.sql(sql).collectAsList()) {
            Object[] cells = new Object[row.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = row.get(i);
            }
            rows.add(cells);
        }
        return rows;
    }
}
