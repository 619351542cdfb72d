package org.skep.catalog.iceberg;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** Tables that a REST catalog server keeps. */
final class RestStore implements TableStore {
    /** What Iceberg's part of a server adds to a table's properties, as if somebody had set it. */
    private static final String NOTED = "created-at";

    private final RestServer server;
    private final RestNames names;

    RestStore(RestServer server) {
        this.server = server;
        this.names = new RestNames(server);
    }

    @Override
    public Catalog catalog() {
        return server.catalog();
    }

    /**
     * The server proposes a folder, which may be that of a table that has another name by now; what
     * is deleted there as nobody's would be that table's. So it is given an end of its own.
     */
    @Override
    public Transaction creation(TableSpec spec, Catalog.TableBuilder builder) {
        names.requireNamespace(spec.schema());
        Transaction creation = builder.createTransaction();
        String end = "-" + UUID.randomUUID().toString().substring(0, 8);
        String proposed = creation.table().location().replaceFirst("/+$", "");
        LocalFileIO.path(proposed); // fails before anything is written that we could not read
        creation.updateLocation().setLocation(proposed + end).commit();
        if (!spec.properties().containsKey(NOTED)) {
            creation.updateProperties().remove(NOTED).commit();
        }
        return creation;
    }

    @Override
    public TableTransaction begin(ManagedTable table) {
        TableOperations operations = ((HasTableOperations) table.iceberg()).operations();
        return new TableTransaction(table, new StagedOperations(operations));
    }

    /**
     * Each transaction makes its changes again on top of the table's newest state, if that has
     * moved, and leaves the commit to {@link StagedOperations}; all of these are then one request,
     * which the server carries out or refuses as a whole.
     */
    @Override
    public void commit(Collection<TableTransaction> transactions) {
        String names =
                transactions.stream().map(TableTransaction::name).collect(Collectors.joining(", "));
        Runnable refreshed = () -> {}; // by the checks
        IcebergErrors.changed(
                names,
                () -> {
                    Races.won(refreshed, () -> publish(transactions));
                    return null;
                });
    }

    private void publish(Collection<TableTransaction> transactions) {
        Map<TableIdentifier, StagedOperations> staged = new LinkedHashMap<>();
        for (TableTransaction transaction : transactions) {
            transaction.check();
            transaction.commit();
            StagedOperations operations = (StagedOperations) transaction.operations();
            if (operations.hasChanged()) {
                staged.put(transaction.id(), operations);
            }
        }
        if (staged.size() == 1) {
            staged.values().iterator().next().publish();
        } else if (!staged.isEmpty()) {
            publish(staged);
        }
    }

    private void publish(Map<TableIdentifier, StagedOperations> staged) {
        List<TableCommit> commits = new ArrayList<>();
        staged.forEach((id, operations) -> commits.add(operations.commit(id)));
        try {
            server.catalog().commitTransaction(commits);
        } catch (UnsupportedOperationException e) {
            throw severalTables(staged.keySet(), e);
        } catch (NoSuchTableException e) {
            boolean all = staged.keySet().stream().allMatch(server.catalog()::tableExists);
            throw all ? severalTables(staged.keySet(), e) : e; // then it was the address
        }
    }

    private static QueryException severalTables(Set<TableIdentifier> ids, RuntimeException e) {
        String names =
                ids.stream()
                        .map(id -> ManagedTable.written(id.namespace().level(0), id.name()))
                        .collect(Collectors.joining(", "));
        QueryException error =
                new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "the REST catalog server cannot change several tables at once: " + names,
                        "nothing was written; change one table in a transaction");
        error.initCause(e);
        return error;
    }
}
