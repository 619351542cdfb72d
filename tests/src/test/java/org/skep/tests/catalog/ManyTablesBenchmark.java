package org.skep.tests.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * How long what asks the catalog takes in a warehouse of many tables, each question by a new
 * connection whose process has been warm for a while.
 *
 * <p>Arguments: a warehouse folder, the number of tables (those that are there are kept).
 */
public final class ManyTablesBenchmark {
    private static final int RUNS = 21;

    private ManyTablesBenchmark() {}

    public static void main(String[] arguments) throws SQLException {
        String url = "jdbc:skep:" + arguments[0];
        int tables = Integer.parseInt(arguments[1]);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            long begun = System.nanoTime();
            for (int i = 0; i < tables; i++) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS table_%05d (id BIGINT, name STRING, day DATE) PARTITIONED BY (days(day))"
                                .formatted(i));
            }
            System.out.printf("%d tables in %.1f s%n", tables, (System.nanoTime() - begun) / 1e9);
        }
        for (String question :
                List.of(
                        "SHOW TABLES",
                        "SHOW TABLES LIKE 'table_0123%'",
                        "DESCRIBE TABLE_05000",
                        "DESCRIBE EXTENDED table_05000",
                        "SHOW CREATE TABLE table_09999",
                        "SELECT count(*) FROM table_07777")) {
            double[] millis = new double[RUNS];
            long rows = 0;
            for (int run = 0; run < RUNS; run++) {
                try (Connection connection = DriverManager.getConnection(url);
                        Statement statement = connection.createStatement()) {
                    long start = System.nanoTime();
                    rows = 0;
                    try (ResultSet result = statement.executeQuery(question)) {
                        while (result.next()) {
                            rows++;
                        }
                    }
                    millis[run] = (System.nanoTime() - start) / 1e6;
                }
            }
            double first = millis[0];
            Arrays.sort(millis);
            System.out.printf(
                    "%-32s %6d rows, first %6.1f ms, median %6.1f ms, longest %6.1f ms%n",
                    question, rows, first, millis[RUNS / 2], millis[RUNS - 1]);
        }
    }
}
