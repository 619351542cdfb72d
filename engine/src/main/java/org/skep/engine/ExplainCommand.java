package org.skep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Collectors;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.spi.Backend.StageReport;
import org.skep.model.spi.Backend.TaskReport;
import org.skep.parser.Statement;
import org.skep.parser.Syntax;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;

/** EXPLAIN: how a query would run, or how it ran. */
final class ExplainCommand {
    private final SessionState session;

    ExplainCommand(SessionState session) {
        this.session = session;
    }

    Result run(Statement.Explain explain, List<Object> parameters) {
        if (explain.format() != Statement.Format.TEXT) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED,
                    "EXPLAIN FORMAT %s is not supported".formatted(explain.format()),
                    "write EXPLAIN without a format");
        }
        boolean plan = explain.mode() == Statement.Mode.PLAN;
        if (plan && explain.statement() instanceof Statement.Insert insert) {
            return lines(new TableCommands(session).plan(List.of(insert), parameters).text());
        }
        if (plan && explain.statement() instanceof Statement.InsertMany many) {
            return lines(new TableCommands(session).plan(many.inserts(), parameters).text());
        }
        Syntax query = Parameters.bind(query(explain.statement()), parameters);
        Planner planner = session.planner();
        return switch (explain.mode()) {
            case PLAN -> lines(planner.plan(query, session.context()).text());
            case VERBOSE, LOGICAL -> lines(planner.phases(query, session.context()));
            case ANALYZE -> lines(analyze(planner.plan(query, session.context())));
            case CODEGEN, WHY, MAPREDUCE ->
                    throw new QueryException(
                            ErrorCode.NOT_SUPPORTED,
                            "EXPLAIN %s is not supported".formatted(explain.mode()),
                            "EXPLAIN, EXPLAIN ANALYZE and EXPLAIN VERBOSE are");
        };
    }

    private static Syntax query(Statement statement) {
        Syntax query = StatementQueries.query(statement);
        if (query == null) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    "only statements with a query can be explained",
                    "for example EXPLAIN SELECT …");
        }
        return query;
    }

    private String analyze(Planner.Plan plan) {
        long start = System.nanoTime();
        long rows = 0;
        try (QueryRun run = session.run(plan)) {
            run.start();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                rows += batch.rows();
            }
            StringBuilder out = new StringBuilder();
            out.append(Planner.text(run.stages()));
            run.decisions().forEach(decision -> out.append("-- ").append(decision).append('\n'));
            run.reports().forEach(report -> out.append(line(report)).append('\n'));
            out.append(
                    "result: %d rows, %.1f ms in all\n"
                            .formatted(rows, (System.nanoTime() - start) / 1e6));
            return out.toString();
        }
    }

    private static String line(StageReport report) {
        LongSummaryStatistics nanos =
                report.tasks().stream().collect(Collectors.summarizingLong(TaskReport::nanos));
        long read = report.tasks().stream().mapToLong(TaskReport::rowsRead).sum();
        long spilled = report.tasks().stream().mapToLong(TaskReport::spilledBytes).sum();
        return "stage %d: %d tasks, %.1f ms the longest, %.1f ms in all, %d rows read, %d rows and %d bytes out%s"
                .formatted(
                        report.stage(),
                        report.tasks().size(),
                        Math.max(0, nanos.getMax()) / 1e6,
                        nanos.getSum() / 1e6,
                        read,
                        report.totalRows(),
                        report.totalBytes(),
                        spilled > 0 ? ", " + spilled + " bytes spilled" : "");
    }

    private static Result lines(String text) {
        List<List<Object>> rows = new ArrayList<>();
        Arrays.stream(text.split("\n")).forEach(line -> rows.add(List.of(line)));
        return Results.rows(ShowCommands.strings("plan"), rows);
    }
}
