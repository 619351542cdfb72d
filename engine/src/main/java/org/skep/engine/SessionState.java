package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.catalog.Catalog;
import org.skep.catalog.ManagedDefinition;
import org.skep.catalog.TableDefinition;
import org.skep.catalog.TemporaryViews;
import org.skep.catalog.ViewDefinition;
import org.skep.catalog.iceberg.ManagedTable;
import org.skep.catalog.iceberg.TableChanges;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.parser.Name;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.Planner;
import org.skep.planner.check.Names;
import org.skep.planner.check.Parameters;

/** What statements of a session see and change. */
final class SessionState {
    private final Engine engine;
    private final TemporaryViews views = new TemporaryViews();
    private final Settings initial;
    private Settings settings;
    private String schema = Catalog.DEFAULT_SCHEMA;
    private Backend.Progress progress = Backend.Progress.NONE;
    private OpenedTables opened;
    private SessionTransaction transaction;
    private FunctionLibrary functions;
    private Planner planner;
    private volatile QueryRun running;

    SessionState(Engine engine, Settings settings) {
        this.engine = engine;
        this.initial = settings;
        this.settings = settings;
        newStatement();
    }

    /** A statement sees tables as they are when it first looks at them, and one time of day. */
    void newStatement() {
        if (transaction == null) {
            opened = new OpenedTables(engine.tables());
        }
        functions = engine.functions();
        planner = new Planner(functions, engine.files());
    }

    Engine engine() {
        return engine;
    }

    Catalog catalog() {
        return engine.catalog();
    }

    TemporaryViews views() {
        return views;
    }

    Settings settings() {
        return settings;
    }

    Settings initialSettings() {
        return initial;
    }

    void settings(Settings changed) {
        settings = changed;
    }

    String schema() {
        return schema;
    }

    /** Makes a schema that exists the current one. */
    void schema(String name) {
        schema = catalog().schema(name).orElseThrow(() -> catalog().schemaNotFound(name));
    }

    Backend.Progress progress() {
        return progress;
    }

    void progress(Backend.Progress listener) {
        progress = listener;
    }

    /** The planner of the current statement. */
    Planner planner() {
        return planner;
    }

    /** What names stand for in the current statement. */
    Planner.Context context() {
        return context(new SessionNames(engine, views, opened, settings));
    }

    private Planner.Context context(Names names) {
        return new Planner.Context(names, schema, settings);
    }

    /** What the plan of a query is kept under. */
    PlanCache.Key key(String sql, List<Object> parameters) {
        return new PlanCache.Key(sql, new ArrayList<>(parameters), schema, settings);
    }

    /** Plans a query, and keeps the plan unless it depends on the time of day. */
    Planner.Plan planned(Statement.Query query, PlanCache.Key key) {
        Syntax bound = Parameters.bind(query.query(), key.parameters());
        PlanCache.Recorder recorder = new PlanCache.Recorder(context().names());
        Planner.Plan plan = planner.planToRun(bound, context(recorder));
        if (!functions.hasToldTime()) {
            engine.plans().keep(key, query, plan, recorder);
        }
        return plan;
    }

    /** The tables that the current statement has opened. */
    OpenedTables tables() {
        return opened;
    }

    /** The ways to change a table, at once or as part of the transaction. */
    TableChanges changes(ManagedTable table) {
        return transaction == null ? catalog().tables().changes(table) : transaction.changes(table);
    }

    boolean inTransaction() {
        return transaction != null;
    }

    /** Whether the transaction has anything to commit. */
    boolean hasWritten() {
        return transaction != null && transaction.hasWritten();
    }

    void begin() {
        transaction = new SessionTransaction(catalog().tables(), opened);
    }

    /** Hears of a write that is done, or part of the transaction. */
    void wrote(PendingWrite write) {
        if (transaction != null) {
            transaction.wrote(write);
        }
    }

    /** Publishes what the transaction has written; it is over, also when that fails. */
    void commit() {
        SessionTransaction ended = transaction;
        transaction = null;
        boolean kept = false;
        try {
            ended.commit();
            kept = true;
        } catch (QueryException e) {
            kept =
                    e.code()
                            == ErrorCode
                                    .COMMIT_STATE_UNKNOWN; // its files may be the tables' by now
            throw e;
        } finally {
            if (!kept) {
                ended.rollback();
            }
        }
    }

    void rollback() {
        SessionTransaction ended = transaction;
        transaction = null;
        if (ended != null) {
            ended.rollback();
        }
    }

    /** Begins to run a plan; {@link #cancel} then stops it. */
    QueryRun run(Planner.Plan plan) {
        Warnings warnings = new Warnings(progress, plan.warnings());
        QueryRun run =
                new QueryRun(
                        engine.backend().begin(engine.nextQueryId(), settings, warnings),
                        plan.stages(),
                        settings,
                        functions,
                        warnings);
        running = run;
        return run;
    }

    /** The query that was run last, whether or not it has ended; null when there was none. */
    QueryRun lastRun() {
        return running;
    }

    void cancel() {
        QueryRun run = running;
        if (run != null) {
            run.cancel();
        }
    }

    /** The schema in which a name is meant. */
    String schemaOf(Name name) {
        List<String> parts = name.parts();
        if (parts.size() > 2) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    name.position(),
                    "'%s' has more than two parts".formatted(name),
                    "a table's name is schema.table");
        }
        return parts.size() == 2 ? parts.get(0) : schema;
    }

    /** The table that a statement changes. */
    ManagedTable writable(Name name) {
        return managed(
                name,
                "rows are changed in tables of the warehouse only",
                "write files with INSERT OVERWRITE DIRECTORY '…' USING csv SELECT …");
    }

    /**
     * A table of the warehouse as it is now.
     *
     * @param limit what is said of a view or an external table of that name
     */
    ManagedTable managed(Name name, String limit, String hint) {
        TableDefinition found = definition(name);
        if (found instanceof ManagedDefinition managed) {
            return tables().open(managed);
        }
        throw new QueryException(
                ErrorCode.NOT_SUPPORTED,
                name.position(),
                "'%s' is %s: %s"
                        .formatted(
                                name,
                                found.kind() == TableDefinition.Kind.VIEW
                                        ? "a view"
                                        : "an external table",
                                limit),
                hint);
    }

    /** A temporary view, or what the catalog has under a name. */
    TableDefinition definition(Name name) {
        Optional<ViewDefinition> view =
                name.parts().size() == 1 ? views.find(name.last()) : Optional.empty();
        return view.map(TableDefinition.class::cast)
                .or(() -> catalog().find(schemaOf(name), name.last()))
                .orElseThrow(() -> notFound(name));
    }

    QueryException notFound(Name name) {
        return catalog()
                .tableNotFound(schemaOf(name), name.last(), views.names())
                .at(name.position());
    }
}
