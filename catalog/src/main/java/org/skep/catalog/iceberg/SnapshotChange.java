package org.skep.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What becomes of the rows that are there when new ones come: a change that Iceberg makes on top of
 * whatever snapshot is the newest then, or refuses when what was written since the one that the
 * statement has read cannot stand beside it.
 */
interface SnapshotChange {
    /**
     * @param table which is changed
     * @param base what the statement has read of it
     */
    SnapshotUpdate<?> of(Table table, Base base, List<DataFile> added);

    /** They stay. */
    static SnapshotChange append() {
        return (table, base, added) -> {
            AppendFiles append = table.newAppend();
            added.forEach(append::appendFile);
            return append;
        };
    }

    /**
     * They go, or some of them do, and none comes.
     *
     * @param where values of columns that these have; empty for all
     */
    static SnapshotChange delete(Map<String, Object> where) {
        return (table, base, added) -> table.newDelete().deleteFromRowFilter(rows(where));
    }

    /**
     * They go, or some of them do.
     *
     * @param where values of columns that these have; empty for all
     */
    static SnapshotChange overwrite(Map<String, Object> where) {
        return (table, base, added) -> {
            Expression gone = rows(where);
            OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(gone);
            added.forEach(overwrite::addFile);
            return checked(overwrite, base, gone);
        };
    }

    /** The rows with certain values in columns; without any, all. */
    private static Expression rows(Map<String, Object> where) {
        Expression gone = Expressions.alwaysTrue();
        for (Map.Entry<String, Object> value : where.entrySet()) {
            Expression same =
                    value.getValue() == null
                            ? Expressions.isNull(value.getKey())
                            : Expressions.equal(value.getKey(), value.getValue());
            gone = Expressions.and(gone, same);
        }
        return gone;
    }

    /**
     * Those in partitions that new rows are in go.
     *
     * @param name of the table, for messages
     */
    static SnapshotChange overwritePartitions(String name) {
        return (table, base, added) -> {
            requireOnePartitioning(table, name);
            ReplacePartitions replace = table.newReplacePartitions();
            added.forEach(replace::addFile);
            if (!base.isChecked()) {
                return replace;
            }
            if (base.snapshot() != null) {
                replace.validateFromSnapshot(base.snapshot());
            }
            return replace.validateNoConflictingData().validateNoConflictingDeletes();
        };
    }

    /** Iceberg would leave the rows of older files beside those that replace them. */
    static void requireOnePartitioning(Table table, String name) {
        Snapshot snapshot = table.currentSnapshot();
        if (snapshot != null) {
            for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
                boolean live = manifest.hasAddedFiles() || manifest.hasExistingFiles();
                if (live && manifest.partitionSpecId() != table.spec().specId()) {
                    throw IcebergErrors.otherPartitioning(name);
                }
            }
        }
    }

    /**
     * Those in certain files go, because the new ones are what a statement has made of them. Rows
     * that others added meanwhile are a conflict: the statement has not looked at them.
     */
    static SnapshotChange replace(Set<String> paths) {
        return (table, base, added) -> {
            OverwriteFiles overwrite = table.newOverwrite();
            files(base, paths).forEach(overwrite::deleteFile);
            added.forEach(overwrite::addFile);
            return checked(overwrite, base, Expressions.alwaysTrue());
        };
    }

    /** Those in certain files go, and come again in the new ones: no row changes. */
    static SnapshotChange compact(Set<String> paths) {
        return (table, base, added) -> {
            RewriteFiles rewrite = table.newRewrite();
            if (base.isChecked()) {
                rewrite.validateFromSnapshot(base.snapshot());
            }
            files(base, paths).forEach(rewrite::deleteFile);
            added.forEach(rewrite::addFile);
            return rewrite;
        };
    }

    /**
     * @param rows which rows of others would be a conflict
     */
    private static OverwriteFiles checked(OverwriteFiles overwrite, Base base, Expression rows) {
        if (!base.isChecked()) {
            return overwrite;
        }
        if (base.snapshot() != null) {
            overwrite.validateFromSnapshot(base.snapshot());
        }
        return overwrite
                .conflictDetectionFilter(rows)
                .validateNoConflictingData()
                .validateNoConflictingDeletes();
    }

    private static Set<DataFile> files(Base base, Set<String> paths) {
        Set<DataFile> found = new HashSet<>();
        if (paths.isEmpty()) {
            return found;
        }
        try (CloseableIterable<FileScanTask> tasks =
                base.table().newScan().useSnapshot(base.snapshot()).planFiles()) {
            for (FileScanTask task : tasks) {
                if (paths.contains(ManagedTable.path(task.file().location()))) {
                    found.add(task.file().copyWithoutStats());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.size() != paths.size()) {
            throw new IllegalStateException(
                    "of %d files to replace %d are in snapshot %d"
                            .formatted(paths.size(), found.size(), base.snapshot()));
        }
        return found;
    }
}
