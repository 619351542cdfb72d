package org.skep.engine;

import java.util.function.Supplier;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/**
 * Statements that run again from the start, on what the tables are by then, when others have
 * changed rows that they have read. They have given nobody a row so far.
 */
final class Retries {
    private static final int ATTEMPTS = 5;

    private Retries() {}

    static <T> T of(SessionState session, Supplier<T> statement) {
        for (int attempt = 1; ; attempt++) {
            try {
                return statement.get();
            } catch (QueryException e) {
                boolean again =
                        e.code() == ErrorCode.COMMIT_CONFLICT
                                && attempt < ATTEMPTS
                                && !session.inTransaction();
                if (!again) {
                    throw e;
                }
                session.newStatement();
            }
        }
    }
}
