package org.skep.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableChanges;
import org.skep.catalog.iceberg.TableTransaction;
import org.skep.catalog.iceberg.Tables;

/**
 * The statements between BEGIN and COMMIT. They see each table as it was when the first of them
 * looked at it, with their own changes.
 */
final class SessionTransaction {
    private final Tables tables;
    private final OpenedTables opened;
    private final Map<String, TableTransaction> changed = new LinkedHashMap<>();
    private final List<PendingWrite> writes = new ArrayList<>();

    SessionTransaction(Tables tables, OpenedTables opened) {
        this.tables = tables;
        this.opened = opened;
    }

    TableChanges changes(ManagedTable table) {
        return changed.computeIfAbsent(table.name(), name -> tables.begin(table)).changes();
    }

    /** Later statements see what one has written. */
    void wrote(PendingWrite write) {
        writes.add(write);
        changed.forEach((name, table) -> opened.put(table.table()));
    }

    boolean hasWritten() {
        return !writes.isEmpty();
    }

    void commit() {
        writes.forEach(PendingWrite::requireFiles);
        tables.commit(changed.values());
    }

    void rollback() {
        changed.values().forEach(TableTransaction::rollback);
        writes.forEach(PendingWrite::discard);
    }
}
