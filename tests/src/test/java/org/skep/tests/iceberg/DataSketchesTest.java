package org.skep.tests.iceberg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.theta.Sketch;
import org.apache.datasketches.theta.Sketches;
import org.apache.datasketches.theta.UpdateSketch;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinReader;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.sketch.SingleValue;
import org.skep.model.sketch.ThetaSketch;

/** Our sketches against those of DataSketches, which refuses to run on newer Java. */
@EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "DataSketches 6.2.0 does not run on it")
class DataSketchesTest {
    private static final int ROWS = 3000;

    @TempDir private Path folder;

    /** As Spark and Trino make a sketch: from Iceberg's binary form of each value. */
    private static byte[] expected(Type type, IntFunction<Object> values) {
        UpdateSketch sketch = UpdateSketch.builder().build();
        for (int i = 1; i <= ROWS; i++) {
            Object value = values.apply(i);
            if (value != null) {
                sketch.update(Conversions.toByteBuffer(type, value));
            }
        }
        return sketch.compact().toByteArray();
    }

    @Test
    void everyTypeHasTheirBytes() throws Exception {
        Map<String, byte[]> expected = new HashMap<>();
        expected.put("b", expected(Types.BooleanType.get(), i -> i % 3 == 0));
        expected.put("i", expected(Types.IntegerType.get(), i -> i % 7 == 0 ? null : -i));
        expected.put("l", expected(Types.LongType.get(), i -> i * 10_000_000_000L));
        expected.put("f", expected(Types.FloatType.get(), i -> i / 4f));
        expected.put("d", expected(Types.DoubleType.get(), i -> i / 7.0));
        expected.put(
                "small",
                expected(Types.DecimalType.of(9, 2), i -> BigDecimal.valueOf(100L * -i + 5, 2)));
        expected.put(
                "large",
                expected(
                        Types.DecimalType.of(30, 3),
                        i ->
                                new BigDecimal("123456789012345678.125")
                                        .multiply(BigDecimal.valueOf(i))));
        expected.put("day", expected(Types.DateType.get(), i -> i));
        expected.put("at", expected(Types.TimestampType.withoutZone(), i -> i * 86_400_000_000L));
        expected.put("s", expected(Types.StringType.get(), i -> "Grüße Nr. " + i % 1000));
        expected.put(
                "bytes",
                expected(
                        Types.BinaryType.get(),
                        i -> ByteBuffer.wrap(Integer.toString(i).getBytes())));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
                Statement statement = connection.createStatement()) {
            create(statement);
            check(expected); // gathered while they were written
            statement.execute("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS");
            check(expected);
        }
    }

    private void check(Map<String, byte[]> expected) throws Exception {
        try (JdbcCatalog catalog = OtherCatalog.open(folder.resolve("warehouse"))) {
            Table table = catalog.loadTable(TableIdentifier.of("default", "t"));
            Map<String, byte[]> found = sketches(table);
            assertEquals(expected.keySet(), found.keySet());
            expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
        }
    }

    private static void create(Statement statement) throws SQLException {
        statement.execute("SET split_bytes = 64KB");
        statement.execute(
                "CREATE TABLE t AS SELECT i % 3 = 0 AS b, CAST(CASE WHEN i % 7 <> 0 THEN -i END AS INT) AS i,"
                        + " i * 10000000000 AS l, CAST(i / 4.0 AS FLOAT) AS f,"
                        + " CAST(i AS DOUBLE) / 7 AS d,"
                        + " CAST(-i + 0.05 AS DECIMAL(9,2)) AS small,"
                        + " CAST(123456789012345678.125 * i AS DECIMAL(30,3)) AS large,"
                        + " date_add(DATE '1970-01-01', i) AS day,"
                        + " CAST(date_add(DATE '1970-01-01', i) AS TIMESTAMP) AS at,"
                        + " concat('Grüße Nr. ', CAST(i % 1000 AS STRING)) AS s,"
                        + " CAST(CAST(i AS STRING) AS BINARY) AS bytes,"
                        + " ARRAY[i] AS list"
                        + " FROM (SELECT explode(sequence(1, %d)) AS i)".formatted(ROWS));
    }

    private static Map<String, byte[]> sketches(Table table) throws Exception {
        Map<String, byte[]> sketches = new HashMap<>();
        StatisticsFile file = table.statisticsFiles().get(0);
        try (PuffinReader reader = Puffin.read(table.io().newInputFile(file.path())).build()) {
            for (Pair<BlobMetadata, ByteBuffer> blob :
                    reader.readAll(reader.fileMetadata().blobs())) {
                if (blob.first().type().equals("apache-datasketches-theta-v1")) {
                    byte[] bytes = new byte[blob.second().remaining()];
                    blob.second().get(bytes);
                    int field = blob.first().inputFields().get(0);
                    sketches.put(table.schema().findColumnName(field), bytes);
                    assertEquals(
                            blob.first().properties().get("ndv"),
                            Long.toString(
                                    (long) Sketches.wrapSketch(Memory.wrap(bytes)).getEstimate()));
                }
            }
        }
        return sketches;
    }

    /**
     * Also where they begin to estimate: the same hashes are kept when values come in one order.
     */
    @Test
    void manyValuesHaveTheirBytes() {
        for (int count : new int[] {0, 1, 2, 4096, 7680, 7681, 50_000, 1_000_000}) {
            UpdateSketch theirs = UpdateSketch.builder().build();
            ThetaSketch ours = new ThetaSketch();
            for (long i = 0; i < count; i++) {
                theirs.update(i);
                ours.add(SingleValue.hash(i));
            }
            byte[] bytes = theirs.compact().toByteArray();
            assertArrayEquals(bytes, ours.toBytes(), count + " values");
            assertEquals(theirs.getEstimate(), ThetaSketch.of(bytes).estimate());
            Sketch unordered = theirs.compact(false, null); // what others may write reads the same
            assertArrayEquals(bytes, ThetaSketch.of(unordered.toByteArray()).toBytes());
        }
    }
}
