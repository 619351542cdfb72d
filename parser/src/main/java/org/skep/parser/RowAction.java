package org.skep.parser;

import java.util.List;
import org.skep.model.error.Position;

/**
 * What a statement does to rows of the table that it changes.
 *
 * @param when to which rows
 * @param condition to which of these; null for all
 * @param columns that get a value, in the order typed; empty for all of the table
 * @param values of these columns; empty for the source's columns of the same names
 * @param position of the verb
 */
public record RowAction(
        When when,
        Syntax condition,
        Verb verb,
        List<Column> columns,
        List<Syntax> values,
        Position position) {
    /** Rows by whether there is one on the other side. */
    public enum When {
        /** Rows of the table with a row of the source; all rows, when there is no source. */
        MATCHED,
        /** Rows of the source without one of the table. */
        NOT_MATCHED,
        /** Rows of the table without one of the source. */
        NOT_MATCHED_BY_SOURCE
    }

    /** What becomes of them. */
    public enum Verb {
        UPDATE,
        DELETE,
        INSERT
    }

    /** A column as typed. */
    public record Column(String name, Position position) {}

    public RowAction {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
    }
}
