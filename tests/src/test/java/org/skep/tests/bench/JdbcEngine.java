package org.skep.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The process of an engine with an embedded JDBC driver.
 *
 * <p>Arguments: {@code skep} or {@code duckdb}, a folder for what it keeps, the threads, the memory
 * the bytes to be kept of files (each empty for the engine's default), and Skep's cluster.
 */
public final class JdbcEngine {
    private JdbcEngine() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        boolean skep = arguments[0].equals("skep");
        Path folder = Path.of(arguments[1]);
        String url = skep ? "jdbc:skep:" + folder.resolve("warehouse") : "jdbc:duckdb:";
        Properties properties = new Properties();
        if (!arguments[5].isEmpty()) {
            properties.setProperty("cluster", arguments[5]);
        }
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + arguments[2]);
            if (!arguments[3].isEmpty()) {
                String setting = skep ? "memory" : "memory_limit";
                statement.execute("SET %s = '%s'".formatted(setting, arguments[3]));
            }
            if (!skep && !arguments[4].isEmpty()) { // DuckDB keeps none of local files by default
                statement.execute("SET cache_local_files = " + !arguments[4].equals("0"));
            }
            EngineLoop.answer(sql -> rows(statement, sql));
        }
    }

    private static List<Object[]> rows(Statement statement, String sql) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        if (!statement.execute(sql)) {
            return rows;
        }
        try (ResultSet result = statement.getResultSet()) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                Object[] row = new Object[width];
                for (int i = 0; i < width; i++) {
                    row[i] = result.getObject(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
