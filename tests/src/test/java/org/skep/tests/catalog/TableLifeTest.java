package org.skep.tests.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that can be done with tables, in a catalog that is not in a file. */
class TableLifeTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void rows(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql sql = new Sql(catalog.url())) {
            assertEquals(List.of("default"), sql.rows("SHOW SCHEMAS"));
            assertEquals(List.of(), sql.rows("SHOW TABLES"));
            sql.run(
                    "CREATE TABLE t (id BIGINT NOT NULL, v STRING DEFAULT 'd', CHECK (id > 0))",
                    "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
                    "INSERT INTO t (id) VALUES (4)",
                    "UPDATE t SET v = 'B' WHERE id = 2",
                    "DELETE FROM t WHERE id = 3",
                    "MERGE INTO t USING (VALUES (1, 'x'), (5, 'e')) s(id, v) ON t.id = s.id"
                            + " WHEN MATCHED THEN UPDATE SET v = s.v"
                            + " WHEN NOT MATCHED THEN INSERT *");
            List<String> all = List.of("1|x", "2|B", "4|d", "5|e");
            assertEquals(all, sql.rows("FROM t ORDER BY id"));
            List<String> snapshots = sql.rows("SHOW SNAPSHOTS t");
            String first = snapshots.get(0).split("\\|")[0];
            assertEquals(
                    List.of("1|a", "2|b", "3|c"),
                    sql.rows("SELECT * FROM t VERSION AS OF %s ORDER BY id".formatted(first)));
            sql.run("OPTIMIZE t");
            assertEquals(all, sql.rows("FROM t ORDER BY id"));
            sql.run("ROLLBACK TABLE t TO VERSION " + first);
            assertEquals(List.of("3"), sql.rows("SELECT count(*) FROM t"));
            sql.run("INSERT OVERWRITE TABLE t VALUES (9, 'i')", "TRUNCATE TABLE t");
            sql.run("EXPIRE SNAPSHOTS t OLDER THAN '0s' RETAIN LAST 1");
            assertEquals(1, sql.rows("SHOW SNAPSHOTS t").size());
            sql.run("DROP TABLE t");
            assertEquals(List.of(), sql.rows("SHOW TABLES"));
            assertEquals(List.of(), files(folder), "files of tables that are no more");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("catalog."))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void definitions(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql sql = new Sql(catalog.url())) {
            sql.run(
                    "CREATE SCHEMA Sales",
                    "CREATE TABLE sales.Orders PARTITIONED BY (region) COMMENT 'all of them' AS"
                            + " SELECT * FROM (VALUES (1, 'EU'), (2, 'US')) v(id, region)",
                    "CREATE OR REPLACE TABLE SALES.orders AS SELECT 3 AS id, 'EU' AS region",
                    "ALTER TABLE sales.orders ADD COLUMN note STRING AFTER id",
                    "ALTER TABLE sales.orders RENAME COLUMN region TO area",
                    "ALTER TABLE sales.orders ALTER COLUMN id TYPE BIGINT",
                    "ALTER TABLE sales.orders SET TBLPROPERTIES ('owner' = 'me')",
                    "ALTER TABLE sales.orders ADD PARTITION FIELD bucket(4, id)",
                    "INSERT INTO sales.ORDERS VALUES (4, 'n', 'US')");
            assertEquals(
                    List.of("3|null|EU", "4|n|US"), sql.rows("FROM Sales.Orders ORDER BY id"));
            assertEquals(List.of("default", "Sales"), sql.rows("SHOW SCHEMAS"));
            assertTrue(sql.rows("SHOW TBLPROPERTIES sales.orders").contains("owner|me"));
            sql.run(
                    "CREATE VIEW sales.v AS SELECT id FROM sales.orders WHERE id > 3",
                    "CREATE EXTERNAL TABLE sales.x USING csv LOCATION '%s'".formatted(csv()),
                    "ALTER TABLE sales.orders RENAME TO kept",
                    "CREATE TABLE sales.orders LIKE sales.kept");
            assertEquals(List.of("7"), sql.rows("FROM sales.x"));
            assertEquals(
                    List.of("kept", "Orders", "v", "x"),
                    sql.rows("SHOW TABLES IN sales").stream()
                            .map(row -> row.split("\\|")[0].equals("Sales") ? row.split("\\|")[1] : row.split("\\|")[0])
                            .toList());
        }
    }

    private Path csv() throws IOException {
        return Files.writeString(folder.resolve("catalog.x.csv"), "n\n7\n");
    }
}
