package org.skep.shell.output;

import java.sql.SQLException;
import java.util.List;

/** Rows to be printed, one after another. */
public interface Rows {
    List<Heading> headings();

    /** Goes to the next row; false when there is none. */
    boolean next() throws SQLException;

    /** The text of a column of the current row, counted from 0; null for null. */
    String text(int column) throws SQLException;

    /**
     * A column.
     *
     * @param kind how its values are written
     */
    record Heading(String name, Kind kind) {}

    /** How the values of a column are written. */
    enum Kind {
        /** To the right; unquoted in JSON. */
        NUMBER,
        /** {@code true} and {@code false}; unquoted in JSON. */
        BOOLEAN,
        /** JSON already. */
        NESTED,
        TEXT
    }
}
