package org.skep.tests.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.skep.catalog.iceberg.LocalFileIO;

/** A warehouse whose catalog is kept elsewhere, and the catalog that Iceberg has of it. */
public final class KeptCatalog implements AutoCloseable {
    /** Where it is kept. */
    public enum Place {
        POSTGRESQL,
        REST;

        /** A warehouse in a folder, empty. */
        public KeptCatalog in(Path folder) throws Exception {
            return switch (this) {
                case POSTGRESQL -> postgresql(folder);
                case REST -> rest(folder, new RestCatalogServer(folder.resolve("tables"), null));
            };
        }
    }

    private final Path warehouse;
    private final RestCatalogServer server;
    private final Catalog other;

    private KeptCatalog(Path warehouse, RestCatalogServer server, Catalog other) {
        this.warehouse = warehouse;
        this.server = server;
        this.other = other;
    }

    private static KeptCatalog postgresql(Path folder) throws Exception {
        Path warehouse = folder.resolve("warehouse");
        String database = PostgresServer.newDatabase();
        write(
                warehouse,
                List.of(
                        "type = jdbc",
                        "uri = " + PostgresServer.uri(database),
                        "user = postgres",
                        "password = postgres"));
        JdbcCatalog other = new JdbcCatalog();
        other.initialize(
                "skep",
                Map.of(
                        "uri",
                        PostgresServer.uri(database),
                        "jdbc.user",
                        "postgres",
                        "jdbc.password",
                        "postgres",
                        "warehouse",
                        warehouse.toString(),
                        "io-impl",
                        LocalFileIO.class.getName(),
                        "jdbc.schema-version",
                        "V1"));
        return new KeptCatalog(warehouse, null, other);
    }

    private static KeptCatalog rest(Path folder, RestCatalogServer server) throws IOException {
        Path warehouse = folder.resolve("warehouse");
        write(warehouse, List.of("type = rest", "uri = " + server.uri()));
        return new KeptCatalog(warehouse, server, server.client());
    }

    /** Writes the file that says where a catalog is. */
    static void write(Path warehouse, List<String> lines) throws IOException {
        Files.createDirectories(warehouse);
        Files.write(warehouse.resolve("catalog.properties"), lines);
    }

    public Path warehouse() {
        return warehouse;
    }

    public String url() {
        return "jdbc:skep:" + warehouse;
    }

    /** How Iceberg's own catalog sees the tables. */
    public Catalog other() {
        return other;
    }

    @Override
    public void close() throws Exception {
        if (other instanceof AutoCloseable closeable) {
            closeable.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
