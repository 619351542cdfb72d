package org.skep.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/** What went wrong, as JDBC says it. */
final class Failures {
    private Failures() {}

    /** With the message as the shell shows it, underlined in {@code sql}, and the SQLSTATE. */
    static SQLException of(QueryException e, String sql) {
        String message = e.render(sql).strip();
        String state = e.code().sqlState();
        SQLException failure =
                switch (state.substring(0, 2)) {
                    case "0A" -> new SQLFeatureNotSupportedException(message, state);
                    case "22" -> new SQLDataException(message, state);
                    case "42", "3F" -> new SQLSyntaxErrorException(message, state);
                    case "53" -> new SQLTransientException(message, state);
                    default -> new SQLNonTransientException(message, state);
                };
        failure.initCause(e);
        return failure;
    }

    static SQLException timeout(int seconds, QueryException cancelled) {
        return new SQLTimeoutException(
                "error[CANCELLED]: the query took longer than its timeout of %d s"
                        .formatted(seconds),
                ErrorCode.CANCELLED.sqlState(),
                cancelled);
    }

    static SQLFeatureNotSupportedException unsupported(String message) {
        return new SQLFeatureNotSupportedException(message, ErrorCode.NOT_SUPPORTED.sqlState());
    }

    static SQLException closed(String what) {
        return new SQLNonTransientException(what + " is closed", "08003");
    }

    static SQLException argument(String message) {
        return new SQLNonTransientException(message, ErrorCode.INVALID_ARGUMENT.sqlState());
    }

    /** A getter that the column's type does not allow. */
    static SQLException mismatch(Type type, String wanted) {
        return new SQLDataException(
                "a value of type %s cannot be read as %s".formatted(type, wanted),
                ErrorCode.TYPE_MISMATCH.sqlState());
    }

    static SQLException badValue(Object value, String wanted) {
        return new SQLDataException(
                "the value '%s' cannot be read as %s".formatted(value, wanted),
                ErrorCode.INVALID_VALUE.sqlState());
    }

    static SQLException overflow(Object value, String wanted) {
        return new SQLDataException(
                "the value %s is out of the range of %s".formatted(value, wanted),
                ErrorCode.NUMERIC_OVERFLOW.sqlState());
    }
}
