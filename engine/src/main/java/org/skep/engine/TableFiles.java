package org.skep.engine;

import java.nio.file.Path;
import java.util.UUID;
import org.skep.catalog.Catalog;
import org.skep.catalog.FileTableDefinition;
import org.skep.catalog.FileTableDefinition.Ownership;
import org.skep.catalog.TableDefinition;

/**
 * Where the files of managed tables are. Each complete overwrite of a table writes a folder of its
 * own; the catalog's entry says which one counts, so that it changes from old to new in one step.
 */
final class TableFiles {
    private TableFiles() {}

    /** A folder for a new version of a table; it is not made yet. */
    static String newFolder(Catalog catalog, String schema, String table) {
        return catalog.folder(schema, table).resolve(UUID.randomUUID().toString()).toString();
    }

    /** Deletes the files of a managed table that were replaced, unless the new one has them too. */
    static void deleteUnless(TableDefinition old, FileTableDefinition now) {
        if (old instanceof FileTableDefinition files
                && files.ownership() == Ownership.MANAGED
                && !files.source().paths().equals(now.source().paths())) {
            files.source().paths().forEach(path -> Folders.delete(Path.of(path)));
        }
    }
}
