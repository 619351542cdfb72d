package org.skep.engine;

import java.util.HashMap;
import java.util.Map;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.model.file.FileTable;

/**
 * The tables of the warehouse that a statement has looked at: each at one snapshot, however often
 * the statement names it and whoever writes meanwhile.
 */
final class OpenedTables {
    private final ManagedTables tables;
    private final Map<String, ManagedTable> opened = new HashMap<>();

    OpenedTables(ManagedTables tables) {
        this.tables = tables;
    }

    ManagedTable open(ManagedDefinition definition) {
        return opened.computeIfAbsent(
                ManagedTable.written(definition.schema(), definition.name()),
                name -> tables.open(definition));
    }

    /** Another state of a table, as a transaction has changed it. */
    void put(ManagedTable table) {
        opened.put(table.name(), table);
    }

    /** The files of an older state. */
    FileTable files(ManagedTable table) {
        return tables.files(table);
    }

    FileTable files(ManagedDefinition definition) {
        return tables.files(open(definition));
    }
}
