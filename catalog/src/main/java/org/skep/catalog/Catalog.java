package org.skep.catalog;

import static org.skep.catalog.CatalogSql.schemaName;
import static org.skep.catalog.CatalogSql.strings;
import static org.skep.catalog.CatalogSql.update;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.skep.catalog.iceberg.LostFolders;
import org.skep.catalog.iceberg.Removed;
import org.skep.catalog.iceberg.Tables;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.error.Suggestion;

/**
 * The schemas, tables and views of a warehouse. Every method is one transaction; several threads
 * and several processes may use the same warehouse. A warehouse that does not exist yet has one
 * empty schema, {@code default}; reading it makes nothing.
 *
 * <p>All methods fail with CATALOG_FAILURE when the file cannot be read or written or is of a newer
 * format.
 */
public final class Catalog implements AutoCloseable {
    /** The schema that is always there. */
    public static final String DEFAULT_SCHEMA = "default";

    private final Path warehouse;
    private final CatalogFile file;
    private final TablePointers pointers;
    private Tables tables;

    private Catalog(Path warehouse) {
        this.warehouse = warehouse;
        this.file = new CatalogFile(warehouse.resolve("catalog.sqlite"));
        this.pointers = new TablePointers(file);
    }

    /** The catalog of a warehouse folder, which need not exist. Opens nothing yet. */
    public static Catalog of(Path warehouse) {
        return new Catalog(warehouse.toAbsolutePath().normalize());
    }

    /**
     * The tables whose rows are in the warehouse. Iceberg is not loaded before they are asked for.
     */
    public synchronized Tables tables() {
        if (tables == null) {
            tables = new Tables(pointers, this::newFolder);
        }
        return tables;
    }

