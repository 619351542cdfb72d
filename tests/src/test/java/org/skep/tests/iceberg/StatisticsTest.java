package org.skep.tests.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.iceberg.GenericBlobMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinCompressionCodec;
import org.apache.iceberg.puffin.PuffinReader;
import org.apache.iceberg.puffin.PuffinWriter;
import org.apache.iceberg.util.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.model.sketch.ThetaSketch;

/** ANALYZE TABLE: the files it makes, who reads them, what becomes of them. */
class StatisticsTest {
    private static final String THETA = "apache-datasketches-theta-v1";

    /** Statistics come from ANALYZE only. */
    private static final String UNGATHERED =
            " TBLPROPERTIES ('skep.gather-statistics' = 'false') AS ";

    @TempDir private Path folder;
    private Connection connection;
    private JdbcCatalog catalog;

    @BeforeEach
    void open() throws SQLException {
        connection = connect();
        execute("CREATE SCHEMA other"); // so that the catalog's file is there
        catalog = OtherCatalog.open(folder.resolve("warehouse"));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        catalog.close();
    }

    private void execute(String sql) throws SQLException {
        execute(connection, sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<List<String>> rows(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private Table table(String name) {
        return catalog.loadTable(TableIdentifier.of("default", name));
    }

    private static List<Pair<BlobMetadata, ByteBuffer>> blobs(Table table, StatisticsFile file)
            throws IOException {
        List<Pair<BlobMetadata, ByteBuffer>> blobs = new ArrayList<>();
        try (PuffinReader reader =
                Puffin.read(table.io().newInputFile(file.path()))
                        .withFileSize(file.fileSizeInBytes())
                        .withFooterSize(file.fileFooterSizeInBytes())
                        .build()) {
            reader.readAll(reader.fileMetadata().blobs()).forEach(blobs::add);
        }
        return blobs;
    }

    private Set<Path> statisticsFiles() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("warehouse/data"))) {
            return new TreeSet<>(all.filter(file -> file.toString().endsWith(".stats")).toList());
        }
    }

    /** Iceberg's reader finds for every column the number that SHOW STATISTICS shows. */
    @Test
    void icebergReadsThem() throws Exception {
        execute(
                "CREATE TABLE t AS SELECT i, i % 10 AS few, CAST(i AS STRING) AS text,"
                        + " ARRAY[i] AS list, CAST(NULL AS DATE) AS nothing"
                        + " FROM (SELECT explode(sequence(1, 20000)) AS i)");
        assertEquals(List.of(List.of("20000", "4")), rows("ANALYZE TABLE t COMPUTE STATISTICS"));
        Table table = table("t");
        StatisticsFile file = table.statisticsFiles().get(0);
        assertEquals(table.currentSnapshot().snapshotId(), file.snapshotId());
        Map<String, String> distinct = new HashMap<>();
        for (Pair<BlobMetadata, ByteBuffer> blob : blobs(table, file)) {
            assertEquals(file.snapshotId(), blob.first().snapshotId());
            assertEquals(table.currentSnapshot().sequenceNumber(), blob.first().sequenceNumber());
            if (blob.first().type().equals(THETA)) {
                byte[] bytes = new byte[blob.second().remaining()];
                blob.second().get(bytes);
                String ndv = blob.first().properties().get("ndv");
                assertEquals(Long.parseLong(ndv), (long) ThetaSketch.of(bytes).estimate());
                distinct.put(table.schema().findColumnName(blob.first().inputFields().get(0)), ndv);
            }
        }
        assertEquals(Set.of("i", "few", "text", "nothing"), distinct.keySet());
        assertEquals("10", distinct.get("few"));
        assertEquals("0", distinct.get("nothing"));
        assertEquals(20_000, Double.parseDouble(distinct.get("i")), 1_000);
        assertEquals(20_000, Double.parseDouble(distinct.get("text")), 1_000);
        for (List<String> row : rows("SHOW STATISTICS FOR t")) {
            assertEquals(distinct.get(row.get(0)), row.get(4));
        }
        assertEquals("20000", rows("SHOW STATISTICS FOR t").get(4).get(3), "nulls");
    }

