package org.skep.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skep.catalog.NamePattern;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.TableEntry;
import org.skep.catalog.iceberg.Expiry;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.Orphans;
import org.skep.catalog.iceberg.Removed;
import org.skep.catalog.iceberg.SnapshotEntry;
import org.skep.catalog.iceberg.Snapshots;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Expr;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.parser.TableVersion;
import org.skep.planner.check.Parameters;
import org.skep.planner.check.Version;

/** Statements about the states that a table was in. */
final class SnapshotCommands {
    private static final String ONLY_TABLES = "only tables of the warehouse have snapshots";

    /** As Iceberg has it. */
    private static final Duration EXPIRED = Duration.ofDays(5);

    /** Longer than any write takes. */
    private static final Duration ORPHANED = Duration.ofDays(1);

    private final SessionState session;
    private final Ages ages;

    SnapshotCommands(SessionState session) {
        this.session = session;
        this.ages = new Ages(session);
    }

    static Schema columns() {
        return Schema.of(
                new Field("snapshot_id", Type.BIGINT, false),
                new Field("parent_id", Type.BIGINT, true),
                new Field("committed_at", Type.TIMESTAMP, false),
                new Field("operation", Type.STRING, true),
                new Field("rows_added", Type.BIGINT, true),
                new Field("rows_deleted", Type.BIGINT, true),
                new Field("rows", Type.BIGINT, true),
                new Field("files", Type.BIGINT, true),
                new Field("current", Type.BOOLEAN, false));
    }

    Result show(Statement.ShowSnapshots show) {
        ManagedTable table = session.managed(show.name(), ONLY_TABLES, null);
        List<List<Object>> rows = new ArrayList<>();
        for (SnapshotEntry entry : new Snapshots(table).list()) {
            rows.add(
                    Arrays.asList(
                            entry.id(),
                            entry.parent(),
                            TableVersions.micros(entry.committed()),
                            entry.operation(),
                            entry.rowsAdded(),
                            entry.rowsDeleted(),
                            entry.rows(),
                            entry.files(),
                            entry.current()));
        }
        return Results.rows(columns(), rows);
    }

    /** What others commit meanwhile is undone too: the table is then as it was in the version. */
    Result rollback(Statement.RollbackTable rollback, List<Object> parameters) {
        ManagedTable table = session.managed(rollback.name(), ONLY_TABLES, null);
        TableVersion wanted = rollback.version();
        Expr.Literal value =
                session.planner()
                        .constant(Parameters.bind(wanted.value(), parameters), session.context());
        try {
            ManagedTable then = TableVersions.of(table, new Version(wanted.by(), value));
            new Snapshots(table).rollback(then);
            return Results.nothing();
        } catch (QueryException e) {
            throw e.at(wanted.position());
        }
    }

    static Schema expired() {
        return Schema.of(
                new Field("snapshots", Type.BIGINT, false),
                new Field("files", Type.BIGINT, false),
                new Field("bytes", Type.BIGINT, false));
    }

    /** Says how many snapshots, and files that only they had, are gone. */
    Result expire(Statement.ExpireSnapshots expire, List<Object> parameters) {
        ManagedTable table = session.managed(expire.name(), ONLY_TABLES, null);
        Instant before = ages.time(expire.olderThan(), EXPIRED, parameters);
        try {
            Removed removed = new Expiry(table).expire(before, expire.retained());
            return Results.rows(
                    expired(),
                    List.of(List.of(removed.snapshots(), removed.files(), removed.bytes())));
        } catch (QueryException e) {
            throw e.at(expire.name().position());
        }
    }

    static Schema removed() {
        return Schema.of(
                new Field("files", Type.BIGINT, false), new Field("bytes", Type.BIGINT, false));
    }

    /** Says how many files are gone. */
    Result removeOrphans(Statement.RemoveOrphans remove, List<Object> parameters) {
        Instant before = ages.time(remove.olderThan(), ORPHANED, parameters);
        Name name = remove.name();
        try {
            Removed removed =
                    name == null
                            ? everywhere(before)
                            : new Orphans(session.managed(name, ONLY_TABLES, null)).remove(before);
            return Results.rows(removed(), List.of(List.of(removed.files(), removed.bytes())));
        } catch (QueryException e) {
            throw name == null ? e : e.at(name.position());
        }
    }

    /** In all tables, and in folders that are none's. */
    private Removed everywhere(Instant before) {
        Removed sum = session.catalog().removeLostFolders(before);
        for (String schema : session.catalog().schemas()) {
            for (TableEntry entry : session.catalog().list(schema, NamePattern.ANY)) {
                Optional<ManagedTable> table = // unless it was dropped just now
                        entry.kind() == TableDefinition.Kind.TABLE
                                ? session.catalog().tables().find(entry.schema(), entry.name())
                                : Optional.empty();
                if (table.isPresent()) {
                    sum = sum.plus(new Orphans(table.get()).remove(before));
                }
            }
        }
        return sum;
    }
}
