package org.skep.engine;

import java.util.List;
import org.skep.catalog.Catalog;
import org.skep.catalog.TemporaryViews;
import org.skep.executor.function.FunctionLibrary;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.parser.Name;
import org.skep.planner.Planner;

/** What statements of a session see and change. */
final class SessionState {
    private final Engine engine;
    private final TemporaryViews views = new TemporaryViews();
    private final Settings initial;
    private Settings settings;
    private String schema = Catalog.DEFAULT_SCHEMA;
    private Backend.Progress progress = Backend.Progress.NONE;
    private volatile QueryRun running;

    SessionState(Engine engine, Settings settings) {
        this.engine = engine;
        this.initial = settings;
        this.settings = settings;
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

    /** The planner for one statement. */
    Planner planner(FunctionLibrary functions) {
        return new Planner(functions, engine.files());
    }

    Planner.Context context() {
        return new Planner.Context(new SessionNames(engine, views, settings), schema, settings);
    }

    /** Begins to run a plan; {@link #cancel} then stops it. */
    QueryRun run(Planner.Plan plan) {
        Warnings warnings = new Warnings(progress, plan.warnings());
        QueryRun run =
                new QueryRun(
                        engine.backend().begin(engine.nextQueryId(), settings, warnings),
                        plan.stages(),
                        settings,
                        warnings);
        running = run;
        return run;
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
}
