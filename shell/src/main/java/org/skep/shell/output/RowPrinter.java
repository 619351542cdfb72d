package org.skep.shell.output;

import java.sql.SQLException;

/** A way of writing rows. */
@FunctionalInterface
public interface RowPrinter {
    /**
     * Writes all rows, keeping only a few of them; returns how many there were.
     *
     * @throws SQLException when the query fails meanwhile
     */
    long print(Rows rows, Output out) throws SQLException;
}
