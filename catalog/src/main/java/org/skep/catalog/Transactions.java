package org.skep.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.skep.catalog.CatalogDatabase.Work;

/** The transactions of one connection, one after another. Used by one thread at a time. */
final class Transactions {
    /** What a transaction may do. */
    enum Access {
        READ,
        WRITE
    }

    /** The commit of what was written failed, so it may have been done. */
    static final class CommitFailure extends SQLException {
        private static final long serialVersionUID = 1L;

        CommitFailure(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
        }
    }

    private Access open;

    boolean isOpen() {
        return open != null;
    }

    boolean isWriting() {
        return open == Access.WRITE;
    }

    /** Runs work as part of the open transaction. */
    <T> T part(Connection connection, Access access, Work<T> work) throws SQLException {
        if (access == Access.WRITE && open == Access.READ) {
            throw new IllegalStateException("a write within a read");
        }
        return work.run(connection);
    }

    /**
     * Runs work as a transaction.
     *
     * @param begin statements that begin it
     * @throws CommitFailure when all went well but the end
     */
    <T> T whole(Connection connection, Access access, Work<T> work, String... begin)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try {
                for (String sql : begin) {
                    statement.execute(sql);
                }
                open = access;
                T value = work.run(connection);
                commit(statement, access);
                return value;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(statement, e);
                throw e;
            } finally {
                open = null;
            }
        }
    }

    private static void commit(Statement statement, Access access) throws SQLException {
        try {
            statement.execute("COMMIT");
        } catch (SQLException e) {
            throw access == Access.WRITE ? new CommitFailure(e) : e;
        }
    }

    /** The first failure is the one to tell of: the connection may be gone with it. */
    private static void rollback(Statement statement, Throwable failed) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            failed.addSuppressed(e);
        }
    }
}
