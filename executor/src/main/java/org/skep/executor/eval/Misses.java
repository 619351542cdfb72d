package org.skep.executor.eval;

import org.skep.executor.value.TextWriter;
import org.skep.model.data.Bits;
import org.skep.model.data.Column;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Type;

/** The rows of a column that a cast could not convert: null for TRY_CAST, else an error. */
final class Misses {
    private final Column input;
    private final Type to;
    private final boolean orNull;
    private long[] validity;
    private boolean own;

    Misses(Column input, Type to, boolean orNull) {
        this.input = input;
        this.to = to;
        this.orNull = orNull;
        this.validity = input.validity();
    }

    /** Notes a row; one that is null anyway does not count. */
    void add(int row) {
        if (input.isNull(row)) {
            return;
        }
        if (!orNull) {
            throw error(row);
        }
        if (!own) {
            validity = validity == null ? Bits.allSet(input.rows()) : validity.clone();
            own = true;
        }
        Bits.clear(validity, row);
    }

    long[] validity() {
        return validity;
    }

    private QueryException error(int row) {
        TextWriter text = new TextWriter(32);
        text.value(input, row);
        if (input.type().isNumeric()) {
            return new QueryException(
                    ErrorCode.NUMERIC_OVERFLOW,
                    "%s does not fit %s".formatted(text, to),
                    "use a wider type, or try_cast to get NULL instead");
        }
        return new QueryException(
                ErrorCode.INVALID_VALUE,
                "'%s' is not %s".formatted(text, to.withArticle()),
                "use try_cast to get NULL instead");
    }
}
