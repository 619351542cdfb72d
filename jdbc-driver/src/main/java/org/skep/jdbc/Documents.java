package org.skep.jdbc;

import java.sql.SQLException;

/** What JDBC has no words for: a statement of this driver can be unwrapped to it. */
public interface Documents {
    /**
     * Whether the rows of the statement that was executed last are the lines of one text, such as a
     * page of EXPLAIN FORMAT HTML.
     */
    boolean givesDocument() throws SQLException;
}
