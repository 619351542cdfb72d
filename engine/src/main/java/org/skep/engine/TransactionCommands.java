package org.skep.engine;

import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.parser.Statement;

/** BEGIN, COMMIT and ROLLBACK, and what may stand between them. */
final class TransactionCommands {
    private final SessionState session;
    private Session.Commit commit = Session.Commit.EACH_STATEMENT;

    TransactionCommands(SessionState session) {
        this.session = session;
    }

    Result run(Statement.Transaction statement) {
        switch (statement.verb()) {
            case BEGIN -> {
                if (session.inTransaction()) {
                    throw new QueryException(
                            ErrorCode.INVALID_STATEMENT,
                            statement.position(),
                            "a transaction is open already",
                            "end it with COMMIT or ROLLBACK first");
                }
                session.begin();
            }
            case COMMIT -> {
                requireOpen(statement);
                try {
                    session.commit();
                } catch (QueryException e) {
                    throw e.at(statement.position());
                }
            }
            case ROLLBACK -> {
                requireOpen(statement);
                session.rollback();
            }
        }
        return Results.nothing();
    }

    private void requireOpen(Statement.Transaction statement) {
        if (!session.inTransaction()) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    statement.position(),
                    "no transaction is open",
                    "begin one with BEGIN; outside of one, each statement is committed when it is done");
        }
    }

    void commit(Session.Commit when) {
        commit = when;
    }

    /**
     * Begins a transaction before a statement where that is wanted. What changes the catalog, or
     * files besides those of tables, cannot be taken back and so cannot be part of one.
     */
    void prepare(Statement statement) {
        boolean transactional = StatementQueries.isTransactional(statement);
        if (session.inTransaction() && !transactional) {
            if (commit == Session.Commit.EACH_STATEMENT || session.hasWritten()) {
                throw new QueryException(
                        ErrorCode.NOT_SUPPORTED,
                        "%s cannot be part of a transaction"
                                .formatted(statement.kind().name().replace('_', ' ')),
                        "COMMIT first: in a transaction are queries, INSERT, DELETE, UPDATE, MERGE and TRUNCATE");
            }
            session.rollback();
        }
        boolean begins =
                commit == Session.Commit.WHEN_TOLD
                        && !session.inTransaction()
                        && (statement instanceof Statement.Query
                                || statement instanceof Statement.Insert
                                || statement instanceof Statement.InsertMany
                                || statement instanceof Statement.Change
                                || statement instanceof Statement.TruncateTable);
        if (begins) {
            session.begin();
        }
    }
}
