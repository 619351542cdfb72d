package org.skep.shell.run;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import org.skep.jdbc.SkepConnection;
import org.skep.jdbc.SkepConnection.ScriptStatement;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.Position;
import org.skep.model.error.QueryException;

/** Runs the statements of a script, one after another, up to the first that fails. */
public final class ScriptRunner {
    private final SkepConnection connection;
    private final StatementRunner runner;
    private final Variables variables;
    private final PrintStream messages;

    public ScriptRunner(
            SkepConnection connection,
            StatementRunner runner,
            Variables variables,
            PrintStream messages) {
        this.connection = connection;
        this.runner = runner;
        this.variables = variables;
        this.messages = messages;
    }

    /** Whether all statements succeeded; if not, the messages say which failed, where and why. */
    public boolean run(Script script) {
        try {
            return run(script, variables.expand(script.text()));
        } catch (QueryException e) {
            report(script, e, null);
            return false;
        }
    }

    /** The same without putting in variables: what is typed at the prompt. */
    public boolean runLiterally(Script script) {
        return run(script, Expanded.literal(script.text()));
    }

    private boolean run(Script script, Expanded expanded) {
        List<ScriptStatement> statements;
        try {
            statements = connection.split(expanded.text());
        } catch (SQLException e) {
            report(script, e, expanded, Position.at(1, 1));
            return false;
        }
        for (ScriptStatement statement : statements) {
            try {
                runner.run(statement.sql());
            } catch (SQLException e) {
                report(script, e, expanded, statement.start());
                return false;
            }
        }
        return true;
    }

    /** An error inside a statement that begins at {@code start} of the expanded script. */
    private void report(Script script, SQLException e, Expanded expanded, Position start) {
        if (e.getCause() instanceof QueryException query) {
            Position inText =
                    query.position() == null
                            ? null
                            : query.position().shifted(start.line(), start.column());
            QueryException inScript =
                    new QueryException(
                            query.code(),
                            inText == null ? null : expanded.inSource(inText),
                            query.getMessage(),
                            query.hint());
            inScript.initCause(query);
            report(script, inScript, expanded.inSource(start));
        } else {
            messages.println(e.getMessage());
        }
    }

    private void report(Script script, QueryException e, Position otherwise) {
        Position place = e.position() != null ? e.position() : otherwise;
        if (script.label() != null) {
            messages.print(script.label() + ":");
            if (place != null) {
                messages.print(place.line() + ":" + place.column() + ":");
            }
            messages.print(" ");
        }
        messages.print(e.render(script.text()));
        if (e.code() == ErrorCode.BUG) {
            e.printStackTrace(messages);
        }
        messages.flush();
    }
}
