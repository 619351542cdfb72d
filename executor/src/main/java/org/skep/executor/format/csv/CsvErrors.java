package org.skep.executor.format.csv;

import org.skep.executor.format.lines.SplitText;
import org.skep.model.error.ErrorCode;
import org.skep.model.error.QueryException;
import org.skep.model.type.Field;
import org.skep.model.type.Schema;

/** What is said about rows that cannot be read. */
final class CsvErrors {
    private static final int SHOWN = 100;

    private final SplitText text;
    private final CsvLayout layout;
    private final Schema schema;
    private final boolean declared;

    CsvErrors(SplitText text, CsvLayout layout, Schema schema, boolean declared) {
        this.text = text;
        this.layout = layout;
        this.schema = schema;
        this.declared = declared;
    }

    QueryException value(long offset, int column, String value) {
        Field field = schema.field(column);
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        String guessed =
                declared
                        ? ""
                        : "the type was guessed from a sample: say all_varchar = true or name the"
                                + " types with option columns; ";
        return new QueryException(
                ErrorCode.BAD_ROW,
                "%s: '%s' in column %s is not %s"
                        .formatted(place(offset), shown, field.name(), field.type().withArticle()),
                guessed + "to pass over bad rows, SET max_errors = 100");
    }

    QueryException width(long offset, int count) {
        String hint =
                count < layout.width()
                        ? "null_padding = true fills missing fields with null; to pass over bad"
                                + " rows, SET max_errors = 100"
                        : "look for a delimiter in a field without quotes; to pass over bad rows,"
                                + " SET max_errors = 100";
        return new QueryException(
                ErrorCode.BAD_ROW,
                "%s: %d %s where %d %s expected"
                        .formatted(
                                place(offset),
                                count,
                                count == 1 ? "field" : "fields",
                                layout.width(),
                                layout.width() == 1 ? "is" : "are"),
                hint);
    }

    QueryException malformed(long offset) {
        return new QueryException(
                ErrorCode.BAD_ROW,
                "%s: a quoted field is not closed, or goes on after its closing quote"
                        .formatted(place(offset)),
                "options quote and escape say how fields are quoted, quote = '' that none are; to"
                        + " pass over bad rows, SET max_errors = 100");
    }

    private String place(long offset) {
        return "'%s', line %d".formatted(text.path(), text.lineAt(offset));
    }
}
