package org.skep.tests.explain;

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

/** A connection of its own warehouse in a folder, and files beside it. */
final class Explained implements AutoCloseable {
    private final Path folder;
    private final Connection connection;

    Explained(Path folder) throws SQLException {
        this.folder = folder;
        this.connection = DriverManager.getConnection("jdbc:skep:" + folder.resolve("warehouse"));
        execute("SET threads = 4");
    }

    Path folder() {
        return folder;
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes a file below the folder; its path. */
    String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    /** The rows of a statement, null as it is. */
    List<List<String>> rows(String sql) throws SQLException {
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

    /** The lines of an EXPLAIN, together. */
    String text(String sql) throws SQLException {
        return String.join("\n", rows(sql).stream().map(row -> row.get(0)).toList());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
