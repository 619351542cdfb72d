package org.skep.catalog;

import static org.skep.catalog.CatalogSql.strings;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skep.catalog.iceberg.LostFolders;
import org.skep.catalog.iceberg.ManagedNames;
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
 * <p>Where it keeps them is a database ({@link CatalogDatabase}) and, for schemas and managed
 * tables, what {@link ManagedNames} and {@link Tables} stand for; {@link CatalogSettings} says
 * which.
 *
 * <p>All methods fail with CATALOG_FAILURE when the catalog cannot be read or written or is of a
 * newer format, and with INVALID_SETTING or SETTING_NOT_FOUND when {@code catalog.properties} is
 * wrong.
 */
public final class Catalog implements AutoCloseable {
    /** The schema that is always there. */
    public static final String DEFAULT_SCHEMA = "default";

    private final Path warehouse;
    private CatalogParts parts;

    private Catalog(Path warehouse) {
        this.warehouse = warehouse;
    }

    /** The catalog of a warehouse folder, which need not exist. Opens nothing yet. */
    public static Catalog of(Path warehouse) {
        return new Catalog(warehouse.toAbsolutePath().normalize());
    }

    private synchronized CatalogParts parts() {
        if (parts == null) {
            parts = CatalogParts.of(CatalogSettings.of(warehouse, System::getenv));
        }
        return parts;
    }

    private CatalogDatabase database() {
        return parts().database();
    }

    private ManagedNames names() {
        return parts().names();
    }

    /**
     * The tables whose rows are in the warehouse. Iceberg is not loaded before they are asked for.
     */
    public Tables tables() {
        return parts().tables();
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
        return new LostFolders(parts().folders().all())
                .remove(
                        () ->
                                database()
                                        .read(connection -> strings(connection, sql))
                                        .orElse(List.of()),
                        before);
    }

    /** In the order of their names. */
    public List<String> schemas() {
        return names().schemas();
    }

    /** The schema's name as it was created, if there is such a schema. */
    public Optional<String> schema(String name) {
        return names().schema(name);
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
        database()
                .together(
                        () -> {
                            Optional<String> found = names().schema(name);
                            if (found.isEmpty()) {
                                names().create(name);
                            } else if (existing == Existing.FAIL) {
                                throw new QueryException(
                                        ErrorCode.ALREADY_EXISTS,
                                        "schema '%s' already exists".formatted(found.get()),
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
        database()
                .together(
                        () -> {
                            requireEmpty(name);
                            names().schema(name).ifPresent(names()::drop);
                            return update(connection -> TableRows.forgetSchema(connection, name));
                        });
    }

    private void requireEmpty(String schema) {
        List<TableEntry> left = list(schema, NamePattern.ANY);
        if (!left.isEmpty()) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    "schema '%s' is not empty: tables and views in it are %d, such as '%s'"
                            .formatted(schema, left.size(), left.get(0).name()),
                    "write DROP SCHEMA %s CASCADE to drop them too".formatted(schema));
        }
    }

    /**
     * Writes a definition. Returns the one it replaced, if any.
     *
     * @throws QueryException ALREADY_EXISTS (also when a table would replace a view or a view a
     *     table), SCHEMA_NOT_FOUND
     */
    public Optional<TableDefinition> create(TableDefinition table, Existing existing) {
        return database().together(() -> created(table, existing));
    }

    private Optional<TableDefinition> created(TableDefinition table, Existing existing) {
        String schema =
                names().schema(table.schema()).orElseThrow(() -> schemaNotFound(table.schema()));
        TableDefinition old = definition(schema, table.name()).orElse(null);
        if (old != null && existing == Existing.SKIP) {
            return Optional.empty();
        }
        boolean sameKind = old != null && old.kind() == table.kind();
        if (old != null && (existing == Existing.FAIL || !sameKind)) {
            throw CatalogErrors.alreadyExists(old, sameKind);
        }
        update(
                connection -> {
                    TableRows.requireSchema(connection, schema);
                    TableRows.delete(connection, schema, table.name());
                    TableRows.insert(connection, table);
                });
        return Optional.ofNullable(old);
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
            update(connection -> TableRows.delete(connection, schema, name));
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
        database()
                .together(
                        () -> {
                            rename(found, newSchema, newName);
                            return null;
                        });
    }

    private void rename(TableDefinition found, String newSchema, String newName) {
        String target = names().schema(newSchema).orElseThrow(() -> schemaNotFound(newSchema));
        boolean itself =
                key(found.schema()).equals(key(target)) && key(found.name()).equals(key(newName));
        Optional<TableDefinition> there = itself ? Optional.empty() : definition(target, newName);
        if (there.isPresent()) {
            throw CatalogErrors.alreadyExists(there.get(), false);
        }
        if (found instanceof ManagedDefinition) {
            names().rename(found.schema(), found.name(), target, newName);
        } else {
            update(
                    connection -> {
                        TableRows.requireSchema(connection, target);
                        TableRows.rename(connection, found, target, newName);
                    });
        }
    }

    public Optional<TableDefinition> find(String schema, String name) {
        return database().snapshot(() -> definition(schema, name));
    }

    private Optional<TableDefinition> definition(String schema, String name) {
        Optional<TableDefinition> found =
                database()
                        .read(
                                connection ->
                                        Optional.ofNullable(
                                                TableRows.find(connection, schema, name)))
                        .orElse(Optional.empty());
        return found.isPresent() ? found : managed(schema, name);
    }

    private Optional<TableDefinition> managed(String schema, String name) {
        Optional<String> written = names().schema(schema);
        return written.flatMap(in -> names().table(in, name))
                .map(table -> new ManagedDefinition(written.get(), table));
    }

    /**
     * The tables and views of a schema whose names fit, in the order of their names; none when
     * there is no such schema.
     */
    public List<TableEntry> list(String schema, NamePattern pattern) {
        return database().snapshot(() -> entries(schema, pattern));
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
    public synchronized void close() {
        if (parts != null) {
            parts.close();
        }
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private String elsewhere(String name) {
        String sql =
                "SELECT s.name || '.' || t.name FROM tables t JOIN schemas s ON s.key ="
                        + " t.schema_key WHERE t.key = ? ORDER BY 1";
        return database()
                .read(connection -> strings(connection, sql, key(name)))
                .filter(found -> !found.isEmpty())
                .map(found -> "there is a table '%s'".formatted(found.get(0)))
                .orElse(null);
    }

    private List<TableEntry> entries(String schema, NamePattern pattern) {
        List<TableEntry> entries = new ArrayList<>();
        database()
                .read(connection -> TableRows.list(connection, schema, pattern))
                .ifPresent(entries::addAll);
        Optional<String> written = names().schema(schema);
        if (written.isPresent()) {
            for (String table : names().tables(written.get())) {
                if (pattern.matches(table)) {
                    entries.add(
                            new TableEntry(written.get(), table, TableDefinition.Kind.TABLE, null));
                }
            }
        }
        entries.sort(Comparator.comparing(entry -> key(entry.name())));
        return entries;
    }

    /** A change of rows. */
    private interface Change {
        void make(Connection connection) throws SQLException;
    }

    private Void update(Change change) {
        return database()
                .write(
                        connection -> {
                            change.make(connection);
                            return null;
                        });
    }
}
