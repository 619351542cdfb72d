package org.skep.tests.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables that random queries ask, as Parquet files written by DuckDB: NULLs in all columns but
 * the first, skewed and duplicate keys, texts that are empty, not ASCII, or end in blanks.
 */
final class RandomTables {
    /** A column of every table; {@code i} is the row's number, {@code z} a random number to it. */
    record Column(String name, Kind kind, String type, String value, int nulls) {}

    /** A table, and what is done to {@code i} so that its values differ from other tables'. */
    record Table(String name, int rows, int shift) {}

    static final List<Table> TABLES =
            List.of(
                    new Table("big", 3000, 0),
                    new Table("mid", 120, 7),
                    new Table("small", 25, 3),
                    new Table("tiny", 6, 1),
                    new Table("empty", 0, 0));

    static final List<Column> COLUMNS =
            List.of(
                    new Column("id", Kind.INTEGER, "INTEGER", "i", 0),
                    new Column(
                            "k",
                            Kind.INTEGER,
                            "INTEGER",
                            "CASE WHEN z % 3 = 0 THEN 1 ELSE z % 40 END",
                            10),
                    new Column("g", Kind.TINYINT, "TINYINT", "z % 7 - 3", 10),
                    new Column("h", Kind.SMALLINT, "SMALLINT", "z % 400 - 200", 10),
                    new Column(
                            "n",
                            Kind.BIGINT,
                            "BIGINT",
                            "(z % 60 - 30) * CASE WHEN z % 11 = 0 THEN 100000007 ELSE 1 END",
                            10),
                    new Column("x", Kind.DOUBLE, "DOUBLE", "(z % 800 - 400) * 0.25", 10),
                    new Column("p", Kind.DECIMAL, "DECIMAL(9,2)", "(z % 5000 - 2500) * 0.01", 10),
                    new Column("q", Kind.DECIMAL, "DECIMAL(18,4)", "(z % 90 - 45) * 1.0625", 20),
                    new Column(
                            "r",
                            Kind.DECIMAL,
                            "DECIMAL(28,6)",
                            "(z % 1000003 - 500000) * 7.000001",
                            20),
                    new Column(
                            "s",
                            Kind.STRING,
                            "VARCHAR",
                            "list_extract(['', 'a', 'ab', 'Ab', 'abc', 'a ', ' a', 'ä', 'Äb', '日本', '😀x', 'z  ', 'b', 'hello world', 'a,b,c'], (1 + z % 15)::INTEGER)",
                            10),
                    new Column(
                            "w",
                            Kind.STRING,
                            "VARCHAR",
                            "'w' || (z % 23) || CASE WHEN z % 5 = 0 THEN ' ' ELSE '' END",
                            10),
                    new Column("u", Kind.STRING, "VARCHAR", "(z % 30 - 10)::VARCHAR", 30),
                    new Column("d", Kind.DATE, "DATE", "DATE '2023-12-20' + (z % 90)::INTEGER", 10),
                    new Column(
                            "t",
                            Kind.TIMESTAMP,
                            "TIMESTAMP",
                            "TIMESTAMP '2024-02-27 00:00:00' + to_microseconds((z % 97) * 3723004005)",
                            10),
                    new Column("f", Kind.BOOLEAN, "BOOLEAN", "z % 3 = 1", 20));

    private RandomTables() {}

    /** Makes the files that are not there and gives both engines a view of each. */
    static void open(Path folder, Connection skep, Connection duckdb)
            throws IOException, SQLException {
        Files.createDirectories(folder);
        try (Statement ours = skep.createStatement();
                Statement theirs = duckdb.createStatement()) {
            for (Table table : TABLES) {
                Path file = folder.toAbsolutePath().resolve(table.name() + ".parquet");
                theirs.execute(
                        "COPY (%s) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
                                .formatted(query(table), file));
                String view = "CREATE OR REPLACE TEMP VIEW %s AS SELECT * FROM '%s'";
                ours.execute(view.formatted(table.name(), file));
                theirs.execute(view.formatted(table.name(), file));
            }
        }
    }

    private static String query(Table table) {
        String columns =
                COLUMNS.stream().map(RandomTables::column).collect(Collectors.joining(", "));
        // a linear congruence instead of random(): the same files on every machine
        return "SELECT %s FROM (SELECT i, (i * 7919 + %d * 104729) %% 1000003 AS z FROM range(%d) r(i))"
                .formatted(columns, table.shift(), table.rows());
    }

    private static String column(Column column) {
        String value =
                column.nulls() == 0
                        ? column.value()
                        : "CASE WHEN (z // 7 * %d + 11) %% 100 < %d THEN NULL ELSE %s END"
                                .formatted(
                                        31 + 2 * column.name().charAt(0),
                                        column.nulls(),
                                        column.value());
        return "CAST(%s AS %s) AS %s".formatted(value, column.type(), column.name());
    }

    static Connection duckdb() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            // the queries are small: threads would only wait for each other
            statement.execute("SET threads = 1");
        }
        return connection;
    }
}
