package org.skep.catalog.iceberg;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;

/** A table whose commit is kept until it is published, alone or together with those of others. */
final class StagedOperations extends DelegatedOperations {
    private TableMetadata base;
    private TableMetadata changed;

    StagedOperations(TableOperations table) {
        super(table);
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
        super.commit(base, changed);
    }

    @Override
    public void commit(TableMetadata before, TableMetadata after) {
        base = before;
        changed = after;
    }
}
