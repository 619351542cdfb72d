package org.skep.catalog.iceberg;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Iceberg's catalog interface over {@link Pointers}. */
final class WarehouseCatalog extends BaseMetastoreCatalog {
    private final Pointers pointers;
    private final BiFunction<String, String, String> folders;
    private final FileIO io = new LocalFileIO();

    /**
     * @param folders where a new table belongs, by schema and name
     */
    WarehouseCatalog(Pointers pointers, BiFunction<String, String, String> folders) {
        this.pointers = pointers;
        this.folders = folders;
    }

    @Override
    public String name() {
        return "skep";
    }

    private static String schema(TableIdentifier table) {
        return table.namespace().level(0);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new Operations(table);
    }

    @Override
    protected String defaultWarehouseLocation(TableIdentifier table) {
        return folders.apply(schema(table), table.name());
    }

    @Override
    protected Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public List<TableIdentifier> listTables(Namespace namespace) {
        return pointers.tables(namespace.level(0)).stream()
                .map(table -> TableIdentifier.of(namespace, table))
                .toList();
    }

    @Override
    public boolean dropTable(TableIdentifier table, boolean purge) {
        TableMetadata last = purge ? newTableOps(table).current() : null;
        boolean dropped = pointers.delete(schema(table), table.name());
        if (dropped && last != null) {
            CatalogUtil.dropTableData(io, last);
        }
        return dropped;
    }

    @Override
    public void renameTable(TableIdentifier from, TableIdentifier to) {
        throw new UnsupportedOperationException("names are shared with views: see Catalog.rename");
    }

    /** One table's way from metadata file to metadata file. */
    private final class Operations extends BaseMetastoreTableOperations {
        private final TableIdentifier table;

        Operations(TableIdentifier table) {
            this.table = table;
        }

        @Override
        protected String tableName() {
            return table.toString();
        }

        @Override
        public FileIO io() {
            return io;
        }

        @Override
        protected void doRefresh() {
            String location = pointers.location(schema(table), table.name()).orElse(null);
            if (location == null && currentMetadataLocation() != null) {
                throw new NoSuchTableException("table '%s' was dropped", table);
            }
            if (location == null) {
                disableRefresh();
                return;
            }
            refreshFromMetadataLocation(location);
        }

        @Override
        protected void doCommit(TableMetadata base, TableMetadata changed) {
            String location = writeNewMetadataIfRequired(base == null, changed);
            boolean done = false;
            try {
                done = move(base, location);
            } catch (QueryException e) {
                if (e.code() != ErrorCode.COMMIT_STATE_UNKNOWN) {
                    io.deleteFile(location);
                }
                throw e;
            }
            if (!done) { // nobody will ever look for it
                io.deleteFile(location);
            }
            if (!done && base == null) {
                throw new AlreadyExistsException("'%s' already exists", table);
            }
            if (!done) {
                throw new CommitFailedException("table '%s' was changed meanwhile", table);
            }
        }

        private boolean move(TableMetadata base, String to) {
            return base == null
                    ? pointers.insert(schema(table), table.name(), to)
                    : pointers.swap(schema(table), table.name(), base.metadataFileLocation(), to);
        }
    }
}
