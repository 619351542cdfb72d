package org.skep.tests.iceberg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SHOW and DESCRIBE tell of tables, where places and sizes are not always the same. */
class DescribeTest {
    @TempDir private Path folder;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows as text; long numbers, which are sizes and snapshots, as a sign. */
    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String text = String.valueOf(result.getString(i));
                    text = text.replace(folder.toString(), "…");
                    text = text.replaceAll("[0-9]{4}-[0-9-]+ [0-9:.]{8,}", "<time>");
                    text = text.replaceAll("-[0-9a-f]{8}$", "-<random>");
                    row.add(text.replaceAll("^[0-9]{3,}$", "<number>"));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    @Test
    void describeExtended() throws SQLException {
        execute(
                "CREATE TABLE t (id INT COMMENT 'its number', day DATE) PARTITIONED BY (months(day))"
                        + " COMMENT 'a table' TBLPROPERTIES ('owner' = 'me')");
        assertEquals(
                List.of(
                        "id|integer|its number",
                        "day|date|null",
                        "||null",
                        "# name|default.t|null",
                        "# kind|table|null",
                        "# comment|a table|null",
                        "# format|iceberg 2|null",
                        "# location|…/warehouse/data/default/t-<random>|null",
                        "# partitioned by|months(day)|null",
                        "# files|0|null",
                        "# bytes|0|null",
                        "# rows|0|null",
                        "# property owner|me|null"),
                rows("DESCRIBE EXTENDED t"));
        execute("INSERT INTO t VALUES (1, DATE '2026-01-15'), (2, DATE '2026-02-15')");
        execute("DELETE FROM t WHERE id = 2");
        List<String> extended = rows("DESCRIBE FORMATTED t");
        assertEquals(
                List.of(
                        "# snapshot|<number>|null",
                        "# committed at|<time>|null",
                        "# files|1|null",
                        "# bytes|<number>|null",
                        "# rows|1|null"),
                extended.subList(9, 14));
        execute("CREATE VIEW v AS SELECT id FROM t");
        assertEquals(
                List.of(
                        "id|integer|null",
                        "||null",
                        "# name|default.v|null",
                        "# kind|view|null",
                        "# query|SELECT id FROM t|null"),
                rows("DESCRIBE EXTENDED v"));
        assertEquals(
                List.of("default|v|view|name: default.v\nkind: view\nquery: SELECT id FROM t"),
                rows("SHOW TABLE EXTENDED IN default LIKE 'v*'"));
        assertEquals(2, rows("SHOW TABLE EXTENDED").size());
    }

    @Test
    void partitions() throws SQLException {
        execute(
                "CREATE TABLE t PARTITIONED BY (name, day) AS SELECT * FROM (VALUES"
                        + " (1, 'a/b=c', DATE '2026-01-15'), (2, 'a/b=c', DATE '2026-01-15'),"
                        + " (3, NULL, DATE '2026-01-16')) v(id, name, day)");
        execute("ALTER TABLE t ADD PARTITION FIELD bucket(4, id) AS shard");
        execute("ALTER TABLE t DROP PARTITION FIELD name");
        execute("INSERT INTO t VALUES (1, 'x', NULL)");
        assertEquals(
                List.of(
                        "day=null/shard=0|1|1|<number>",
                        "name=a/b=c/day=2026-01-15|1|2|<number>",
                        "name=null/day=2026-01-16|1|1|<number>"),
                rows("SHOW PARTITIONS t"));
        execute("ALTER TABLE t DROP PARTITION FIELD shard");
        execute("ALTER TABLE t DROP PARTITION FIELD day");
        execute("INSERT OVERWRITE t VALUES (1, 'x', NULL)");
        execute("ALTER TABLE t ADD PARTITION FIELD months(day)");
        execute("INSERT INTO t VALUES (2, 'y', DATE '2026-02-15')");
        assertEquals(
                List.of("null|1|1|<number>", "day_month=2026-02|1|1|<number>"),
                rows("SHOW PARTITIONS t"));
    }

    /** A table or view of every kind can be made again as SHOW CREATE TABLE tells. */
    @Test
    void showCreateMakesItAgain() throws SQLException {
        String words =
                "id BIGINT NOT NULL COMMENT 'its \\\\ ''number''', `two words` STRING, `select` INT,"
                        + " `date` DATE, `timestamp` TIMESTAMP, `interval` INT, `current_date` INT,"
                        + " `Größe` DECIMAL(10,2), `1st` DOUBLE, `map` MAP<STRING, INT>,"
                        + " s STRUCT<a:INT, `b c`:ARRAY<STRUCT<`from`:STRING>>>";
        List<String> statements =
                List.of(
                        "CREATE TABLE t (%s)".formatted(words),
                        "CREATE TABLE t (%s) PARTITIONED BY (days(`timestamp`), bucket(4, `two words`), `date`, truncate(3, `select`)) COMMENT 'it''s \\\\ a \"table\"' TBLPROPERTIES ('a.b' = 'it''s', 'c' = '')"
                                .formatted(words),
                        "CREATE TABLE t AS SELECT 1 AS `a``b`, 2 AS `count(*)`",
                        "CREATE VIEW t AS SELECT 1 AS `select`, 'x' AS `a b`",
                        "CREATE EXTERNAL TABLE t (`order` INT, `b c` STRING) PARTITIONED BY (`from` STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' LOCATION '%s'"
                                .formatted(made("csv")));
        for (String statement : statements) {
            String kind = statement.contains(" VIEW ") ? "VIEW" : "TABLE";
            execute(statement);
            List<String> columns = rows("DESCRIBE t");
            String shown = shown();
            execute("DROP %s t".formatted(kind));
            execute(shown);
            assertEquals(shown, shown());
            assertEquals(columns, rows("DESCRIBE t"), shown);
            execute("DROP %s t".formatted(kind));
        }
    }

    private Path made(String name) throws SQLException {
        Path made = folder.resolve(name);
        execute("INSERT OVERWRITE DIRECTORY '%s/from=x' USING csv SELECT 1, 'y'".formatted(made));
        return made;
    }

    private String shown() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW CREATE TABLE t")) {
            assertTrue(result.next());
            return result.getString(1);
        }
    }
}
