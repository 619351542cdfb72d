package org.skep.catalog.iceberg;

import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;

/** The ways to change the rows of a table, as a statement has found it. */
public final class TableChanges {
    private final ManagedTable table;
    private final Table changed;
    private final Base.Check check;
    private final Runnable replacing;

    /**
     * @param changed takes the changes
     * @param replacing hears of changes after which rows are gone, before they are made
     */
    TableChanges(ManagedTable table, Table changed, Base.Check check, Runnable replacing) {
        this.table = table;
        this.changed = changed;
        this.check = check;
        this.replacing = replacing;
    }

    /** Begins to add rows. */
    public TableWrite append() {
        return write(SnapshotChange.append(), Gathering.ADDED);
    }

    /**
     * Begins to take out rows, also those that others add until it is done.
     *
     * @param where values of columns that partition the table; empty for all rows
     */
    public TableWrite delete(Map<String, Object> where) {
        replacing.run();
        return write(SnapshotChange.delete(where), Gathering.NONE);
    }

    /**
     * Begins to put rows in the place of others.
     *
     * @param where values of columns that these have; empty for all rows
     */
    public TableWrite overwrite(Map<String, Object> where) {
        replacing.run();
        return write(
                SnapshotChange.overwrite(where), where.isEmpty() ? Gathering.ALL : Gathering.NONE);
    }

    /** Begins to put rows in the place of all rows of their partitions. */
    public TableWrite overwritePartitions() {
        SnapshotChange.requireOnePartitioning(changed, table.name()); // before rows are written
        replacing.run();
        return write(SnapshotChange.overwritePartitions(table.name()), Gathering.NONE);
    }

    /** Begins to put rows in the place of those that are in certain of the table's files. */
    public TableWrite replace(Set<String> paths) {
        replacing.run();
        return write(SnapshotChange.replace(paths), Gathering.NONE);
    }

    /** Begins to write the rows of certain files anew, as they are. */
    public TableWrite compact(Set<String> paths) {
        replacing.run();
        return write(SnapshotChange.compact(paths), Gathering.NONE);
    }

    private TableWrite write(SnapshotChange change, Gathering gathering) {
        Long snapshot = table.snapshot() == null ? null : table.snapshot().snapshotId();
        Base base = new Base(table.iceberg(), snapshot, check);
        // what a transaction adds may come to stand on rows that it has not seen
        Gathering known = base.isChecked() ? gathering : Gathering.NONE;
        return new TableWrite(
                table.name(), changed, null, TableWrite.Made.BEFORE, base, change, known);
    }
}