    /** A folder for a new table that no other table has or had. */
    private String newFolder(String schema, String table) {
        return folder(schema, table) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * Deletes folders that are no table's.
     *
     * @param before when all in a folder must have been written, at the latest
     */
    public Removed removeLostFolders(Instant before) {
        String sql =
                "SELECT metadata_location FROM iceberg_tables UNION ALL"
                        + " SELECT value FROM entries WHERE list = 'path'";
        return new LostFolders(warehouse.resolve("data"))
                .remove(
                        () -> file.read(connection -> strings(connection, sql)).orElse(List.of()),
                        before);
    }

    /**
     * Where the files of a managed table belong. Letters, digits and underscores stand for
     * themselves, in lower case; everything else is percent-encoded, so that no name leads outside.
     */
    public Path folder(String schema, String table) {
        return warehouse.resolve("data").resolve(encoded(schema)).resolve(encoded(table));
    }

    /** In the order of their names. */
    public List<String> schemas() {
        return file.read(connection -> strings(connection, "SELECT name FROM schemas ORDER BY key"))
                .orElse(List.of(DEFAULT_SCHEMA));
    }

    /** The schema's name as it was created, if there is such a schema. */
    public Optional<String> schema(String name) {
        if (key(name).equals(DEFAULT_SCHEMA)) {
            return Optional.of(DEFAULT_SCHEMA);
        }
        return file.read(connection -> Optional.ofNullable(schemaName(connection, name)))
                .orElse(Optional.empty());
    }

    /**
     * Makes an empty schema; REPLACE is not possible.
     *
     * @throws QueryException ALREADY_EXISTS
     */
    public void createSchema(String name, Existing existing) {
        if (existing == Existing.REPLACE) {
            throw new IllegalArgumentException("a schema cannot be replaced");
        }
        file.write(
                connection -> {
                    String found = schemaName(connection, name);
                    if (found == null) {
                        update(connection, "INSERT INTO schemas VALUES (?, ?)", key(name), name);
                        update(
                                connection,
                                "INSERT INTO iceberg_namespace_properties"
                                        + " VALUES ('skep', ?, 'exists', 'true')",
                                name);
                    } else if (existing == Existing.FAIL) {
                        throw new QueryException(
                                ErrorCode.ALREADY_EXISTS,
                                "schema '%s' already exists".formatted(found),
                                "write CREATE SCHEMA IF NOT EXISTS to accept that");
                    }
                    return null;
                });
    }

    /**
     * Drops a schema and, with CASCADE, what is in it.
     *
     * @throws QueryException SCHEMA_NOT_FOUND, or INVALID_STATEMENT when it is the default schema
     *     or has tables that may not be dropped
     */
    public void dropSchema(String name, Missing missing, Contents contents) {
        if (key(name).equals(DEFAULT_SCHEMA)) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT, "the schema 'default' cannot be dropped");
        }
        if (schema(name).isEmpty()) { // found here so that nothing is made on disk
            if (missing == Missing.SKIP) {
                return;
            }
            throw schemaNotFound(name);
        }
        if (contents == Contents.CASCADE) {
            for (TableEntry entry : list(name, NamePattern.ANY)) {
                drop(name, entry.name(), Missing.SKIP);
            }
        }
        file.write(
                connection -> {
                    List<TableEntry> left = entries(connection, name, NamePattern.ANY);
                    if (!left.isEmpty()) {
                        throw new QueryException(
                                ErrorCode.INVALID_STATEMENT,
                                "schema '%s' is not empty: tables and views in it are %d, such as '%s'"
                                        .formatted(name, left.size(), left.get(0).name()),
                                "write DROP SCHEMA %s CASCADE to drop them too".formatted(name));
                    }
                    update(
                            connection,
                            "DELETE FROM iceberg_namespace_properties WHERE namespace = ?",
                            schemaName(connection, name));
                    update(connection, "DELETE FROM schemas WHERE key = ?", key(name));
                    return null;
                });
    }

    /**
     * Writes a definition. Returns the one it replaced, if any.
     *
     * @throws QueryException ALREADY_EXISTS (also when a table would replace a view or a view a
     *     table), SCHEMA_NOT_FOUND
     */
    public Optional<TableDefinition> create(TableDefinition table, Existing existing) {
        return file.write(
                connection -> {
                    if (schemaName(connection, table.schema()) == null) {
                        throw CatalogErrors.schemaNotFound(connection, table.schema());
                    }
                    String schemaKey = key(table.schema());
                    TableDefinition old = definition(connection, table.schema(), table.name());
                    if (old != null && existing == Existing.SKIP) {
                        return Optional.empty();
                    }
                    boolean sameKind = old != null && old.kind() == table.kind();
                    if (old != null && (existing == Existing.FAIL || !sameKind)) {
                        throw CatalogErrors.alreadyExists(old, sameKind);
                    }
                    if (old != null) {
                        delete(connection, schemaKey, key(table.name()));
                    }
                    TableRows.insert(connection, table);
                    return Optional.ofNullable(old);
                });
    }

    /**
     * Drops a table, with its rows if they are in the warehouse, or a view.
     *
     * @return what was dropped, if anything
     * @throws QueryException TABLE_NOT_FOUND, SCHEMA_NOT_FOUND
     */
    public Optional<TableDefinition> drop(String schema, String name, Missing missing) {
        TableDefinition found = find(schema, name).orElse(null);
        if (found == null) {
            if (missing == Missing.FAIL) {
                throw tableNotFound(schema, name, List.of());
            }
            return Optional.empty();
        }
        if (found instanceof ManagedDefinition table) {
            tables().drop(table.schema(), table.name());
        } else {
            file.write(
                    connection -> {
                        delete(connection, key(schema), key(name));
                        return null;
                    });
        }
        return Optional.of(found);
    }

    /**
     * Gives a table or a view another name, also in another schema. Its files stay where they are.
     *
     * @throws QueryException TABLE_NOT_FOUND, SCHEMA_NOT_FOUND, ALREADY_EXISTS
     */
    public void rename(String schema, String name, String newSchema, String newName) {
        TableDefinition found =
                find(schema, name).orElseThrow(() -> tableNotFound(schema, name, List.of()));
        file.write(
                connection -> {
                    String target = schemaName(connection, newSchema);
                    if (target == null) {
                        throw CatalogErrors.schemaNotFound(connection, newSchema);
                    }
                    TableDefinition there = definition(connection, newSchema, newName);
                    boolean itself =
                            key(schema).equals(key(newSchema)) && key(name).equals(key(newName));
                    if (there != null && !itself) {
                        throw CatalogErrors.alreadyExists(there, false);
                    }
                    if (found instanceof ManagedDefinition) {
                        TablePointers.rename(
                                connection, found.schema(), found.name(), target, newName);
                    } else {
                        update(
                                connection,
                                "UPDATE tables SET schema_key = ?, key = ?, name = ?"
                                        + " WHERE schema_key = ? AND key = ?",
                                key(newSchema),
                                key(newName),
                                newName,
                                key(schema),
                                key(name));
                    }
                    return null;
                });
    }

    public Optional<TableDefinition> find(String schema, String name) {
        return file.read(connection -> Optional.ofNullable(definition(connection, schema, name)))
                .orElse(Optional.empty());
    }

    private static TableDefinition definition(Connection connection, String schema, String name)
            throws SQLException {
        TableDefinition found = TableRows.find(connection, key(schema), key(name));
        String written = found == null ? schemaName(connection, schema) : null;
        String table = written == null ? null : TablePointers.name(connection, written, name);
        return table == null ? found : new ManagedDefinition(written, table);
    }

    /**
     * The tables and views of a schema whose names fit, in the order of their names; none when
     * there is no such schema.
     */
    public List<TableEntry> list(String schema, NamePattern pattern) {
        return file.read(connection -> entries(connection, schema, pattern)).orElse(List.of());
    }

    /**
     * The error that says that there is no such table, with the nearest name.
     *
     * @param alsoKnown names that would have been found too, such as temporary views and CTEs
     */
    public QueryException tableNotFound(String schema, String name, Collection<String> alsoKnown) {
        if (schema(schema).isEmpty()) {
            return schemaNotFound(schema);
        }
        List<String> known = new ArrayList<>(alsoKnown);
        list(schema, NamePattern.ANY).forEach(entry -> known.add(entry.name()));
        String hint = Suggestion.hint(name, known);
        if (hint == null) {
            hint = elsewhere(name);
        }
        String where = key(schema).equals(DEFAULT_SCHEMA) ? "" : " in schema '" + schema + "'";
        return new QueryException(
                ErrorCode.TABLE_NOT_FOUND, "no table '%s'%s".formatted(name, where), hint);
    }

    /** The error that says that there is no such schema, with the nearest name. */
    public QueryException schemaNotFound(String name) {
        return CatalogErrors.schemaNotFound(name, schemas());
    }

    @Override
    public void close() {
        file.close();
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private String elsewhere(String name) {
        String sql =
                "SELECT s.name || '.' || t.name FROM tables t JOIN schemas s ON s.key ="
                        + " t.schema_key WHERE t.key = ? ORDER BY 1";
        return file.read(connection -> strings(connection, sql, key(name)))
                .filter(found -> !found.isEmpty())
                .map(found -> "there is a table '%s'".formatted(found.get(0)))
                .orElse(null);
    }

    private static List<TableEntry> entries(
            Connection connection, String schema, NamePattern pattern) throws SQLException {
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
            String written = schemaName(connection, schema);
            if (written != null) {
                for (String table : TablePointers.names(connection, written)) {
                    if (pattern.matches(table)) {
                        entries.add(
                                new TableEntry(written, table, TableDefinition.Kind.TABLE, null));
                    }
                }
            }
            entries.sort(Comparator.comparing(entry -> key(entry.name())));
            return entries;
        }
    }

    private static void delete(Connection connection, String schemaKey, String key)
            throws SQLException {
        String sql = "DELETE FROM tables WHERE schema_key = ? AND key = ?";
        update(connection, sql, schemaKey, key);
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : key(name).getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_';
            out.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
        }
        return out.toString();
    }
}
