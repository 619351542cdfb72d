package org.skep.tests.iceberg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.skep.catalog.iceberg.LocalFileIO;

/** A warehouse as Iceberg's own catalog and reader see it. */
public final class OtherCatalog {
    private OtherCatalog() {}

    /** Over the warehouse's catalog file. */
    public static JdbcCatalog open(Path warehouse) {
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(
                "skep",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + warehouse.resolve("catalog.sqlite"),
                        "warehouse",
                        warehouse.toString(),
                        "io-impl",
                        LocalFileIO.class.getName(),
                        "jdbc.schema-version",
                        "V1"));
        return catalog;
    }

    /** All files that a table's snapshots and metadata name. */
    public static Set<Path> files(JdbcCatalog catalog, String name) throws IOException {
        Table table = catalog.loadTable(TableIdentifier.of("default", name));
        TableMetadata metadata = ((HasTableOperations) table).operations().current();
        FileIO io = table.io();
        Set<Path> files = new HashSet<>();
        files.add(Path.of(metadata.metadataFileLocation()));
        metadata.previousFiles().forEach(entry -> files.add(Path.of(entry.file())));
        table.statisticsFiles().forEach(statistics -> files.add(Path.of(statistics.path())));
        for (Snapshot snapshot : table.snapshots()) {
            files.add(Path.of(snapshot.manifestListLocation()));
            for (ManifestFile manifest : snapshot.dataManifests(io)) {
                files.add(Path.of(manifest.path()));
                try (CloseableIterable<?> data = ManifestFiles.read(manifest, io, table.specs())) {
                    for (Object file : data) {
                        files.add(Path.of(((org.apache.iceberg.DataFile) file).location()));
                    }
                }
            }
        }
        return files;
    }
}
