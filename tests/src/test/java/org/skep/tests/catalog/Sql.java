package org.skep.tests.catalog;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A session. */
final class Sql implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;

    Sql(String url) throws SQLException {
        this.connection = DriverManager.getConnection(url);
        this.statement = connection.createStatement();
    }

    Sql run(String... all) throws SQLException {
        for (String sql : all) {
            statement.execute(sql);
        }
        return this;
    }

    /** Rows with a bar between their values. */
    List<String> rows(String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    /** The message of a statement that fails. */
    String error(String sql) {
        return assertThrows(SQLException.class, () -> statement.execute(sql), sql)
                .getMessage()
                .strip();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
