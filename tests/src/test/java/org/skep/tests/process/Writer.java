package org.skep.tests.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that writes to a warehouse. Prints a line when it begins and one for each commit. */
public final class Writer {
    /** Rows of {@link #rewrite}'s table in full. */
    static final int ROWS = 3_000;

    /** Every so manieth row is missing in every other version. */
    static final int GAP = 7;

    private Writer() {}

    /**
     * @param arguments what to do, the warehouse, then numbers
     */
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:skep:" + arguments[1]);
                Statement statement = connection.createStatement()) {
            System.out.println("ready");
            int number = Integer.parseInt(arguments[2]);
            switch (arguments[0]) {
                case "rewrite" -> rewrite(statement, number);
                case "insert" -> insert(statement, number, Integer.parseInt(arguments[3]));
                case "count" -> count(statement, number);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    static void create(Statement statement) throws SQLException {
        statement.execute(
                "CREATE TABLE t (version BIGINT, id BIGINT, text STRING)"
                        + " PARTITIONED BY (bucket(3, id))");
        statement.execute(full("INTO", 0));
    }

    private static String full(String into, long version) {
        return "INSERT %s t SELECT %d, id, repeat(CAST(id AS STRING), 10) FROM (SELECT explode(sequence(1, %d)) AS id) s"
                .formatted(into, version, ROWS);
    }

    /** From version to version: full in even ones, with gaps in odd ones. */
    private static void rewrite(Statement statement, int times) throws SQLException {
        long version;
        try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM t")) {
            rows.next();
            version = rows.getLong(1);
        }
        for (int i = 0; i < times; i++) {
            version++;
            statement.execute(
                    version % 2 == 0
                            ? full("OVERWRITE", version)
                            : "MERGE INTO t USING (SELECT explode(sequence(1, %d)) AS id) s ON t.id = s.id WHEN MATCHED AND s.id %% %d = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET version = %d"
                                    .formatted(ROWS, GAP, version));
            System.out.println(version);
        }
    }

    private static void insert(Statement statement, int writer, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            statement.execute("INSERT INTO t VALUES (%d, %d)".formatted(writer, i));
            System.out.println(i);
        }
    }

    /** Adds one to the only number in a table, and again when others were faster. */
    private static void count(Statement statement, int times) throws SQLException {
        for (int done = 0; done < times; ) {
            try {
                statement.execute("UPDATE c SET n = n + 1");
                done++;
                System.out.println(done);
            } catch (SQLException e) {
                if (!"40001".equals(e.getSQLState())) {
                    throw e;
                }
                System.out.println("lost: " + e.getMessage());
            }
        }
    }
}
