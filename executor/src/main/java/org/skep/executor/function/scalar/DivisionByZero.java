package org.skep.executor.function.scalar;

import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;

/** The error of dividing by zero. */
final class DivisionByZero {
    private DivisionByZero() {}

    static QueryException error() {
        return new QueryException(
                ErrorCode.DIVISION_BY_ZERO,
                "division by zero",
                "divide by nullif(x, 0) to get NULL instead");
    }
}
