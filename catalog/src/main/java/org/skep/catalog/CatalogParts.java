package org.skep.catalog;

import java.util.function.Supplier;
import org.skep.catalog.iceberg.ManagedNames;
import org.skep.catalog.iceberg.RestServer;
import org.skep.catalog.iceberg.Tables;

/** What a catalog is made of, as its settings choose; nothing is opened before it is used. */
final class CatalogParts implements AutoCloseable {
    private final CatalogDatabase database;
    private final ManagedNames names;
    private final TableFolders folders;
    private final Supplier<Tables> opening;
    private final Runnable closing;
    private Tables tables;

    private CatalogParts(
            CatalogDatabase database,
            ManagedNames names,
            TableFolders folders,
            Supplier<Tables> opening,
            Runnable closing) {
        this.database = database;
        this.names = names;
        this.folders = folders;
        this.opening = opening;
        this.closing = closing;
    }

    static CatalogParts of(CatalogSettings settings) {
        return switch (settings.type()) {
            case SQLITE -> inDatabase(sqlite(settings), settings.folders());
            case JDBC -> inDatabase(new PostgresDatabase(settings), settings.folders());
            case REST -> onServer(settings);
        };
    }

    private static CatalogDatabase sqlite(CatalogSettings settings) {
        return new SqliteDatabase(settings.warehouse().resolve("catalog.sqlite"));
    }

    /** All of it in one database. */
    private static CatalogParts inDatabase(CatalogDatabase database, TableFolders folders) {
        ManagedNames names = new DatabaseNames(database);
        return new CatalogParts(
                database,
                names,
                folders,
                () -> new Tables(new TablePointers(database, names), folders::unused),
                database::close);
    }

    /** Schemas and managed tables on a server, views and external tables in a file. */
    private static CatalogParts onServer(CatalogSettings settings) {
        CatalogDatabase database = sqlite(settings);
        RestServer server = new RestServer(settings.file(), settings.properties());
        return new CatalogParts(
                database,
                server.names(),
                settings.folders(),
                server::tables,
                () -> {
                    try {
                        server.close();
                    } finally {
                        database.close();
                    }
                });
    }

    /** Where the rows of views and external tables are. */
    CatalogDatabase database() {
        return database;
    }

    ManagedNames names() {
        return names;
    }

    TableFolders folders() {
        return folders;
    }

    synchronized Tables tables() {
        if (tables == null) {
            tables = opening.get();
        }
        return tables;
    }

    @Override
    public void close() {
        closing.run();
    }
}