    /** As Trino writes them: one blob a column, no rows, no frequent values. */
    @Test
    void thoseOfOthersAreRead() throws Exception {
        execute("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(id, name)");
        Table table = table("t");
        Snapshot snapshot = table.currentSnapshot();
        String path = table.location() + "/metadata/of-another-writer.stats";
        try (PuffinWriter writer =
                Puffin.write(table.io().newOutputFile(path)).createdBy("a test").build()) {
            writer.add(
                    new Blob(
                            THETA,
                            List.of(table.schema().findField("name").fieldId()),
                            snapshot.snapshotId(),
                            snapshot.sequenceNumber(),
                            ByteBuffer.wrap(new ThetaSketch().toBytes()),
                            PuffinCompressionCodec.ZSTD,
                            Map.of("ndv", "77")));
            writer.add(
                    new Blob(
                            "of-nobody-v1",
                            List.of(1, 2),
                            snapshot.snapshotId(),
                            snapshot.sequenceNumber(),
                            ByteBuffer.wrap(new byte[] {1})));
            writer.finish();
            table.updateStatistics()
                    .setStatistics(
                            new GenericStatisticsFile(
                                    snapshot.snapshotId(),
                                    path,
                                    writer.fileSize(),
                                    writer.footerSize(),
                                    GenericBlobMetadata.from(writer.writtenBlobsMetadata())))
                    .commit();
        }
        List<List<String>> shown = rows("SHOW STATS FOR t");
        assertEquals(null, shown.get(0).get(4));
        assertEquals("77", shown.get(1).get(4));
        execute("ANALYZE TABLE t COMPUTE STATISTICS FOR COLUMNS id");
        shown = rows("SHOW STATS FOR t");
        assertEquals("2", shown.get(0).get(4));
        assertEquals("77", shown.get(1).get(4), "that of the other column is kept");
        execute("ANALYZE t");
        assertEquals("2", rows("SHOW STATS FOR t").get(1).get(4));
    }

    @Test
    void filesInUseAreNoOrphans() throws Exception {
        execute("CREATE TABLE t" + UNGATHERED + "SELECT 1 AS a");
        execute("ANALYZE t");
        execute("INSERT INTO t VALUES (2)");
        Set<Path> first = statisticsFiles();
        assertEquals(1, first.size());
        assertEquals(List.of(List.of("0", "0")), rows("REMOVE ORPHANS t OLDER THAN '0s'"));
        execute("ANALYZE t");
        Set<Path> second = statisticsFiles();
        execute("ANALYZE t");
        assertEquals(3, statisticsFiles().size());
        assertEquals("1", rows("REMOVE ORPHANS t OLDER THAN '0s'").get(0).get(0));
        Set<Path> left = statisticsFiles();
        assertEquals(2, left.size());
        assertTrue(left.containsAll(first), "of a snapshot that is kept");
        second.removeAll(first);
        assertFalse(left.containsAll(second), "what was replaced");
        execute("EXPIRE SNAPSHOTS t OLDER THAN '0s'");
        left.removeAll(first);
        assertEquals(left, statisticsFiles());
        assertEquals("2", rows("SHOW STATISTICS t").get(0).get(4));
        execute("DROP TABLE t");
        assertEquals(Set.of(), statisticsFiles());
    }

    @Test
    void statisticsAreOfTheSnapshotThatWasRead() throws Exception {
        execute("CREATE TABLE t AS SELECT explode(sequence(1, 100)) AS a");
        execute("ANALYZE t");
        String then = Long.toString(table("t").currentSnapshot().snapshotId());
        execute("DELETE FROM t WHERE a > 10");
        List<String> row = rows("SHOW STATISTICS t").get(0);
        assertEquals("100", row.get(4));
        assertEquals("false", row.get(8));
        String source = rows("DESCRIBE t a").get(11).get(1);
        assertEquals("of snapshot " + then + ", the table has changed since", source);
        execute("ANALYZE t");
        row = rows("SHOW STATISTICS t").get(0);
        assertEquals(List.of("10", "0", "10", "1", "10"), row.subList(2, 7));
        execute("ROLLBACK TABLE t TO VERSION " + then);
        assertEquals("100", rows("SHOW STATISTICS t").get(0).get(4));
        assertEquals("true", rows("SHOW STATISTICS t").get(0).get(8));
    }

    @Test
    void columnsKeepThemWhenTheyAreRenamedAndWidened() throws Exception {
        execute("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'x'), (1, 'y')) v(a, b)");
        execute("ANALYZE t");
        execute("ALTER TABLE t RENAME COLUMN a TO c");
        execute("ALTER TABLE t ALTER COLUMN c TYPE BIGINT");
        execute("ALTER TABLE t DROP COLUMN b");
        execute("ALTER TABLE t ADD COLUMN b STRING");
        List<List<String>> shown = rows("SHOW STATISTICS t");
        assertEquals(List.of("c", "bigint"), shown.get(0).subList(0, 2));
        assertEquals(List.of("1: 2", "true"), shown.get(0).subList(7, 9));
        assertEquals(null, shown.get(1).get(4), "another column of the name");
    }

