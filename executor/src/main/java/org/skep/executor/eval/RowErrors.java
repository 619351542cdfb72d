package org.skep.executor.eval;

import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.plan.Origin;

/** Errors that a row's values cause, as errors that a user can read. */
public final class RowErrors {
    private RowErrors() {}

    /** The JDK's exact arithmetic says what went wrong in words only. */
    public static QueryException of(ArithmeticException thrown) {
        String reason = String.valueOf(thrown.getMessage());
        boolean zero = reason.contains("by zero") || reason.contains("undefined");
        QueryException said =
                zero
                        ? new QueryException(
                                ErrorCode.DIVISION_BY_ZERO,
                                "division by zero",
                                "use nullif(divisor, 0) to get NULL instead")
                        : new QueryException(
                                ErrorCode.NUMERIC_OVERFLOW,
                                "a number is out of the range of its type: " + reason,
                                "cast to a wider type before, such as DECIMAL(38,0) or DOUBLE");
        said.initCause(thrown);
        return said;
    }

    /** An evaluator whose errors say where its expression was written. */
    static Evaluator placed(Evaluator evaluator, Origin origin) {
        if (origin.position() == null) {
            return evaluator;
        }
        return batch -> {
            try {
                return evaluator.evaluate(batch);
            } catch (QueryException e) {
                throw e.at(origin.position());
            } catch (ArithmeticException e) {
                throw of(e).at(origin.position());
            }
        };
    }
}
