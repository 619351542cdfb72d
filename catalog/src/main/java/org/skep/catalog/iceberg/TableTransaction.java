package org.skep.catalog.iceberg;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Changes of one table that nobody sees before they are committed, together with those of other
 * tables, by {@link Tables#commit}. Each is made on top of the ones before it.
 */
public final class TableTransaction {
    private final TableIdentifier id;
    private final String name;
    private final TableOperations operations;
    private final TableMetadata begun;
    private final Transaction transaction;
    private boolean replaces;

    /**
     * @param operations of the table, which the changes are committed to
     */
    TableTransaction(ManagedTable table, TableOperations operations) {
        this.id = table.id();
        this.name = table.name();
        this.operations = operations;
        this.begun = operations.current();
        this.transaction = Transactions.newTransaction(name, operations);
    }

    TableIdentifier id() {
        return id;
    }

    String name() {
        return name;
    }

    TableOperations operations() {
        return operations;
    }

    /** The table with the changes made so far. */
    public ManagedTable table() {
        Table staged = transaction.table();
        Table readable = new BaseTable(((HasTableOperations) staged).operations(), name);
        return ManagedTable.now(id, readable);
    }

    /** The ways to change it further. */
    public TableChanges changes() {
        return new TableChanges(
                table(), transaction.table(), Base.Check.BY_TRANSACTION, () -> replaces = true);
    }

    /** Rows that were added stand beside whatever others wrote; rows that were replaced do not. */
    void check() {
        TableMetadata now = IcebergErrors.translated(name, operations::refresh);
        if (replaces && !isSame(now, begun)) {
            throw new QueryException(
                    ErrorCode.COMMIT_CONFLICT,
                    "table '%s' was changed by somebody else since the transaction first read it: %s"
                            .formatted(name, IcebergErrors.winner(now.currentSnapshot())),
                    "nothing of the transaction was written; run it again");
        }
    }

    private static boolean isSame(TableMetadata one, TableMetadata other) {
        return Objects.equals(one.metadataFileLocation(), other.metadataFileLocation())
                && one.lastUpdatedMillis() == other.lastUpdatedMillis(); // a server may hide files
    }

    void commit() {
        IcebergErrors.translated(
                name,
                () -> {
                    transaction.commitTransaction();
                    return null;
                });
    }

    /** Deletes what the changes have written besides the rows' own files. */
    public void rollback() {
        FileIO io = operations.io();
        Set<Long> before = new HashSet<>();
        begun.snapshots().forEach(snapshot -> before.add(snapshot.snapshotId()));
        for (Snapshot snapshot : table().iceberg().snapshots()) {
            if (before.contains(snapshot.snapshotId())) {
                continue;
            }
            for (ManifestFile manifest : snapshot.allManifests(io)) {
                if (!before.contains(manifest.snapshotId())) {
                    io.deleteFile(manifest.path());
                }
            }
            io.deleteFile(snapshot.manifestListLocation());
        }
    }
}
