package org.skep.parser;

import org.skep.model.error.Position;

/**
 * What holds for the rows of a table, or stands in for what they do not give.
 *
 * @param name of a CHECK, null when it has none; of the column that a DEFAULT is of
 * @param sql the expression as typed, for the catalog
 */
public record TableRule(Kind kind, String name, String sql, Syntax expression, Position position) {
    /** The kinds of rules, NOT NULL apart, which belongs to a column. */
    public enum Kind {
        CHECK,
        DEFAULT
    }
}
