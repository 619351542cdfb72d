package org.skep.catalog.iceberg;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.skep.model.file.LiveFolder;

/**
 * Deletes folders of tables that are no table's: a statement was killed while it made one, or while
 * it dropped it.
 */
public final class LostFolders {
    /** The end of a folder's name tells it from all others. */
    private static final String NAME = ".*-[0-9a-f]{8}";

    private final Path data;

    /**
     * @param data holds a folder for each schema, and these the folders of tables
     */
    public LostFolders(Path data) {
        this.data = data;
    }

    /**
     * @param named where tables are, asked for after the folders were listed: one that becomes a
     *     table's in between is seen to be that
     * @param before when all in a folder must have been written, at the latest
     */
    public Removed remove(Supplier<List<String>> named, Instant before) {
        try {
            List<Path> found = old(before);
            List<String> locations = found.isEmpty() ? List.of() : named.get();
            Deletions deletions = new Deletions();
            for (Path folder : found) {
                // by its own name, which is unique: paths to the warehouse may differ by links
                String inside = "/" + folder.getFileName() + "/";
                if (locations.stream().noneMatch(place -> (place + "/").contains(inside))) {
                    delete(folder, deletions);
                }
            }
            return deletions.removed(0);
        } catch (IOException e) {
            throw new RuntimeIOException(e, "cannot remove what is lost in %s", data);
        }
    }

    private List<Path> old(Instant before) throws IOException {
        List<Path> old = new ArrayList<>();
        for (Path schema : folders(data)) {
            for (Path table : folders(schema)) {
                if (table.getFileName().toString().matches(NAME) && isOld(table, before)) {
                    old.add(table);
                }
            }
        }
        return old;
    }

    private static List<Path> folders(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
                for (Path entry : entries) {
                    if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
                        folders.add(entry);
                    }
                }
            }
        }
        return folders;
    }

    private static boolean isOld(Path folder, Instant before) throws IOException {
        boolean[] old = {true};
        LiveFolder.walk(
                folder,
                (path, attributes) ->
                        old[0] &= !attributes.lastModifiedTime().toInstant().isAfter(before));
        return old[0];
    }

    private static void delete(Path folder, Deletions deletions) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            if (Files.isDirectory(path)) {
                Files.deleteIfExists(path);
            } else {
                deletions.delete(path.toString());
            }
        }
    }
}
