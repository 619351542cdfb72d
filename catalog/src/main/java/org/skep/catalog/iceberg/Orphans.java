package org.skep.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.skep.model.file.LiveFolder;

/**
 * Deletes files in a table's folder that no snapshot names: what writers left that were killed.
 *
 * <p>A writer that still runs has files of this kind too, until it commits. Three things keep them:
 * files younger than an age stay, so only a write that takes longer is in danger; the folder is
 * listed before the table's newest state is read, so a file that was committed in between is seen
 * to be named; and a writer reads the footers of its files last before its commit, which fails if
 * one of them is gone.
 */
public final class Orphans {
    private final String name;
    private final Table table;

    public Orphans(ManagedTable table) {
        this.name = table.name();
        this.table = table.iceberg();
    }

    /**
     * @param before when a file must have been written, at the latest
     */
    public Removed remove(Instant before) {
        return IcebergErrors.translated(
                name,
                () -> {
                    List<Path> found = new ArrayList<>();
                    list(Path.of(ManagedTable.path(table.location()), "data"), before, found);
                    list(Path.of(ManagedTable.path(table.location()), "metadata"), before, found);
                    table.refresh();
                    Set<Path> named = named();
                    Deletions deletions = new Deletions();
                    for (Path file : found) {
                        if (!named.contains(real(file))) {
                            deletions.delete(file.toString());
                        }
                    }
                    return deletions.removed(0);
                });
    }

    private static void list(Path folder, Instant before, List<Path> found) {
        try {
            LiveFolder.walk(
                    folder,
                    (path, attributes) -> {
                        boolean old = !attributes.lastModifiedTime().toInstant().isAfter(before);
                        if (attributes.isRegularFile() && old) {
                            found.add(path);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files that the table's newest metadata leads to. */
    private Set<Path> named() {
        Set<Path> named = new HashSet<>();
        add(named, ReachableFileUtil.metadataFileLocations(table, false));
        add(named, ReachableFileUtil.manifestListLocations(table));
        add(named, ReachableFileUtil.statisticsFilesLocations(table));
        Set<String> manifests = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                if (manifests.add(manifest.path())) {
                    add(named, List.of(manifest.path()));
                    add(named, manifest);
                }
            }
        }
        return named;
    }

    private void add(Set<Path> named, ManifestFile manifest) {
        try (CloseableIterable<String> paths =
                ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
            paths.forEach(path -> add(named, List.of(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Set<Path> named, Iterable<String> locations) {
        for (String location : locations) {
            named.add(real(Path.of(ManagedTable.path(location))));
        }
    }

    /** Without links in it, which may lead to the same file by another name. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException gone) {
            return file.toAbsolutePath().normalize();
        }
    }
}
