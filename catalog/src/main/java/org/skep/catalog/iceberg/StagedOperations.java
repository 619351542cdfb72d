package org.skep.catalog.iceberg;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A table whose commit is kept until it is published, alone or together with those of others. */
final class StagedOperations implements TableOperations {
    private final TableOperations table;
    private TableMetadata base;
    private TableMetadata changed;

    StagedOperations(TableOperations table) {
        this.table = table;
    }

    boolean hasChanged() {
        return changed != null;
    }

    /** What was committed last. */
    TableCommit commit(TableIdentifier id) {
        return TableCommit.create(id, base, changed);
    }

    /** Commits it to the table. */
    void publish() {
        table.commit(base, changed);
    }

    @Override
    public TableMetadata current() {
        return table.current();
    }

    @Override
    public TableMetadata refresh() {
        return table.refresh();
    }

    @Override
    public void commit(TableMetadata before, TableMetadata after) {
        base = before;
        changed = after;
    }

    @Override
    public FileIO io() {
        return table.io();
    }

    @Override
    public EncryptionManager encryption() {
        return table.encryption();
    }

    @Override
    public String metadataFileLocation(String name) {
        return table.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
        return table.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return table.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
        return table.newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup() {
        return table.requireStrictCleanup();
    }
}
