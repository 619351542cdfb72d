package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.data.Batch;
import org.skep.model.plan.Stage;
import org.skep.model.plan.StageGraph;
import org.skep.model.settings.Settings;
import org.skep.model.spi.Backend;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.spi.FunctionRegistry;
import org.skep.planner.stage.Adaptive;

/**
 * The adaptive loop: runs the stages one after another, and after each lets the planner look at
 * what came out and change those that are left.
 */
final class QueryRun implements AutoCloseable {
    private final Backend.Execution execution;
    private final Adaptive adaptive;
    private final List<StageReport> reports = new ArrayList<>();
    private final Warnings warnings;
    private Backend.Rows rows;
    private boolean ended;

    QueryRun(
            Backend.Execution execution,
            StageGraph stages,
            Settings settings,
            FunctionRegistry functions,
            Warnings warnings) {
        this.execution = execution;
        this.warnings = warnings;
        this.adaptive = new Adaptive(stages, settings, functions, execution.leastTaskBytes());
    }

    /** Makes operators report what they do; to be called before {@link #start}. */
    void measureOperators() {
        execution.measureOperators();
    }

    /** Runs all stages but the last, and starts that one. */
    void start() {
        try {
            while (adaptive.hasMapStage()) {
                StageReport report = execution.run(adaptive.next());
                reports.add(report);
                adaptive.ended(report);
                adaptive.takeUnread().forEach(execution::forget);
            }
            Stage result = adaptive.next();
            rows = execution.open(result);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The next batch of the result; null at the end. */
    Batch next() {
        Batch batch = rows.next();
        if (batch == null) {
            close();
        }
        return batch;
    }

    /** The stages as they were run in the end. */
    StageGraph stages() {
        return adaptive.graph();
    }

    /** What the stages did that have ended; that of the result ends with its last batch. */
    List<StageReport> reports() {
        return reports;
    }

    /** What was decided on the way, in words. */
    List<String> decisions() {
        return adaptive.decisions();
    }

    List<String> warnings() {
        return warnings.all();
    }

    void cancel() {
        execution.cancel();
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            if (!ended) {
                ended = true;
                reports.add(rows.report());
            }
        }
        execution.close();
    }
}
