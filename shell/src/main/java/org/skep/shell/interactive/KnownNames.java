package org.skep.shell.interactive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skep.jdbc.SkepConnection;

/** Names for completion, asked for when they are first needed and again after each statement. */
final class KnownNames {
    private static final int MOST_TABLES = 2000;

    private final SkepConnection connection;
    private List<String> tables;
    private final Map<String, List<String>> columns = new HashMap<>();

    KnownNames(SkepConnection connection) {
        this.connection = connection;
    }

    /** A statement was run: tables may have come or gone. */
    void forget() {
        tables = null;
        columns.clear();
    }

    List<String> tables() throws SQLException {
        if (tables == null) {
            List<String> found = new ArrayList<>();
            try (ResultSet rows =
                    connection.getMetaData().getTables(null, connection.getSchema(), "%", null)) {
                while (rows.next() && found.size() < MOST_TABLES) {
                    found.add(rows.getString("TABLE_NAME"));
                }
            }
            tables = found;
        }
        return tables;
    }

    /** The columns of a table, none when there is no such table. */
    List<String> columns(String table) throws SQLException {
        String key = table.toLowerCase(Locale.ROOT);
        List<String> known = columns.get(key);
        if (known != null) {
            return known;
        }
        List<String> found = new ArrayList<>();
        if (tables().stream().anyMatch(table::equalsIgnoreCase)) {
            String pattern = table.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
            try (ResultSet rows =
                    connection
                            .getMetaData()
                            .getColumns(null, connection.getSchema(), pattern, "%")) {
                while (rows.next()) {
                    found.add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        columns.put(key, found);
        return found;
    }
}
