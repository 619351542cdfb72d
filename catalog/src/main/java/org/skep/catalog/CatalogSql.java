package org.skep.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements on the catalog file, within a transaction. */
final class CatalogSql {
    private CatalogSql() {}

    /** The number of rows changed. */
    static int update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
            }
            return update.executeUpdate();
        }
    }

    /** The first column of all rows. */
    static List<String> strings(Connection connection, String sql, String... values)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            List<String> strings = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    strings.add(rows.getString(1));
                }
            }
            return strings;
        }
    }

    /** The name of a schema as it was created; null when there is none of that name in any case. */
    static String schemaName(Connection connection, String name) throws SQLException {
        List<String> found =
                strings(connection, "SELECT name FROM schemas WHERE key = ?", Catalog.key(name));
        return found.isEmpty() ? null : found.get(0);
    }
}
