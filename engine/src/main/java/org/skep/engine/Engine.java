package org.skep.engine;

import java.time.Clock;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.catalog.Catalog;
import org.skep.executor.eval.Expressions;
import org.skep.executor.format.LocalFileInspector;
import org.skep.executor.function.FunctionLibrary;
import org.skep.executor.local.LocalBackend;
import org.skep.executor.local.StandardServices;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.spi.Backend;
import org.skep.model.spi.BackendProvider;

/**
 * The engine of one warehouse in this process: what all sessions share. Thread-safe.
 *
 * <p>To begin, open an engine, then a {@link #session}, then run statements in it.
 */
public final class Engine implements AutoCloseable {
    private static final AtomicLong QUERIES = new AtomicLong();

    private final EngineOptions options;
    private final Catalog catalog;
    private final LocalFileInspector files = new LocalFileInspector(Expressions::predicate);
    private final ManagedTables tables;
    private final PlanCache plans = new PlanCache();

    /** Folder of the warehouse: where tables are written, all executors can write. */
    private static final String CHECKPOINTS = ".checkpoints";

    private final Backend backend;

    private Engine(EngineOptions options) {
        this.options = options;
        this.catalog = Catalog.of(options.warehouse());
        this.tables = new ManagedTables(catalog, files);
        this.backend = backend(options);
    }

    private static Backend backend(EngineOptions options) {
        String cluster = options.cluster();
        if (cluster == null) {
            return new LocalBackend(new StandardServices());
        }
        return ServiceLoader.load(BackendProvider.class, Engine.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () ->
                                new QueryException(
                                        ErrorCode.NOT_SUPPORTED,
                                        "cannot use the cluster %s: the module skep-cluster is not on the class path"
                                                .formatted(cluster),
                                        "add skep-cluster and what it needs, or leave the cluster"
                                                + " out to run queries in this process"))
                .connect(cluster, options.warehouse().resolve(CHECKPOINTS));
    }

    /** Opens an engine; nothing is read or written yet. */
    public static Engine open(EngineOptions options) {
        return new Engine(options);
    }

    public Session session() {
        return new QuerySession(this, backend.fitting(options.settings()));
    }

    Catalog catalog() {
        return catalog;
    }

    ManagedTables tables() {
        return tables;
    }

    LocalFileInspector files() {
        return files;
    }

    Backend backend() {
        return backend;
    }

    PlanCache plans() {
        return plans;
    }

    /** The functions as one statement sees them: its time stands still. */
    FunctionLibrary functions() {
        Clock now =
                Clock.fixed(
                        Clock.systemDefaultZone().instant(), Clock.systemDefaultZone().getZone());
        return FunctionLibrary.standard(now);
    }

    /** A name for a query that no other query of this machine has. */
    String nextQueryId() {
        return ProcessHandle.current().pid() + "-" + QUERIES.incrementAndGet();
    }

    @Override
    public void close() {
        backend.close();
        catalog.close();
    }
}
