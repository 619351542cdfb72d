package org.skep.catalog.iceberg;

import java.util.Collection;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;

/** Who keeps the tables, and what that makes different. */
interface TableStore {
    Catalog catalog();

    /** Begins to make a table in a folder that no other table has. */
    Transaction creation(TableSpec spec, Catalog.TableBuilder builder);

    /** Begins changes of a table that are committed by {@link #commit}. */
    TableTransaction begin(ManagedTable table);

    /** Commits changes of several tables, all or none; see {@link Tables#commit}. */
    void commit(Collection<TableTransaction> transactions);
}
