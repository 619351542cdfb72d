package org.skep.catalog.iceberg;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * The tables of a warehouse. Names are exact here: the catalog has found out how they are written.
 */
public final class Tables {
    private static final String FORMAT_VERSION = "2";

    private final TableStore store;

    Tables(TableStore store) {
        this.store = store;
    }

    /**
     * Tables whose pointers we move ourselves.
     *
     * @param folders where a new table belongs, by schema and name
     */
    public Tables(Pointers pointers, BiFunction<String, String, String> folders) {
        this(new PointerStore(pointers, folders));
    }

    private static TableIdentifier id(String schema, String name) {
        return TableIdentifier.of(schema, name);
    }

    /** A table at its newest snapshot. */
    public Optional<ManagedTable> find(String schema, String name) {
        String written = ManagedTable.written(schema, name);
        return IcebergErrors.translated(
                written,
                () -> {
                    try {
                        Table table = store.catalog().loadTable(id(schema, name));
                        return Optional.of(ManagedTable.now(id(schema, name), table));
                    } catch (NoSuchTableException | NoSuchNamespaceException none) {
                        return Optional.empty();
                    }
                });
    }

    /** Makes an empty table. */
    public void create(TableSpec spec) {
        IcebergErrors.changed(
                ManagedTable.written(spec.schema(), spec.name()),
                () -> {
                    store.creation(spec, builder(spec)).commitTransaction();
                    return null;
                });
    }

    /**
     * Begins to make a table with rows: both are there at once, when the write is committed.
     *
     * @param replaces whether a table of that name may be there; it is replaced, its history kept
     */
    public TableWrite creation(TableSpec spec, boolean replaces) {
        String written = ManagedTable.written(spec.schema(), spec.name());
        return IcebergErrors.translated(
                written,
                () -> {
                    Catalog.TableBuilder builder = builder(spec);
                    Transaction transaction =
                            replaces
                                    ? builder.createOrReplaceTransaction()
                                    : store.creation(spec, builder);
                    if (replaces) {
                        forgetProperties(transaction, spec);
                    }
                    return new TableWrite(
                            written,
                            transaction.table(),
                            transaction,
                            replaces ? TableWrite.Made.ANEW : TableWrite.Made.NEW,
                            new Base(transaction.table(), null, Base.Check.BY_TRANSACTION),
                            SnapshotChange.append(),
                            Gathering.ALL);
                });
    }

    /** Iceberg would keep what the new table does not set: a comment, rules of other columns. */
    private static void forgetProperties(Transaction replacing, TableSpec spec) {
        Set<String> old = new HashSet<>(replacing.table().properties().keySet());
        old.removeAll(spec.properties().keySet());
        if (spec.comment() != null) {
            old.remove("comment");
        }
        if (!old.isEmpty()) {
            UpdateProperties update = replacing.updateProperties();
            old.forEach(update::remove);
            update.commit();
        }
    }

    private Catalog.TableBuilder builder(TableSpec spec) {
        requireDistinct(spec.columns());
        WriteProperties.check(spec.properties());
        Schema schema = IcebergTypes.toIceberg(spec.columns(), spec.comments());
        Map<String, String> properties = new HashMap<>(spec.properties());
        properties.putIfAbsent(TableProperties.FORMAT_VERSION, FORMAT_VERSION);
        if (spec.comment() != null) {
            properties.put("comment", spec.comment());
        }
        return store.catalog()
                .buildTable(id(spec.schema(), spec.name()), schema)
                .withPartitionSpec(Partitions.spec(schema, spec.partitioning()))
                .withSortOrder(SortOrders.order(schema, spec.sorting()))
                .withProperties(properties);
    }

    private static void requireDistinct(org.skep.model.type.Schema columns) {
        Set<String> taken = new HashSet<>();
        for (String name : columns.names()) {
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new QueryException(
                        ErrorCode.INVALID_STATEMENT,
                        "two columns are named '%s'".formatted(name),
                        "give one of them another name with AS");
            }
        }
    }

    /** The ways to change a table's rows. */
    public TableChanges changes(ManagedTable table) {
        return new TableChanges(table, table.iceberg(), Base.Check.BY_CHANGE, () -> {});
    }

    /** Begins changes of a table that are committed together. */
    public TableTransaction begin(ManagedTable table) {
        return store.begin(table);
    }

    /**
     * Commits the changes of several tables: readers see all of them or none.
     *
     * @throws QueryException COMMIT_CONFLICT when somebody else has changed one of the tables since
     *     it was first looked at, unless rows were only added; nothing is changed then
     */
    public void commit(Collection<TableTransaction> transactions) {
        store.commit(transactions);
    }

    /** Drops a table with its files; false when there is none. */
    public boolean drop(String schema, String name) {
        return IcebergErrors.changed(
                ManagedTable.written(schema, name),
                () -> store.catalog().dropTable(id(schema, name), true));
    }
}
