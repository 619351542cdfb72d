package org.skep.catalog.iceberg;

import java.util.Collection;
import java.util.function.BiFunction;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;

/** Tables whose pointers we move ourselves. */
final class PointerStore implements TableStore {
    private final Pointers pointers;
    private final Catalog catalog;

    PointerStore(Pointers pointers, BiFunction<String, String, String> folders) {
        this.pointers = pointers;
        this.catalog = new WarehouseCatalog(pointers, folders);
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Transaction creation(TableSpec spec, Catalog.TableBuilder builder) {
        return builder.createTransaction();
    }

    @Override
    public TableTransaction begin(ManagedTable table) {
        return new TableTransaction(table, ((HasTableOperations) table.iceberg()).operations());
    }

    @Override
    public void commit(Collection<TableTransaction> transactions) {
        pointers.together(
                () -> {
                    transactions.forEach(TableTransaction::check);
                    transactions.forEach(TableTransaction::commit);
                    return null;
                });
    }
}
