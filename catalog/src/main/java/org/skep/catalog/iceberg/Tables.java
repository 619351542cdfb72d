package org.skep.catalog.iceberg;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * The tables of a warehouse. Names are exact here: the catalog has found out how they are written.
 */
public final class Tables {
    private static final String FORMAT_VERSION = "2";

    private final Catalog catalog;

    /**
     * @param folders where a new table belongs, by schema and name
     */
    public Tables(Pointers pointers, BiFunction<String, String, String> folders) {
        this.catalog = new WarehouseCatalog(pointers, folders);
    }

    private static TableIdentifier id(String schema, String name) {
        return TableIdentifier.of(schema, name);
    }

    private static String written(String schema, String name) {
        return schema.equals("default") ? name : schema + "." + name;
    }

    /** A table at its newest snapshot. */
    public Optional<ManagedTable> find(String schema, String name) {
        String written = written(schema, name);
        return IcebergErrors.translated(
                written,
                () -> {
                    try {
                        Table table = catalog.loadTable(id(schema, name));
                        Snapshot snapshot = table.currentSnapshot();
                        return Optional.of(new ManagedTable(written, table, snapshot));
                    } catch (NoSuchTableException none) {
                        return Optional.empty();
                    }
                });
    }

    /** Makes an empty table. */
    public void create(TableSpec spec) {
        IcebergErrors.translated(written(spec.schema(), spec.name()), () -> builder(spec).create());
    }

    /**
     * Begins to make a table with rows: both are there at once, when the write is committed.
     *
     * @param replaces whether a table of that name may be there; it is replaced, its history kept
     */
    public TableWrite creation(TableSpec spec, boolean replaces) {
        String written = written(spec.schema(), spec.name());
        return IcebergErrors.translated(
                written,
                () -> {
                    Catalog.TableBuilder builder = builder(spec);
                    Transaction transaction =
                            replaces
                                    ? builder.createOrReplaceTransaction()
                                    : builder.createTransaction();
                    return new TableWrite(
                            written,
                            transaction.table(),
                            transaction,
                            replaces ? TableWrite.Made.ANEW : TableWrite.Made.NEW,
                            null,
                            SnapshotChange.append());
                });
    }

    private Catalog.TableBuilder builder(TableSpec spec) {
        requireDistinct(spec.columns());
        Schema schema = IcebergTypes.toIceberg(spec.columns());
        Map<String, String> properties = new HashMap<>(spec.properties());
        properties.putIfAbsent(TableProperties.FORMAT_VERSION, FORMAT_VERSION);
        if (spec.comment() != null) {
            properties.put("comment", spec.comment());
        }
        return catalog.buildTable(id(spec.schema(), spec.name()), schema)
                .withPartitionSpec(Partitions.spec(schema, spec.partitioning()))
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

    /** Begins to add rows. */
    public TableWrite append(ManagedTable table) {
        return change(table, SnapshotChange.append());
    }

    /**
     * Begins to put rows in the place of others.
     *
     * @param where values of columns that these have; empty for all rows
     */
    public TableWrite overwrite(ManagedTable table, Map<String, Object> where) {
        return change(table, SnapshotChange.overwrite(where));
    }

    /** Begins to put rows in the place of all rows of their partitions. */
    public TableWrite overwritePartitions(ManagedTable table) {
        return change(table, SnapshotChange.overwritePartitions());
    }

    /** Begins to put rows in the place of those that are in certain of the table's files. */
    public TableWrite replace(ManagedTable table, Set<String> paths) {
        return change(table, SnapshotChange.replace(paths));
    }

    /** Begins to write the rows of certain files anew, as they are. */
    public TableWrite compact(ManagedTable table, Set<String> paths) {
        return change(table, SnapshotChange.compact(paths));
    }

    private static TableWrite change(ManagedTable table, SnapshotChange change) {
        Long base = table.snapshot() == null ? null : table.snapshot().snapshotId();
        return new TableWrite(
                table.name(), table.iceberg(), null, TableWrite.Made.BEFORE, base, change);
    }

    /** Drops a table with its files; false when there is none. */
    public boolean drop(String schema, String name) {
        return IcebergErrors.translated(
                written(schema, name), () -> catalog.dropTable(id(schema, name), true));
    }
}
