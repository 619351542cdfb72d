package org.skep.tests.distorted;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.executor.eval.Expressions;
import org.skep.executor.format.LocalFileInspector;
import org.skep.executor.function.FunctionLibrary;
import org.skep.executor.local.LocalBackend;
import org.skep.executor.local.StandardServices;
import org.skep.model.data.Batch;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.parser.SqlParser;
import org.skep.parser.Statement;
import org.skep.planner.Planner;
import org.skep.planner.stage.Adaptive;

/**
 * Planner and thread back end put together without a session, so that the planner can be told
 * anything of the tables: the Parquet files of a folder.
 */
public final class DistortedEngine implements AutoCloseable {
    private static final AtomicLong QUERIES = new AtomicLong();

    private final Path folder;
    private final LocalFileInspector files = new LocalFileInspector(Expressions::predicate);
    private final FunctionLibrary functions = FunctionLibrary.standard(Clock.systemDefaultZone());
    private final Planner planner = new Planner(functions, files);
    private final Backend backend = new LocalBackend(new StandardServices());

    public DistortedEngine(Path folder) {
        this.folder = folder;
    }

    /** Plans a query by what the distortion leaves of the statistics. */
    public Planner.Plan plan(String sql, Settings settings, Distortion distortion) {
        Statement statement = SqlParser.parse(sql);
        if (!(statement instanceof Statement.Query query)) {
            throw new IllegalArgumentException("no query: " + sql);
        }
        DistortedNames names = new DistortedNames(folder, files, settings, distortion);
        return planner.plan(query.query(), new Planner.Context(names, "default", settings));
    }

    /** Runs a plan as a session does, stage by stage; its batches. */
    public List<Batch> run(Planner.Plan plan, Settings settings) {
        return run(plan, settings, new ArrayList<>());
    }

    /**
     * Runs a plan.
     *
     * @param decisions takes what was decided while it ran
     */
    List<Batch> run(Planner.Plan plan, Settings settings, List<String> decisions) {
        String id = "distorted-" + ProcessHandle.current().pid() + "-" + QUERIES.incrementAndGet();
        try (Backend.Execution execution = backend.begin(id, settings, Backend.Progress.NONE)) {
            Adaptive adaptive =
                    new Adaptive(plan.stages(), settings, functions, execution.leastTaskBytes());
            while (adaptive.hasMapStage()) {
                adaptive.ended(execution.run(adaptive.next()));
                adaptive.takeUnread().forEach(execution::forget);
            }
            decisions.addAll(adaptive.decisions());
            List<Batch> batches = new ArrayList<>();
            try (Backend.Rows rows = execution.open(adaptive.next())) {
                for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                    batches.add(batch);
                }
            }
            return batches;
        }
    }

    @Override
    public void close() {
        backend.close();
    }
}
