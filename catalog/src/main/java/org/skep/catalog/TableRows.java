package org.skep.catalog;

import static org.skep.catalog.Catalog.key;
import static org.skep.catalog.CatalogSql.update;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skep.model.file.FileSource;
import org.skep.model.type.Schema;

/** Definitions as rows of the tables {@code tables} and {@code entries}, and back. */
final class TableRows {
    private static final String PATH = "path";
    private static final String OPTION = "option";
    private static final String PROPERTY = "property";

    private TableRows() {}

    /** Writes a schema's row where tables and views can refer to it, unless it is there. */
    static void requireSchema(Connection connection, String schema) throws SQLException {
        String sql = "INSERT INTO schemas VALUES (?, ?) ON CONFLICT DO NOTHING";
        update(connection, sql, key(schema), schema);
    }

    static void forgetSchema(Connection connection, String schema) throws SQLException {
        update(connection, "DELETE FROM schemas WHERE key = ?", key(schema));
    }

    /** Writes a definition, in a schema that has a row. */
    static void insert(Connection connection, TableDefinition table) throws SQLException {
        if (table instanceof FileTableDefinition files) {
            insertFiles(connection, files);
        } else if (table instanceof ViewDefinition view) {
            Object[] values = {view.columns().toString(), null, view.sql(), view.createdIn()};
            insertTable(connection, view, null, values);
        }
    }

    private static void insertFiles(Connection connection, FileTableDefinition table)
            throws SQLException {
        FileSource source = table.source();
        Object[] values = {
            source.declared() == null ? null : source.declared().toString(),
            source.partitionColumns() == null
                    ? null
                    : new Schema(source.partitionColumns()).toString(),
            null,
            null
        };
        long id = insertTable(connection, table, source.format(), values);
        Map<String, String> paths = new LinkedHashMap<>();
        for (String path : source.paths()) {
            paths.put("%06d".formatted(paths.size()), path);
        }
        insertEntries(connection, id, PATH, paths);
        insertEntries(connection, id, OPTION, source.options());
        insertEntries(connection, id, PROPERTY, table.properties());
    }

    private static long insertTable(
            Connection connection, TableDefinition table, String format, Object[] values)
            throws SQLException {
        String sql =
                "INSERT INTO tables (schema_key, key, name, kind, comment, format, columns,"
                        + " partition_columns, sql, created_in)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, key(table.schema()));
            insert.setString(2, key(table.name()));
            insert.setString(3, table.name());
            insert.setString(4, table.kind().name());
            insert.setString(5, table.comment());
            insert.setString(6, format);
            for (int i = 0; i < values.length; i++) {
                insert.setObject(7 + i, values[i]);
            }
            try (ResultSet id = insert.executeQuery()) {
                id.next();
                return id.getLong(1);
            }
        }
    }

    private static void insertEntries(
            Connection connection, long id, String list, Map<String, String> entries)
            throws SQLException {
        String sql = "INSERT INTO entries (table_id, list, key, value) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                insert.setLong(1, id);
                insert.setString(2, list);
                insert.setString(3, entry.getKey());
                insert.setString(4, entry.getValue());
                insert.executeUpdate();
            }
        }
    }

    static void delete(Connection connection, String schema, String name) throws SQLException {
        String sql = "DELETE FROM tables WHERE schema_key = ? AND key = ?";
        update(connection, sql, key(schema), key(name));
    }

    /** Gives a definition another name, which must be free, in a schema that has a row. */
    static void rename(Connection connection, TableDefinition table, String schema, String name)
            throws SQLException {
        update(
                connection,
                "UPDATE tables SET schema_key = ?, key = ?, name = ?"
                        + " WHERE schema_key = ? AND key = ?",
                key(schema),
                key(name),
                name,
                key(table.schema()),
                key(table.name()));
    }

    /** The definitions of a schema whose names fit. */
    static List<TableEntry> list(Connection connection, String schema, NamePattern pattern)
            throws SQLException {
        String sql =
                "SELECT s.name, t.name, t.kind, t.comment FROM tables t"
                        + " JOIN schemas s ON s.key = t.schema_key"
                        + " WHERE t.schema_key = ? AND t.key LIKE ? ESCAPE '\\' ORDER BY t.key";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, key(schema));
            select.setString(2, pattern.like());
            List<TableEntry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(
                            new TableEntry(
                                    rows.getString(1),
                                    rows.getString(2),
                                    TableDefinition.Kind.valueOf(rows.getString(3)),
                                    rows.getString(4)));
                }
            }
            return entries;
        }
    }

    /** The definition of that name, regardless of case, or null. */
    static TableDefinition find(Connection connection, String schema, String name)
            throws SQLException {
        String sql =
                "SELECT t.id, s.name, t.name, t.kind, t.comment, t.format, t.columns,"
                        + " t.partition_columns, t.sql, t.created_in"
                        + " FROM tables t JOIN schemas s ON s.key = t.schema_key"
                        + " WHERE t.schema_key = ? AND t.key = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, key(schema));
            select.setString(2, key(name));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? definition(connection, row) : null;
            }
        }
    }

    private static TableDefinition definition(Connection connection, ResultSet row)
            throws SQLException {
        TableDefinition.Kind kind = TableDefinition.Kind.valueOf(row.getString(4));
        return switch (kind) {
            case TABLE ->
                    throw new IllegalStateException("tables of the warehouse have no rows here");
            case EXTERNAL_TABLE -> files(connection, row);
            case VIEW ->
                    new ViewDefinition(
                            row.getString(2),
                            row.getString(3),
                            Schema.parse(row.getString(7)),
                            row.getString(9),
                            row.getString(10),
                            row.getString(5));
        };
    }

    private static FileTableDefinition files(Connection connection, ResultSet row)
            throws SQLException {
        Map<String, Map<String, String>> lists = entries(connection, row.getLong(1));
        String declared = row.getString(7);
        String partitionColumns = row.getString(8);
        FileSource source =
                new FileSource(
                        row.getString(6),
                        List.copyOf(lists.getOrDefault(PATH, Map.of()).values()),
                        lists.getOrDefault(OPTION, Map.of()),
                        declared == null ? null : Schema.parse(declared),
                        partitionColumns == null ? null : Schema.parse(partitionColumns).fields());
        return new FileTableDefinition(
                row.getString(2),
                row.getString(3),
                source,
                row.getString(5),
                lists.getOrDefault(PROPERTY, Map.of()));
    }

    private static Map<String, Map<String, String>> entries(Connection connection, long id)
            throws SQLException {
        String sql = "SELECT list, key, value FROM entries WHERE table_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, id);
            Map<String, Map<String, String>> lists = new TreeMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lists.computeIfAbsent(rows.getString(1), list -> new TreeMap<>())
                            .put(rows.getString(2), rows.getString(3));
                }
            }
            return lists;
        }
    }
}
