package org.skep.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.skep.model.data.Batch;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.parser.Statement;
import org.skep.parser.Statement.Mode;
import org.skep.parser.Syntax;
import org.skep.planner.Planner;
import org.skep.planner.check.Parameters;
import org.skep.planner.explain.Explanation;
import org.skep.planner.explain.Explanation.Detail;
import org.skep.planner.explain.ExplanationHtml;
import org.skep.planner.explain.ExplanationJson;
import org.skep.planner.explain.ExplanationText;

/** EXPLAIN: how a query would run, or how it ran. */
final class ExplainCommand {
    private static final Set<Mode> PHASES = EnumSet.of(Mode.VERBOSE, Mode.LOGICAL);

    private final SessionState session;

    ExplainCommand(SessionState session) {
        this.session = session;
    }

    Result run(Statement.Explain explain, List<Object> parameters) {
        Set<Mode> modes = explain.modes();
        Set<Detail> details = EnumSet.noneOf(Detail.class);
        String phases = null;
        Planner.Plan plan;
        if (modes.stream().anyMatch(PHASES::contains)) {
            Syntax query = Parameters.bind(query(explain.statement()), parameters);
            Planner.Steps steps = session.planner().steps(query, session.context());
            phases = steps.text();
            plan = steps.plan();
            details.add(Detail.ESTIMATES);
        } else {
            plan = plan(explain, parameters);
        }
        if (modes.contains(Mode.MAPREDUCE)) {
            details.add(Detail.FUNCTIONS);
        }
        if (modes.contains(Mode.CODEGEN)) {
            details.add(Detail.CODE);
        }
        boolean runs = runs(modes); // which warns of the plan too
        List<String> warnings = new ArrayList<>(runs ? List.of() : plan.warnings());
        Explanation explanation =
                new Explanation(
                        phases,
                        plan.stages(),
                        runs ? analyze(plan, warnings) : null,
                        modes.contains(Mode.WHY) ? plan.choices() : null,
                        details);
        return switch (explain.format()) {
            case TEXT -> lines(ExplanationText.of(explanation), warnings);
            case JSON -> document(ExplanationJson.of(explanation));
            case HTML -> document(ExplanationHtml.of(explanation));
        };
    }

    /** Which loops are generated depends on how the data is encoded, so it has to be read. */
    private static boolean runs(Set<Mode> modes) {
        return modes.contains(Mode.ANALYZE) || modes.contains(Mode.CODEGEN);
    }

    private Planner.Plan plan(Statement.Explain explain, List<Object> parameters) {
        boolean runs = runs(explain.modes()); // of writes, the query alone
        if (!runs && explain.statement() instanceof Statement.Insert insert) {
            return new TableCommands(session).plan(List.of(insert), parameters);
        }
        if (!runs && explain.statement() instanceof Statement.InsertMany many) {
            return new TableCommands(session).plan(many.inserts(), parameters);
        }
        Syntax query = Parameters.bind(query(explain.statement()), parameters);
        return session.planner().plan(query, session.context());
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

    /** Runs a query to its end; what it warns of is added to {@code warnings}. */
    private Explanation.Run analyze(Planner.Plan plan, List<String> warnings) {
        long start = System.nanoTime();
        long rows = 0;
        try (QueryRun run = session.run(plan)) {
            run.measureOperators();
            run.start();
            for (Batch batch = run.next(); batch != null; batch = run.next()) {
                rows += batch.rows();
            }
            warnings.addAll(run.warnings());
            return new Explanation.Run(
                    run.stages(), run.reports(), run.decisions(), rows, System.nanoTime() - start);
        }
    }

    private static Result lines(String text, List<String> warnings) {
        return Results.rows(ShowCommands.strings("plan"), rows(text), warnings);
    }

    private static Result document(String text) {
        return Results.document(ShowCommands.strings("plan"), rows(text));
    }

    private static List<List<Object>> rows(String text) {
        return text.lines().map(line -> List.<Object>of(line)).toList();
    }
}
