package org.skep.tests.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables that we wrote, read row by row by Iceberg's own reader (metadata and files) and by DuckDB
 * (the files that the newest snapshot names): all three see the same rows.
 */
class OtherReadersTest {
    private static final String COLUMNS =
            "id BIGINT NOT NULL, b BOOLEAN, i INTEGER, f FLOAT, d DOUBLE, m DECIMAL(12, 2),"
                    + " w DECIMAL(38, 10), day DATE, ts TIMESTAMP, s STRING, x BINARY,"
                    + " l ARRAY<STRING>, o STRUCT<p: INTEGER, q: ARRAY<DOUBLE>>, t MAP<STRING, BIGINT>";

    /** Rows of all types, every eleventh value null; from one id to another. */
    private static final String ROWS =
            """
            SELECT range, range %% 2 = 0, nullif(range %% 11, 0) * CAST(range AS INTEGER),
              CAST(range / 8.0 AS FLOAT), nullif(range %% 7, 0) / 3.0,
              CAST(range * 1.25 AS DECIMAL(12, 2)),
              CAST(range AS DECIMAL(38, 10)) * 1000000007 + 0.1234567891,
              date_add(DATE '2019-12-30', CAST(range AS INTEGER)),
              TIMESTAMP '1969-12-31 23:59:59.123456' + INTERVAL '1' HOUR * range,
              CASE WHEN range %% 11 > 0 THEN concat('täxt ', range) END,
              CAST(concat('b', range) AS BINARY),
              CASE WHEN range %% 5 > 0 THEN array('a', CAST(range AS STRING), NULL) ELSE array() END,
              CASE WHEN range %% 3 > 0 THEN named_struct('p', CAST(range AS INTEGER), 'q', array(range / 2.0)) END,
              map('k', range, 'n', CAST(NULL AS BIGINT))
            FROM generate_series(%d, %d) g(range)
            """;

    @TempDir private Path folder;
    private Connection connection;
    private JdbcCatalog catalog;

    @BeforeEach
    void open() throws SQLException {
        Path warehouse = folder.resolve("warehouse");
        connection = DriverManager.getConnection("jdbc:skep:" + warehouse);
        execute("CREATE TABLE t (" + COLUMNS + ") PARTITIONED BY (months(day), bucket(3, s))");
        execute("INSERT INTO t " + ROWS.formatted(0, 199));
        catalog = OtherCatalog.open(warehouse);
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

    @Test
    void rowsOfAllTypes() throws SQLException, IOException {
        same(200);
    }

    @Test
    void afterManyKindsOfChange() throws SQLException, IOException {
        execute("INSERT INTO t " + ROWS.formatted(200, 299));
        execute("DELETE FROM t WHERE id % 7 = 3");
        execute("UPDATE t SET s = upper(s), m = m + 1 WHERE id BETWEEN 50 AND 120");
        execute(
                """
                MERGE INTO t USING (%s) n ON t.id = n.id + 5
                WHEN MATCHED AND n.id < 280 THEN UPDATE SET i = -1, l = array('merged')
                WHEN MATCHED THEN DELETE
                WHEN NOT MATCHED THEN INSERT (id, day, s) VALUES (n.id + 1000, n.day, 'new')
                """
                        .formatted(
                                ROWS.formatted(250, 319)
                                        .replace("SELECT range,", "SELECT range AS id,")
                                        .replace(
                                                "CAST(range AS INTEGER)),\n  TIMESTAMP",
                                                "CAST(range AS INTEGER)) AS day,\n  TIMESTAMP")));
        same(276);
        execute("ALTER TABLE t DROP PARTITION FIELD bucket(3, s)");
        execute("ALTER TABLE t RENAME COLUMN m TO money");
        execute("ALTER TABLE t ADD COLUMN later STRING");
        execute("INSERT INTO t (id, later, day, money) VALUES (5000, 'now', DATE '2020-02-29', 7)");
        assertEquals(ours(), icebergs(table()));
        execute("OPTIMIZE TABLE t"); // DuckDB knows columns by name only: now all files have them
        // all
        same(277);
    }

    private Table table() {
        return catalog.loadTable(TableIdentifier.of("default", "t"));
    }

    private void same(int rows) throws SQLException, IOException {
        Table table = table();
        List<String> ours = ours();
        assertEquals(rows, ours.size());
        assertEquals(ours, icebergs(table));
        assertEquals(ours, duckDbs(table));
    }

    private List<String> ours() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM t")) {
            return rows(result);
        }
    }

    private static List<String> icebergs(Table table) throws SQLException, IOException {
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < record.size(); i++) {
                    row.add(text(record.get(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private static List<String> duckDbs(Table table) throws SQLException, IOException {
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                assertTrue(task.deletes().isEmpty());
                files.add("'" + task.file().location() + "'");
            }
        }
        String select =
                table.schema().columns().stream()
                        .map(column -> '"' + column.name() + '"')
                        .collect(Collectors.joining(", "));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT %s FROM read_parquet([%s], union_by_name = true)"
                                        .formatted(select, String.join(", ", files)))) {
            return rows(result);
        }
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.add(text(result.getObject(i)));
            }
            rows.add(String.join("|", row));
        }
        Collections.sort(rows);
        return rows;
    }

    /** A value as all three write it, whatever class it comes in. */
    private static String text(Object value) throws SQLException {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toString();
        }
        if (value instanceof ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof Blob blob) {
            return text(blob.getBytes(1, (int) blob.length()));
        }
        if (value instanceof Array array) {
            return text(Arrays.asList((Object[]) array.getArray()));
        }
        if (value instanceof Struct struct) {
            return text(Arrays.asList(struct.getAttributes()));
        }
        if (value instanceof Record record) {
            List<Object> members = new ArrayList<>();
            for (int i = 0; i < record.size(); i++) {
                members.add(record.get(i));
            }
            return text(members);
        }
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            for (Object element : list) {
                texts.add(text(element));
            }
            return texts.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> texts = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                texts.put(text(entry.getKey()), text(entry.getValue()));
            }
            return texts.toString();
        }
        return String.valueOf(value);
    }
}
