package org.skep.engine;

import java.util.ArrayList;
import java.util.List;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Stage;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;
import org.skep.model.type.Type;
import org.skep.planner.explain.StageFigures;

/** SHOW SKEW FOR QUERY LAST: how evenly the tasks of each stage shared the work. */
final class SkewCommand {
    static final Schema COLUMNS =
            Schema.of(
                    new Field("stage", Type.INTEGER, false),
                    new Field("tasks", Type.INTEGER, false),
                    new Field("median_rows", Type.DOUBLE, false),
                    new Field("max_rows", Type.BIGINT, false),
                    new Field("rows_ratio", Type.DOUBLE, true),
                    new Field("median_ms", Type.DOUBLE, false),
                    new Field("max_ms", Type.DOUBLE, false),
                    new Field("ms_ratio", Type.DOUBLE, true),
                    new Field("hottest", Type.STRING, true));

    private final SessionState session;

    SkewCommand(SessionState session) {
        this.session = session;
    }

    Result run() {
        QueryRun last = session.lastRun();
        if (last == null) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    "this session has not run a query yet",
                    "run one, then SHOW SKEW FOR QUERY LAST");
        }
        List<List<Object>> rows = new ArrayList<>();
        for (Stage stage : last.stages().stages()) {
            for (StageReport report : last.reports()) {
                if (report.stage() == stage.id()) {
                    rows.add(row(stage, StageFigures.of(report, stage)));
                }
            }
        }
        return Results.rows(COLUMNS, rows);
    }

    private static List<Object> row(Stage stage, StageFigures figures) {
        List<Object> row = new ArrayList<>();
        row.add(stage.id());
        row.add(figures.tasks());
        row.add(figures.medianRows());
        row.add(figures.maxRows());
        row.add(ratio(figures.maxRows(), figures.medianRows()));
        row.add(hundredths(figures.medianNanos() / 1e6));
        row.add(hundredths(figures.maxNanos() / 1e6));
        row.add(ratio(figures.maxNanos(), figures.medianNanos()));
        row.add(figures.tasks() > 1 ? "task " + figures.hottest() : null);
        return row;
    }

    /** Null beside a median of nothing. */
    private static Double ratio(double max, double median) {
        return median > 0 ? hundredths(max / median) : null;
    }

    private static Double hundredths(double number) {
        return Math.round(100 * number) / 100.0;
    }
}
