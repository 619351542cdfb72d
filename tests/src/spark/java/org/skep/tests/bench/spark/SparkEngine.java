package org.skep.tests.bench.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.skep.tests.bench.EngineLoop;

/**
 * The process of Spark SQL in local mode: Spark's defaults but for the shuffle partitions, of which
 * 200 would only slow it down here.
 *
 * <p>Arguments: {@code spark}, a folder for what it keeps, the threads, the memory (not used: its
 * share of the heap is Spark's own choice).
 */
public final class SparkEngine {
    private SparkEngine() {}

    public static void main(String[] arguments) throws IOException {
        int threads = Integer.parseInt(arguments[2]);
        Path folder = Path.of(arguments[1]);
        try (SparkSession spark =
                SparkSession.builder()
                        .master("local[%d]".formatted(threads))
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
