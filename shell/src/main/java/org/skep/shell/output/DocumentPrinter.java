package org.skep.shell.output;

import java.sql.SQLException;

/** The lines of one text as they are, without a heading, so that a file of them can be used. */
public final class DocumentPrinter implements RowPrinter {
    @Override
    public long print(Rows rows, Output out) throws SQLException {
        long count = 0;
        while (rows.next()) {
            out.line(rows.text(0));
            count++;
        }
        return count;
    }
}