    @Test
    void queriesDoWithoutAFileThatIsGone() throws Exception {
        execute("CREATE TABLE t AS SELECT * FROM (VALUES (1), (1), (2)) v(a)");
        execute("ANALYZE t");
        Files.write(statisticsFiles().iterator().next(), new byte[] {1, 2, 3});
        connection.close();
        connection = connect();
        assertEquals(List.of(List.of("2")), rows("SELECT count(*) FROM t WHERE a = 1"));
        Files.delete(statisticsFiles().iterator().next());
        connection.close();
        connection = connect();
        assertEquals(List.of(List.of("2")), rows("SELECT count(*) FROM t WHERE a = 1"));
        assertEquals("2", rows("SHOW STATISTICS t").get(0).get(4), "as the metadata has it");
        execute("ANALYZE t");
        assertEquals("1: 2", rows("SHOW STATISTICS t").get(0).get(7));
    }

    @Test
    void othersMayWriteMeanwhile() throws Exception {
        execute("CREATE TABLE t AS SELECT explode(sequence(1, 50)) AS a");
        CompletableFuture<Void> inserts =
                CompletableFuture.runAsync(
                        () -> {
                            try (Connection other = connect()) {
                                for (int i = 0; i < 10; i++) {
                                    execute(other, "INSERT INTO t VALUES (" + (100 + i) + ")");
                                }
                            } catch (SQLException e) {
                                throw new AssertionError(e);
                            }
                        });
        for (int i = 0; i < 10; i++) {
            execute("ANALYZE t");
        }
        inserts.get();
        Table table = table("t");
        assertFalse(table.statisticsFiles().isEmpty());
        for (StatisticsFile file : table.statisticsFiles()) {
            Snapshot snapshot = table.snapshot(file.snapshotId());
            assertNotNull(snapshot);
            String rows = snapshot.summary().get("total-records");
            assertEquals(rows, file.blobMetadata().get(0).properties().get("ndv"));
        }
        execute("ANALYZE t");
        assertEquals("60", rows("SHOW STATISTICS t").get(0).get(4));
    }

    /** Each snapshot's statistics know the rows of all before it, whoever won the race. */
    @Test
    void writersGatherSideBySide() throws Exception {
        execute("CREATE TABLE t AS SELECT explode(sequence(1, 50)) AS a");
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 1; writer <= 2; writer++) {
            int from = 1000 * writer;
            writers.add(
                    CompletableFuture.runAsync(
                            () -> {
                                try (Connection other = connect()) {
                                    for (int i = from; i < from + 5; i++) {
                                        execute(other, "INSERT INTO t VALUES (" + i + ")");
                                    }
                                } catch (SQLException e) {
                                    throw new AssertionError(e);
                                }
                            }));
        }
        for (CompletableFuture<Void> writer : writers) {
            writer.get();
        }
        Table table = table("t");
        assertEquals(11, table.statisticsFiles().size());
        for (StatisticsFile file : table.statisticsFiles()) {
            String rows = table.snapshot(file.snapshotId()).summary().get("total-records");
            assertEquals(rows, file.blobMetadata().get(0).properties().get("ndv"));
        }
        assertEquals(11, statisticsFiles().size(), "those of lost races are gone");
    }

    /** Values of chunks with many different ones are not all counted. */
    @Test
    void frequentOnesAreFoundAmongMany() throws Exception {
        execute(
                "CREATE TABLE t AS SELECT CASE WHEN i % 5 = 0 THEN 'often' WHEN i % 50 = 1 THEN"
                        + " 'seldom' ELSE md5(CAST(i AS STRING)) END AS a"
                        + " FROM (SELECT explode(sequence(1, 60000)) AS i)");
        List<String> row = rows("SHOW STATISTICS t").get(0);
        assertEquals(46_802, Double.parseDouble(row.get(4)), 2_000);
        Map<String, String> facts = new HashMap<>();
        rows("DESCRIBE t a").forEach(fact -> facts.put(fact.get(0), fact.get(1)));
        double error = Double.parseDouble(facts.get("error of frequent"));
        assertTrue(error < 600, "error " + error);
        String often = facts.get("frequent").replaceAll(".*often: ([0-9]+).*", "$1");
        assertTrue(
                Double.parseDouble(often) <= 12_000 && Double.parseDouble(often) + error >= 12_000);
        assertTrue(facts.get("frequent").contains("seldom: "), facts.get("frequent"));
    }
}
