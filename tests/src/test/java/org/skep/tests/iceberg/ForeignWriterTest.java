package org.skep.tests.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that somebody else changes through Iceberg's own API: evolved columns, deleted rows. */
class ForeignWriterTest {
    @TempDir private Path folder;
    private Connection connection;
    private JdbcCatalog catalog;
    private Table table;
    private int deleteFiles;

    @BeforeEach
    void open() throws SQLException {
        Path warehouse = folder.resolve("warehouse");
        connection = DriverManager.getConnection("jdbc:skep:" + warehouse);
        execute(
                "CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30),"
                        + " (4, NULL, 40)) v(id, name, n)");
        catalog = OtherCatalog.open(warehouse);
        table = catalog.loadTable(TableIdentifier.of("default", "t"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        catalog.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @Test
    void columnsAreFoundByNumber() throws SQLException {
        table.updateSchema().renameColumn("name", "label").deleteColumn("n").commit();
        table.updateSchema().addColumn("n", Types.StringType.get()).commit();
        table.updateSchema().updateColumn("id", Types.LongType.get()).commit();
        execute("INSERT INTO t VALUES (5000000000, 'e', 'text')");
        assertEquals(
                List.of("1|a|null", "2|b|null", "3|c|null", "4|null|null", "5000000000|e|text"),
                rows("SELECT id, label, n FROM t ORDER BY id"));
        assertEquals(List.of("2"), rows("SELECT id FROM t WHERE label = 'b'"));
    }

    @Test
    void rowsDeletedByPosition() throws SQLException, IOException {
        String path = dataFile();
        DeleteFile delete =
                written(
                        "SELECT '%s' AS file_path, CAST(p AS BIGINT) AS pos FROM (VALUES (0), (2)) v(p)"
                                .formatted(path),
                        FileMetadata.deleteFileBuilder(table.spec()).ofPositionDeletes());
        table.newRowDelta().addDeletes(delete).commit();
        assertEquals(List.of("2|b|20", "4|null|40"), rows("SELECT * FROM t ORDER BY id"));
        assertEquals(List.of("2"), rows("SELECT count(*) FROM t"));
        assertEquals(List.of(), rows("SELECT * FROM t WHERE name = 'a'"));
    }

    @Test
    void rowsDeletedByValue() throws SQLException, IOException {
        int name = table.schema().findField("name").fieldId();
        DeleteFile delete =
                written(
                        "SELECT * FROM (VALUES ('b'), (CAST(NULL AS STRING))) v(name)",
                        FileMetadata.deleteFileBuilder(table.spec()).ofEqualityDeletes(name));
        table.newRowDelta().addDeletes(delete).commit();
        assertEquals(List.of("1", "3"), rows("SELECT id FROM t ORDER BY id"));
        execute("INSERT INTO t VALUES (6, 'b', 60)");
        assertEquals(
                List.of("1|10", "3|30", "6|60"),
                rows("SELECT id, n FROM t ORDER BY id"),
                "a row that came later stays");
    }

    @Test
    void deletedRowsAreNoneOfTheFirst() throws SQLException, IOException {
        execute(
                "CREATE OR REPLACE TABLE t AS SELECT i AS id, i % 4000 AS n,"
                        + " concat(repeat('x', 1000), CAST(i AS STRING)) AS name"
                        + " FROM generate_series(4001, 10000) g(i)");
        table.refresh();
        execute("SET threads = 1"); // the delete files' rows in one file each
        DeleteFile positions =
                written(
                        "SELECT _file AS file_path, _line - 1 AS pos FROM t WHERE id IN (4001, 8002)",
                        FileMetadata.deleteFileBuilder(table.spec()).ofPositionDeletes());
        table.newRowDelta().addDeletes(positions).commit();
        int name = table.schema().findField("name").fieldId();
        DeleteFile values =
                written(
                        "SELECT name FROM t WHERE id IN (8000, 4003)",
                        FileMetadata.deleteFileBuilder(table.spec()).ofEqualityDeletes(name));
        table.newRowDelta().addDeletes(values).commit();
        String first =
                "SELECT n, id, right(name, 4) FROM (SELECT * FROM t ORDER BY n, id LIMIT 5) f";
        String plan = String.join("\n", rows("EXPLAIN " + first));
        assertTrue(plan.contains("rows told by join on _line"), plan);
        assertEquals(
                List.of("1|8001|8001", "2|4002|4002", "3|8003|8003", "4|4004|4004", "4|8004|8004"),
                rows(first + " ORDER BY n, id"));
    }

    private String dataFile() throws IOException {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            return tasks.iterator().next().file().location();
        }
    }

    /** A delete file: its rows by our own writer, all else by Iceberg. */
    private DeleteFile written(String query, FileMetadata.Builder delete)
            throws SQLException, IOException {
        Path made = folder.resolve("deletes-" + ++deleteFiles);
        execute("INSERT OVERWRITE DIRECTORY '%s' USING parquet %s".formatted(made, query));
        Path file;
        try (Stream<Path> files = Files.list(made)) {
            file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
        }
        return delete.withPath(file.toString())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(Files.size(file))
                .withRecordCount(2)
                .build();
    }
}
