package org.skep.catalog.iceberg;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.rest.RESTCatalog;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * The namespaces of a REST catalog server as schemas. The server tells names by their case; a name
 * that is written as there is asked for, any other is looked for in the list of all.
 */
final class RestNames implements ManagedNames {
    /** The schema that is always there, on the server from its first table on. */
    static final String DEFAULT = "default";

    private final RestServer server;

    RestNames(RestServer server) {
        this.server = server;
    }

    private RESTCatalog catalog() {
        return server.catalog();
    }

    @Override
    public List<String> schemas() {
        TreeSet<String> names =
                new TreeSet<>(
                        Comparator.<String, String>comparing(RestNames::key)
                                .thenComparing(Comparator.naturalOrder()));
        names.add(DEFAULT);
        server.asked(() -> catalog().listNamespaces())
                .forEach(namespace -> names.add(namespace.level(0)));
        return List.copyOf(names);
    }

    @Override
    public Optional<String> schema(String name) {
        if (key(name).equals(DEFAULT)) {
            return Optional.of(DEFAULT);
        }
        return server.asked(() -> catalog().namespaceExists(Namespace.of(name)))
                ? Optional.of(name)
                : find(name, schemas());
    }

    @Override
    public void create(String schema) {
        server.asked(
                () -> {
                    try {
                        catalog().createNamespace(Namespace.of(schema));
                    } catch (AlreadyExistsException e) {
                        throw new QueryException(
                                ErrorCode.ALREADY_EXISTS,
                                "schema '%s' was created by somebody else just now"
                                        .formatted(schema),
                                "write CREATE SCHEMA IF NOT EXISTS to accept that");
                    }
                    return null;
                });
    }

    @Override
    public void drop(String schema) {
        server.asked(
                () -> {
                    try {
                        return catalog().dropNamespace(Namespace.of(schema));
                    } catch (NamespaceNotEmptyException e) {
                        throw new QueryException(
                                ErrorCode.INVALID_STATEMENT,
                                "schema '%s' is not empty: %s".formatted(schema, e.getMessage()),
                                "others may keep views or namespaces in it that are not seen here");
                    }
                });
    }

    @Override
    public List<String> tables(String schema) {
        return server.asked(
                () -> {
                    try {
                        return catalog().listTables(Namespace.of(schema)).stream()
                                .map(TableIdentifier::name)
                                .sorted()
                                .toList();
                    } catch (NoSuchNamespaceException none) {
                        return List.of();
                    }
                });
    }

    @Override
    public Optional<String> table(String schema, String name) {
        Supplier<Boolean> exact =
                () -> {
                    try {
                        return catalog().tableExists(TableIdentifier.of(schema, name));
                    } catch (NoSuchNamespaceException none) {
                        return false;
                    }
                };
        return server.asked(exact) ? Optional.of(name) : find(name, tables(schema));
    }

    private static Optional<String> find(String name, List<String> all) {
        return all.stream().filter(one -> key(one).equals(key(name))).findFirst();
    }

    @Override
    public void rename(String schema, String table, String newSchema, String newTable) {
        IcebergErrors.translated(
                ManagedTable.written(schema, table),
                () -> {
                    requireNamespace(newSchema);
                    catalog()
                            .renameTable(
                                    TableIdentifier.of(schema, table),
                                    TableIdentifier.of(newSchema, newTable));
                    return null;
                });
    }

    /** Makes the default schema on the server when something is to be put in it. */
    void requireNamespace(String schema) {
        Namespace namespace = Namespace.of(schema);
        if (schema.equals(DEFAULT) && !catalog().namespaceExists(namespace)) {
            try {
                catalog().createNamespace(namespace);
            } catch (AlreadyExistsException meanwhile) {
                return; // as it is to be
            }
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
