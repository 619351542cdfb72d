package org.skep.tests.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables from CREATE to DROP in a catalog that is not in a file, and who else sees them. */
class TableLifeTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void rowsComeAndGo(KeptCatalog.Place place) throws Exception {
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
            String first = sql.rows("SHOW SNAPSHOTS t").get(0).split("\\|", 2)[0];
            assertEquals(
                    List.of("1|a", "2|b", "3|c"),
                    sql.rows("SELECT * FROM t VERSION AS OF %s ORDER BY id".formatted(first)));
            sql.run("OPTIMIZE t");
            assertEquals(all, sql.rows("FROM t ORDER BY id"));
            sql.run("ROLLBACK TABLE t TO VERSION " + first);
            assertEquals(List.of("3"), sql.rows("SELECT count(*) FROM t"));
            sql.run("INSERT OVERWRITE TABLE t VALUES (9, 'i')", "DROP TABLE t");
            assertEquals(List.of(), sql.rows("SHOW TABLES"));
            assertEquals(List.of(), files(folder), "files of a table that is no more");
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
    void namesAreFoundInAnyCase(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql sql = new Sql(catalog.url())) {
            sql.run(
                    "CREATE SCHEMA Sales",
                    "CREATE TABLE sales.Orders AS SELECT 1 AS id",
                    "CREATE VIEW SALES.Recent AS SELECT id FROM sales.orders",
                    "CREATE SCHEMA a",
                    "CREATE VIEW Zoo AS SELECT 1 AS id",
                    "CREATE TABLE apes AS SELECT 1 AS id");
            assertEquals(List.of("1"), sql.rows("FROM SALES.ORDERS"));
            assertEquals(List.of("a", "default", "Sales"), sql.rows("SHOW SCHEMAS"));
            assertEquals(
                    List.of("Sales|Orders|table", "Sales|Recent|view"),
                    sql.rows("SHOW TABLES IN sAlEs"));
            assertEquals(
                    List.of("default|apes|table", "default|Zoo|view"), sql.rows("SHOW TABLES"));
            for (String taken :
                    List.of(
                            "CREATE SCHEMA SALES",
                            "CREATE TABLE sales.orders (a INT)",
                            "CREATE TABLE sales.RECENT (a INT)",
                            "CREATE VIEW sales.ORDERS AS SELECT 1 AS a",
                            "ALTER TABLE sales.orders RENAME TO recent",
                            "ALTER VIEW sales.recent RENAME TO orders")) {
                assertEquals("error[ALREADY_EXISTS]", sql.error(taken).split(":")[0], taken);
            }
            sql.run(
                    "ALTER TABLE sales.orders RENAME TO default.ORDERS",
                    "ALTER VIEW sales.recent RENAME TO a.recent");
            assertEquals(List.of("default|ORDERS|table"), sql.rows("SHOW TABLES LIKE 'o%'"));
            assertEquals(List.of("a|recent|view"), sql.rows("SHOW TABLES IN a"));
            assertEquals(
                    "error[INVALID_STATEMENT]", sql.error("DROP SCHEMA a RESTRICT").split(":")[0]);
            sql.run("DROP SCHEMA A CASCADE", "DROP SCHEMA sales");
            assertEquals(List.of("default"), sql.rows("SHOW SCHEMAS"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void othersSeeTheTablesAndChangeThem(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql sql = new Sql(catalog.url())) {
            sql.run("CREATE SCHEMA s", "CREATE TABLE s.t AS SELECT 1 AS id, 'a' AS v");
            TableIdentifier id = TableIdentifier.of("s", "t");
            Table table = catalog.other().loadTable(id);
            assertEquals("1", table.currentSnapshot().summary().get("total-records"));
            table.updateSchema().addColumn("n", Types.LongType.get()).commit();
            table.updateProperties().set("owner", "they").commit();
            sql.run("INSERT INTO s.t VALUES (2, 'b', 7)");
            assertEquals(List.of("1|a|null", "2|b|7"), sql.rows("FROM s.t ORDER BY id"));
            table.refresh();
            assertEquals("2", table.currentSnapshot().summary().get("total-records"));
            table.newDelete()
                    .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue())
                    .commit();
            assertEquals(List.of(), sql.rows("FROM s.t"));
            catalog.other().renameTable(id, TableIdentifier.of("s", "u"));
            catalog.other().createTable(id, table.schema(), table.spec(), Map.of("owner", "me"));
            sql.run("INSERT INTO s.t VALUES (3, 'c', 8)");
            assertEquals(List.of("3|c|8"), sql.rows("FROM s.t"));
            assertEquals(List.of("s|t|table", "s|u|table"), sql.rows("SHOW TABLES IN s"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsTakenAgainHasOtherFiles(KeptCatalog.Place place) throws Exception {
        try (KeptCatalog catalog = place.in(folder);
                Sql sql = new Sql(catalog.url())) {
            sql.run(
                    "CREATE TABLE t AS SELECT 1 AS id",
                    "ALTER TABLE t RENAME TO old",
                    "CREATE TABLE t (id INT)",
                    "INSERT INTO t VALUES (2)",
                    "REMOVE ORPHANS OLDER THAN '0s'",
                    "REMOVE ORPHANS t OLDER THAN '0s'");
            assertEquals("1", sql.rows("FROM old").get(0));
            assertEquals("2", sql.rows("FROM t").get(0));
            sql.run("DROP TABLE t");
            assertEquals("1", sql.rows("FROM old").get(0));
            sql.error("CREATE TABLE t AS SELECT CAST(v AS INT) AS id FROM (VALUES ('x')) s(v)");
            assertEquals("1", sql.rows("FROM old").get(0));
            Table old = catalog.other().loadTable(TableIdentifier.of("default", "old"));
            String metadata =
                    ((HasTableOperations) old).operations().current().metadataFileLocation();
            assertEquals(old.location(), metadata.substring(0, metadata.indexOf("/metadata/")));
        }
    }
}
