package org.skep.parser;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.skep.model.error.QueryException;

/** The error that a text gives, as a user sees it. */
final class ErrorText {
    private ErrorText() {}

    static String of(String sql) {
        return assertThrows(QueryException.class, () -> SqlParser.parse(sql)).render(sql);
    }
}
